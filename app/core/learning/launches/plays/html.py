"""Packages of plain pages that report nothing: whoever opens one has it before them; time is the rule's."""

from fractions import Fraction
from typing import Any

from typing_extensions import override

from app.core.content import Standard
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.plays.one_page import OnePagePlay
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
    NOTHING_DONE,
    Answer,
    Opening,
    Report,
    Situation,
    Standing,
    Way,
)

_SHOWN = Standing(share=Fraction(1), is_done=True, is_passed=None, score=None)


class HtmlPlay(OnePagePlay):
    """One page and what it links to. How long one has to stay says the lesson's rule."""

    api = ""

    def __init__(self, seat: Seat) -> None:
        launchable = seat.index.manifest.launchable
        if not launchable:
            raise PackageNotPlayable(seat.index.manifest.title)
        page = launchable[0]
        opening = Opening(activity=page.id, title=page.title, address=page.launch)
        super().__init__(opening, frozenset({Way.EXIT_ALL}))
        self._is_shown = seat.state.get("shown") is True

    @property
    @override
    def is_through(self) -> bool:
        """Tell whether it was ever shown."""
        return self._is_shown

    def state(self) -> dict[str, Any]:
        """Return whether it was ever shown."""
        return {"shown": self._is_shown}

    @override
    def begin(self) -> Situation:
        """Open the page, which is all that can be asked of it."""
        self._is_shown = True
        return super().begin()

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:  # noqa: ARG002  it has no API
        """Answer nothing."""
        return Answer(value="", error="101")

    @override
    def standing(self) -> Standing:
        """Return that it is done once it was shown."""
        return _SHOWN if self._is_shown else NOTHING_DONE

    def report(self) -> Report | None:
        """Return nothing: it reports nothing."""
        return None


class HtmlPlayMaker:
    """Plays packages of plain pages."""

    standards = frozenset({Standard.HTML})

    def make(self, seat: Seat) -> HtmlPlay:
        """Return a play."""
        return HtmlPlay(seat)
