"""xAPI packages (tincan.xml): pages that are launched with an endpoint, and report what they like.

The launched activity's own statements count: completed and passed make it done, failed undoes
nothing. What others in the package report is kept, and counts where the author says so.
"""

from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from app.core.content import Activity, Standard
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.plays.xapi_talk import XapiTalk
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
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
from app.core.learning.statements import is_iri

_NAMES = UUID("6c7c9a36-8d2a-5f3e-9a43-2f0f6d0e51b7")


class XapiPlay:
    """One learner in one xAPI package."""

    api = ""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        parts = seat.index.manifest.launchable
        if not parts:
            raise PackageNotPlayable(seat.index.manifest.title)
        self._parts = {_iri_of(part): part for part in parts}
        self.talk = XapiTalk(seat, self._parts)
        self._last = str(seat.state.get("part", ""))
        self._is_over = True

    def state(self) -> dict[str, Any]:
        """Return how each part stands."""
        return {
            "part": self._last,
            "parts": self.talk.to_json(),
        }

    def shared(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def begin(self) -> Situation:
        """Open the part that was open last, or the first that is not done."""
        self._is_over = False
        left = (name for name in self._parts if not self.talk.outcome(name).is_done)
        return self._situation(self._open(self._last or next(left, next(iter(self._parts)))))

    def objection(self, wish: Wish) -> str:  # noqa: ARG002  every part is open
        """Return nothing."""
        return ""

    def go(self, wish: Wish) -> Situation:
        """Carry out a wish. The page that was open is gone by now."""
        self.talk.leave()
        target = self._target(wish)
        if target is not None:
            return self._situation(self._open(target))
        self._is_over = wish.way is not Way.EXIT or len(self._parts) == 1
        return self._situation()

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:  # noqa: ARG002  it has no API
        """Answer nothing: pages speak over the wire."""
        return Answer(value="", error="101")

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def standing(self) -> Standing:
        """Return how the package stands: done when every part is."""
        outcomes = [self.talk.outcome(name) for name in self._parts]
        scores = [one.score for one in outcomes if one.score is not None]
        mean = sum(scores, Fraction(0)) / len(scores) if scores else None
        verdicts = {one.is_passed for one in outcomes} - {None}
        return Standing(
            share=sum((one.share for one in outcomes), Fraction(0)) / len(outcomes),
            is_done=all(one.is_done for one in outcomes),
            is_passed=all(verdicts) if verdicts else None,
            score=None if mean is None else min(max(mean, Fraction(0)), Fraction(1)),
        )

    def report(self) -> Report | None:
        """Return what the part that is open, or was last, has said."""
        part, outcome = self._parts.get(self._last), self.talk.outcome(self._last)
        if part is None or not outcome.has_said:
            return None
        success = {True: "passed", False: "failed", None: "unknown"}[outcome.is_passed]
        return Report(
            activity=part.id,
            attempt=outcome.launches,
            completion="completed" if outcome.is_completed else "unknown",
            success=success,
            score=outcome.score,
            progress=outcome.progress,
            session_seconds=outcome.seconds,
        )

    def _target(self, wish: Wish) -> str | None:
        if wish.way in {Way.CHOICE, Way.JUMP}:
            return wish.target if wish.target in self._parts else self._last
        names = list(self._parts)
        step = {Way.CONTINUE: 1, Way.PREVIOUS: -1}.get(wish.way)
        if step is None or self._last not in names:
            return None
        place = names.index(self._last) + step
        return names[place] if 0 <= place < len(names) else None

    def _open(self, name: str) -> Opening:
        name = name if name in self._parts else next(iter(self._parts))
        part = self._parts[name]
        self.talk.open(name)
        self._last = name
        return Opening(activity=name, title=part.title, address=part.launch)

    def _situation(self, opening: Opening | None = None) -> Situation:
        current = self._last if self.talk.session else ""
        around = {
            way for way in (Way.PREVIOUS, Way.CONTINUE) if self._target(Wish(way)) is not None
        }
        return Situation(
            opening=opening,
            current=current,
            contents=tuple(self._line(name, current) for name in self._parts),
            ways=frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL, *around}),
            hidden=frozenset(),
            standing=self.standing(),
            is_over=self._is_over,
        )

    def _line(self, name: str, current: str) -> ContentsLine:
        outcome = self.talk.outcome(name)
        state = EntryState.BEGUN if outcome.launches else EntryState.NOT_BEGUN
        if outcome.is_passed is not None:
            state = EntryState.PASSED if outcome.is_passed else EntryState.FAILED
        elif outcome.is_done:
            state = EntryState.DONE
        return ContentsLine(
            activity=name,
            title=self._parts[name].title,
            depth=0,
            opens=True,
            is_current=name == current,
            is_enabled=True,
            state=state,
        )


class XapiPlayMaker:
    """Plays xAPI packages."""

    standards = frozenset({Standard.XAPI})

    def make(self, seat: Seat) -> XapiPlay:
        """Return a play. Raises PackageNotPlayable."""
        return XapiPlay(seat)


def _iri_of(part: Activity) -> str:
    """Return the identifier of a part; one that is no IRI could stand in no statement."""
    return part.id if is_iri(part.id) else f"urn:uuid:{uuid5(_NAMES, part.id)}"
