"""What plays of a single page have in common: it is open or it is not, and the one way is out."""

from abc import ABC, abstractmethod
from typing import Any

from app.core.learning.launches.types import (
    ContentsLine,
    EntryState,
    Opening,
    Situation,
    Standing,
    Way,
    Wish,
)


class OnePagePlay(ABC):
    """A package that is one page to the player, whatever the page leads to."""

    def __init__(self, opening: Opening, ways: frozenset[Way]) -> None:
        self._opening = opening
        self._ways = ways
        self._is_open = False

    @property
    @abstractmethod
    def is_through(self) -> bool:
        """Tell whether the page counts as done in the contents."""

    @abstractmethod
    def standing(self) -> Standing:
        """Return how the package stands."""

    def shared(self) -> dict[str, Any]:
        """Return nothing: other packages have nothing to know."""
        return {}

    def begin(self) -> Situation:
        """Open the page."""
        self._is_open = True
        return self._situation(self._opening)

    def objection(self, wish: Wish) -> str:  # noqa: ARG002  there is one way: out
        """Object to nothing."""
        return ""

    def go(self, wish: Wish) -> Situation:  # noqa: ARG002  there is one way: out
        """Leave."""
        self._is_open = False
        return self._situation()

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def _situation(self, opening: Opening | None = None) -> Situation:
        line = ContentsLine(
            activity=self._opening.activity,
            title=self._opening.title,
            depth=0,
            opens=True,
            is_current=self._is_open,
            is_enabled=False,
            state=EntryState.DONE if self.is_through else EntryState.NOT_BEGUN,
        )
        return Situation(
            opening=opening,
            current=self._opening.activity if self._is_open else "",
            contents=(line,),
            ways=self._ways,
            hidden=frozenset(),
            standing=self.standing(),
            is_over=not self._is_open,
        )
