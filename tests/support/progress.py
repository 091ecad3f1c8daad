"""Progress as watchers who have had enough give it."""

from app.core.base.errors import Cancelled


class Stopper:
    """Lets work go on for some steps and then stops it."""

    def __init__(self, after: int = 0) -> None:
        self._left = after

    def step(self, done: int, total: int, note: str = "") -> None:
        """Raise Cancelled once the steps are used up."""
        self._left -= 1
        if self._left < 0:
            raise Cancelled
