"""How long work tells how far it is, and learns that it should stop."""

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
