"""One roll in one unit of work: who comes, who goes, and the lines that say so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.clock import Clock, local_day
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.errors import TrainingRefused
from app.core.training.sessions.coming import (
    Comer,
    adds,
    came,
    check_may,
    check_seat,
    check_time,
    comer,
    tapped,
    when_come,
)
from app.core.training.sessions.elsewhere import elsewhere
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import Method, RollMark, SessionState
from app.core.training.sessions.models import AttendanceRow
from app.core.training.sessions.presence import Line, is_there, standing_lines
from app.core.training.sessions.reading import (
    as_lines,
    events_of,
    held_when,
    lines_of,
    list_of,
    session_row,
    state_in,
)
from app.core.training.sessions.scope import require_within
from app.core.training.sessions.two_rooms import OtherRoom
from app.core.training.sessions.types import Tapped, TapResult

_MOMENT = timedelta(seconds=1)
_TAKEN = frozenset({SessionState.OPEN, SessionState.HELD})


class Roll:
    """The roll of a session as somebody takes it; other PCs' units wait for this one."""

    def __init__(self, unit: Unit, actor: Actor, session_id: UUID, clock: Clock) -> None:
        """Take the turn. Raises NotFound, WrongState for a roll that is not open yet, or signed."""
        unit.take_turn("session", session_id)
        self._unit = unit
        self._actor = actor
        self._now, self._today = clock.now(), local_day(clock)
        self.row = session_row(unit, session_id)
        self._state = state_in(unit, session_id)
        if self._state not in _TAKEN:
            raise WrongState(self._state)
        self.held = held_when(self.row, events_of(unit, session_id), self._now)

    @property
    def began(self) -> datetime:
        """Return when it began; of one that goes on, never later than now."""
        is_open = self._state is SessionState.OPEN
        return min(self.held.began, self._now) if is_open else self.held.began

    def come(
        self,
        person_id: UUID,
        method: Method,
        *,
        at: datetime | None = None,
        anyway: bool = False,
    ) -> Tapped:
        """Note that somebody came; `at` where it was earlier, `anyway`: beyond the seats.

        Who is there already stays so: their own badge or PIN is noted beside a tick. Raises HasLeft,
        NotYetHere, LeadsIt, SeatsTaken, TrainingRefused for a time that cannot be.
        """
        person = self._person(person_id)
        check_may(self._unit, self.row, person, self._today)
        lines = self._lines(person_id)
        was_there = self._was_there(lines)
        known = {one.method for one in standing_lines(lines)}
        if (known and method is Method.SHEET) or (was_there and not adds(method, known)):
            return tapped(person, TapResult.ALREADY)
        if was_there:
            when = when_come(at, method, self.held, self._now)
            self._note(person_id, RollMark.IN, when, method)
            return tapped(person, TapResult.ALREADY)
        return self._come_in(person, lines, method, at, anyway=anyway)

    def go(self, person_id: UUID, method: Method, at: datetime | None = None) -> Tapped:
        """Note that somebody who is there goes. Raises TrainingRefused for who is not, and for a time."""
        person = self._person(person_id)
        lines = self._lines(person_id)
        if not is_there(lines):
            raise TrainingRefused(
                _("{name} is not there.").format(name=person.name),
                _("Note first when they came."),
            )
        when = at or self._now
        check_time(lines, self._line(RollMark.OUT, when, method), person.name, self._now)
        self._note(person_id, RollMark.OUT, when, method)
        return tapped(person, TapResult.WENT)

    def correct(self, line_id: UUID, reason: str, at: datetime | None) -> None:
        """Put a line right: another time, or (None) it was a mistake. The line stays.

        Raises NotFound, TrainingRefused for a line corrected already, and for a time that cannot be.
        """
        line = self._unit.get(AttendanceRow, line_id)
        if line is None or line.session_id != self.row.id:
            raise NotFound(_("The line of the roll"))
        person = self._person(line.person_id)
        lines = self._lines(line.person_id)
        if line.id not in {one.id for one in standing_lines(lines)}:
            raise TrainingRefused(
                _("This line was put right already."), _("Correct the newer line.")
            )
        mark = RollMark.STRUCK if at is None else line.mark
        if at is not None:
            new = self._line(mark, at, Method.TICK, corrects_id=line.id)
            check_time(lines, new, person.name, self._now)
        when = at or line.at
        self._note(line.person_id, mark, when, Method.TICK, corrects_id=line.id, reason=reason)

    def _come_in(
        self,
        person: Comer,
        lines: Sequence[Line],
        method: Method,
        at: datetime | None,
        *,
        anyway: bool,
    ) -> Tapped:
        listed = list_of(self._unit, self.row)
        if not anyway:
            check_seat(self._unit, self.row, person, listed)
        when = when_come(at, method, self.held, self._now)
        if at is not None and self._state is SessionState.OPEN:
            check_time(lines, self._line(RollMark.IN, when, method), person.name, self._now)
        self._note(person.id, RollMark.IN, when, method)
        result = TapResult.CAME if person.id in listed else TapResult.WALK_IN
        over = self.held.ended if self.held.is_over and when >= self.held.ended else None
        return tapped(person, result, self._also_in(person.id, when), over)

    def _also_in(self, person_id: UUID, at: datetime) -> tuple[OtherRoom, ...]:
        """Return the other rooms whose rolls have somebody in the time from which they are in this one."""
        until = self.held.ended if self.held.is_over else self._now + _MOMENT
        there = {person_id: ((at, until),)} if at < until else {}
        return elsewhere(self._unit, self.row, there, self._now + _MOMENT).get(person_id, ())

    def _person(self, person_id: UUID) -> Comer:
        require_within(self._unit, self._actor, self.row, person_id)
        return comer(self._unit, person_id)

    def _lines(self, person_id: UUID) -> Sequence[Line]:
        return as_lines(lines_of(self._unit, self.row.id).get(person_id, ()))

    def _was_there(self, lines: Sequence[Line]) -> bool:
        """Tell whether somebody is there; of a session that is over, whether they were."""
        return is_there(lines) if self._state is SessionState.OPEN else came(lines, self.held)

    def _line(
        self, mark: RollMark, at: datetime, method: Method, corrects_id: UUID | None = None
    ) -> Line:
        """Return a line that is about to be noted, as the pure rules take it: the newest one."""
        return Line(
            id=new_id(),
            mark=mark,
            at=at,
            method=method,
            noted_at=self._now,
            corrects_id=corrects_id,
        )

    def _note(
        self,
        person_id: UUID,
        mark: RollMark,
        at: datetime,
        method: Method,
        *,
        corrects_id: UUID | None = None,
        reason: str = "",
    ) -> None:
        self._unit.add(
            AttendanceRow(
                session_id=self.row.id,
                person_id=person_id,
                mark=mark,
                at=at,
                method=method,
                corrects_id=corrects_id,
                reason=reason,
                noted_at=self._now,
                by=self._actor.account_id,
                by_name=self._actor.name,
            )
        )
        self._unit.flush()
