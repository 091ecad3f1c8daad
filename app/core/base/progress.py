"""How long work tells how far it is, and learns that it should stop."""

from threading import Lock
from typing import Protocol


class Progress(Protocol):
    """Handed to long work; `step` is called often."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Tell that `done` of `total` is finished (total 0: not known). Raises Cancelled to stop."""
        ...


class NoProgress:
    """For callers whom nobody watches."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Do nothing."""


class SharedProgress:
    """Tells how much of all has passed, whichever thread passes it on; one tells at a time."""

    def __init__(self, progress: Progress, whole: int) -> None:
        self._progress = progress
        self._whole = whole
        self._done = 0
        self._note = ""
        self._telling = Lock()

    def passed(self, count: int, note: str) -> None:
        """Tell that so much more has passed. Raises Cancelled where nobody wants it any more."""
        with self._telling:
            self._done += count
            self._note = note
            self._progress.step(self._done, self._whole, note)

    def again(self) -> None:
        """Tell what was told last, for work that counts for nothing."""
        self.passed(0, self._note)
