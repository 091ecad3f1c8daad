"""cmi5 packages: units in blocks, each launch of one a session that tells what happens in statements."""

from typing import Any

from app.core.base.words import _
from app.core.content import LaunchMethod, Standard
from app.core.learning.cmi5 import course_of, is_satisfied, open_units
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.plays.cmi5_talk import Cmi5Talk
from app.core.learning.launches.plays.cmi5_view import contents_of, standing_of
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import (
    Answer,
    Opening,
    Report,
    Situation,
    Standing,
    Way,
    Wish,
)

_LEAVING = frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL, Way.ABANDON_ALL})


class Cmi5Play:
    """One learner in one cmi5 course."""

    api = ""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._course = course_of(seat.index, seat.required_score)
        self._units = {unit.activity: unit for unit in self._course.units()}
        if not self._units:
            raise PackageNotPlayable(seat.index.manifest.title)
        self.talk = Cmi5Talk(seat, self._course)
        self._last = str(seat.state.get("unit", ""))
        self._is_over = True

    def state(self) -> dict[str, Any]:
        """Return which unit was open last; the rest is in the statements."""
        return {"unit": self._last}

    def shared(self) -> dict[str, Any]:
        """Return nothing."""
        return {}

    def begin(self) -> Situation:
        """Open the unit that was open last, or the first that is still to be done."""
        self._is_over = False
        return self._situation(self._open(self._first()))

    def objection(self, wish: Wish) -> str:
        """Return that a unit is not open yet."""
        if wish.way in _LEAVING or wish.way is Way.EXIT or self._target(wish) in self._openable():
            return ""
        return _("This part opens when the ones before it are done.")

    def go(self, wish: Wish) -> Situation:
        """Carry out a wish. The unit's page is gone by now: what was not ended is abandoned."""
        self.talk.leave()
        self._is_over = wish.way in _LEAVING or (wish.way is Way.EXIT and len(self._units) == 1)
        if self._is_over or wish.way is Way.EXIT:
            return self._situation()
        refusal, target = self.objection(wish), self._target(wish)
        wanted = self._last if refusal or target is None else target
        return self._situation(self._open(wanted), refusal)

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:  # noqa: ARG002  it has no API
        """Answer nothing: units speak over the wire."""
        return Answer(value="", error="101")

    def situation(self) -> Situation:
        """Return where it is."""
        return self._situation()

    def standing(self) -> Standing:
        """Return how the course stands: done when it is satisfied."""
        return standing_of(self._course, self.talk.known, self.talk.progress)

    def report(self) -> Report | None:
        """Return what the unit that is open, or was last, has said."""
        unit = self._units.get(self._last)
        known = self.talk.known.unit(self._last)
        if unit is None or not known.sessions:
            return None
        return Report(
            activity=unit.publisher_id,
            attempt=known.sessions,
            completion="completed" if known.is_completed else "unknown",
            success="passed" if known.is_passed else "failed" if known.is_failed else "unknown",
            score=known.score,
            progress=self.talk.progress.get(self._last),
            session_seconds=known.seconds,
            data={"waived": True} if known.is_waived else {},
        )

    def _openable(self) -> frozenset[str]:
        return open_units(self._course, self.talk.known, in_order=self._seat.in_order)

    def _first(self) -> str:
        openable, known = self._openable(), self.talk.known
        last = self._units.get(self._last)
        if last is not None and self._last in openable and not is_satisfied(last, known):
            return self._last
        left = (name for name, unit in self._units.items() if not is_satisfied(unit, known))
        wanted = next(left, self._last)
        return wanted if wanted in openable else next(iter(self._units))

    def _target(self, wish: Wish) -> str | None:
        if wish.way in {Way.CHOICE, Way.JUMP}:
            return wish.target if wish.target in self._units else None
        names = list(self._units)
        step = {Way.CONTINUE: 1, Way.PREVIOUS: -1}.get(wish.way, 0)
        place = names.index(self._last) + step if self._last in names else 0
        return names[place] if 0 <= place < len(names) else None

    def _open(self, name: str) -> Opening:
        unit = self._units[name]
        if unit.terms is None:
            raise PackageNotPlayable(unit.title)
        self.talk.open(unit)
        self._last = name
        asks = unit.terms.launch_method is LaunchMethod.OWN_WINDOW
        return Opening(
            activity=name,
            title=unit.title,
            address=unit.terms.address,
            in_own_window=self._seat.grants_window(asks=asks),
        )

    def _situation(self, opening: Opening | None = None, refusal: str = "") -> Situation:
        current, openable = self.talk.current, self._openable()
        around = {
            way
            for way in (Way.PREVIOUS, Way.CONTINUE)
            if (target := self._target(Wish(way))) is not None and target in openable
        }
        language = self._seat.language
        return Situation(
            opening=opening,
            current=current,
            contents=contents_of(self._course, self.talk.known, current, openable, language),
            ways=frozenset({Way.EXIT_ALL, Way.SUSPEND_ALL, *around}),
            hidden=frozenset(),
            standing=self.standing(),
            is_over=self._is_over,
            refusal=refusal,
        )


class Cmi5PlayMaker:
    """Plays cmi5 packages."""

    standards = frozenset({Standard.CMI5})

    def make(self, seat: Seat) -> Cmi5Play:
        """Return a play. Raises PackageNotPlayable."""
        return Cmi5Play(seat)
