"""Packages of plain pages that report nothing: whoever opens one has it before them; time is the rule's."""

from fractions import Fraction
from typing import Any

from app.core.content import Standard
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
    NOTHING_DONE,
    Answer,
    ContentsLine,
    EntryState,
    Opening,
    Report,
    Situation,
    Standing,
    Way,
    Wish,
)

_SHOWN = Standing(share=Fraction(1), is_done=True, is_passed=None, score=None)


class HtmlPlay:
    """One page and what it links to. How long one has to stay says the lesson's rule."""

    api = ""

    def __init__(self, seat: Seat) -> None:
        launchable = seat.index.manifest.launchable
        if not launchable:
            raise PackageNotPlayable(seat.index.manifest.title)
        self._activity = launchable[0]
        self._is_shown = seat.state.get("shown") is True
        self._is_open = False

    def state(self) -> dict[str, Any]:
        """Return whether it was ever shown."""
        return {"shown": self._is_shown}

    def shared(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def begin(self) -> Situation:
        """Open the page."""
        self._is_shown = self._is_open = True
        return self._situation(opens=True)

    def objection(self, wish: Wish) -> str:  # noqa: ARG002  there is one way: out
        """Object to nothing."""
        return ""

    def go(self, wish: Wish) -> Situation:  # noqa: ARG002  there is one way: out
        """Leave."""
        self._is_open = False
        return self._situation()

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:  # noqa: ARG002  it has no API
        """Answer nothing."""
        return Answer(value="", error="101")

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def standing(self) -> Standing:
        """Return that it is done once it was shown."""
        return _SHOWN if self._is_shown else NOTHING_DONE

    def report(self) -> Report | None:
        """Return nothing: it reports nothing."""
        return None

    def _situation(self, *, opens: bool = False) -> Situation:
        activity = self._activity
        opening = Opening(activity=activity.id, title=activity.title, address=activity.launch)
        line = ContentsLine(
            activity=activity.id,
            title=activity.title,
            depth=0,
            opens=True,
            is_current=self._is_open,
            is_enabled=False,
            state=EntryState.DONE if self._is_shown else EntryState.NOT_BEGUN,
        )
        return Situation(
            opening=opening if opens else None,
            current=activity.id if self._is_open else "",
            contents=(line,),
            ways=frozenset({Way.EXIT_ALL}),
            hidden=frozenset(),
            standing=self.standing(),
            is_over=not self._is_open,
        )


class HtmlPlayMaker:
    """Plays packages of plain pages."""

    standards = frozenset({Standard.HTML})

    def make(self, seat: Seat) -> HtmlPlay:
        """Return a play."""
        return HtmlPlay(seat)
