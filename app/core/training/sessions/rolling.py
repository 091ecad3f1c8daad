"""The roll: opened, taken by badge, number, name or sheet, put right, ended.

Every tap is a fact of its own, so that several PCs take one roll at once and agree afterwards.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import MeantBy, ProvedPresent, person_at_reader
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.sessions.coming import (
    adds,
    came,
    check_may,
    check_seat,
    check_time,
    check_when_held,
    comer,
    tapped,
    when_come,
)
from app.core.training.sessions.elsewhere import elsewhere
from app.core.training.sessions.errors import SeatsTaken, WrongState
from app.core.training.sessions.kinds import Method, RollMark, SessionEvent, SessionState
from app.core.training.sessions.models import AttendanceRow, ClassSessionRow, SessionEventRow
from app.core.training.sessions.presence import Line, is_there, standing_lines
from app.core.training.sessions.reading import (
    Held,
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
_ROLL = frozenset({SessionState.OPEN, SessionState.HELD})


class Rolling:
    """Takes rolls. Who may: holders of ASSIGN, for people within their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def open(self, actor: Actor, session_id: UUID) -> None:
        """Open the roll. Doing it again changes nothing. Raises WrongState once it is over."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.open") as unit:
            unit.take_turn("session", session_id)
            session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state is SessionState.OPEN:
                return
            if state is not SessionState.PLANNED:
                raise WrongState(state)
            self.open_in(unit, actor, session_id)

    def open_in(self, unit: Unit, actor: Actor, session_id: UUID) -> None:
        """Open the roll of a session in a unit of work that does more."""
        self._event(unit, actor, session_id, SessionEvent.OPENED)

    def tap(
        self, actor: Actor, session_id: UUID, untrusted: str, *, anyway: bool = False
    ) -> Tapped:
        """Note that somebody came, by what a reader typed or a number; `anyway`: beyond the seats.

        Who is there already stays so. Raises NobodyMeant, NotOne, HasLeft, LeadsIt, SeatsTaken,
        WrongState.
        """
        with self._site.transaction(actor, "session.roll") as unit:
            found = person_at_reader(unit, untrusted)
            method = Method.BADGE if found.how is MeantBy.BADGE else Method.NUMBER
            return self._come(unit, actor, session_id, found.person_id, method, anyway=anyway)

    def tick(
        self,
        actor: Actor,
        session_id: UUID,
        person_id: UUID,
        *,
        method: Method = Method.TICK,
        at: datetime | None = None,
        anyway: bool = False,
    ) -> Tapped:
        """Note that somebody came, chosen by name; `at` where it was earlier. Raises as `tap` does."""
        with self._site.transaction(actor, "session.roll") as unit:
            return self._come(unit, actor, session_id, person_id, method, at=at, anyway=anyway)

    def tick_all(
        self,
        actor: Actor,
        session_id: UUID,
        people: Iterable[UUID],
        method: Method,
        *,
        anyway: bool = False,
    ) -> int:
        """Note that people were there from the beginning, as a sheet says; return how many are new.

        All of them or none. Raises as `tap` does; SeatsTaken names everybody who has no seat.
        """
        with self._site.transaction(actor, "session.roll") as unit:
            row, state = self._roll(unit, session_id)
            held = held_when(row, events_of(unit, session_id), self._site.clock.now())
            if state is SessionState.OPEN:
                held_from = min(held.began, self._site.clock.now())
            else:
                held_from = held.began
            new, without_seat = 0, list[SeatsTaken]()
            for person_id in dict.fromkeys(people):
                try:
                    done = self._come(
                        unit, actor, session_id, person_id, method, at=held_from, anyway=anyway
                    )
                except SeatsTaken as taken:
                    without_seat.append(taken)
                    continue
                new += done.result is not TapResult.ALREADY
            if without_seat:
                names = [name for taken in without_seat for name in taken.names]
                raise SeatsTaken(names, without_seat[0].seats)
            return new

    def confirm_present(
        self, actor: Actor, session_id: UUID, proved: ProvedPresent, *, anyway: bool = False
    ) -> Tapped:
        """Note that somebody confirmed by their own PIN that they are there: a fact, no signature.

        Raises as `tap` does.
        """
        with self._site.transaction(actor, "session.roll") as unit:
            person_id = proved.person_id
            return self._come(unit, actor, session_id, person_id, Method.PIN, anyway=anyway)

    def went(self, actor: Actor, session_id: UUID, untrusted: str) -> Tapped:
        """Note that somebody who was there goes, by badge or number. Raises as `tap` does."""
        with self._site.transaction(actor, "session.roll") as unit:
            found = person_at_reader(unit, untrusted)
            return self._go(unit, actor, session_id, found.person_id, MeantBy(found.how).value)

    def went_by_name(
        self, actor: Actor, session_id: UUID, person_id: UUID, at: datetime | None = None
    ) -> Tapped:
        """Note that somebody went, chosen by name; `at` where it was earlier."""
        with self._site.transaction(actor, "session.roll") as unit:
            return self._go(unit, actor, session_id, person_id, Method.TICK.value, at)

    def correct(
        self,
        actor: Actor,
        session_id: UUID,
        line_id: UUID,
        *,
        reason: str,
        at: datetime | None = None,
    ) -> None:
        """Put a line of the roll right: another time, or (None) it was a mistake. The line stays.

        Raises ReasonNeeded, NotFound, WrongState, TrainingRefused for a line corrected already.
        """
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "session.correct", reason=reason) as unit:
            row, _state = self._roll(unit, session_id)
            line = unit.get(AttendanceRow, line_id)
            if line is None or line.session_id != session_id:
                raise NotFound(_("The line of the roll"))
            require_within(unit, actor, row, line.person_id)
            lines, now = (
                as_lines(lines_of(unit, session_id)[line.person_id]),
                self._site.clock.now(),
            )
            stands = standing_lines(lines)
            if line.id not in {one.id for one in stands}:
                raise TrainingRefused(
                    _("This line was put right already."), _("Correct the newer line.")
                )
            if at is not None:
                new = _line(line.mark, at, Method.TICK, now, corrects_id=line.id)
                check_time(lines, new, comer(unit, line.person_id).name, now)
            self._note(
                unit,
                actor,
                line.session_id,
                line.person_id,
                mark=RollMark.STRUCK if at is None else line.mark,
                at=at or line.at,
                method=Method.TICK,
                corrects_id=line.id,
                reason=reason,
            )

    def end(
        self,
        actor: Actor,
        session_id: UUID,
        *,
        began_at: datetime | None = None,
        ended_at: datetime | None = None,
    ) -> None:
        """End a session: from when to when it really was; as planned and now where nobody says.

        Raises WrongState, TrainingRefused for times that cannot be.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "session.end") as unit:
            row, _state = self._roll(unit, session_id)
            now = self._site.clock.now()
            held = held_when(row, events_of(unit, session_id), now)
            began, ended = began_at or held.began, ended_at or (held.ended if held.is_over else now)
            check_when_held(row, began)
            if ended <= began or ended > now:
                raise TrainingRefused(
                    _("It would have ended before it began, or in the time to come."),
                    _("Give when it really began and ended."),
                )
            self.end_in(unit, actor, session_id, began, ended)

    def end_in(
        self, unit: Unit, actor: Actor, session_id: UUID, began: datetime, ended: datetime
    ) -> None:
        """End a session in a unit of work that does more."""
        self._event(unit, actor, session_id, SessionEvent.HELD, began=began, ended=ended)

    def _come(
        self,
        unit: Unit,
        actor: Actor,
        session_id: UUID,
        person_id: UUID,
        method: Method,
        *,
        at: datetime | None = None,
        anyway: bool = False,
    ) -> Tapped:
        row, state = self._roll(unit, session_id)
        require_within(unit, actor, row, person_id)
        person = comer(unit, person_id)
        check_may(unit, row, person, local_day(self._site.clock))
        now = self._site.clock.now()
        held = held_when(row, events_of(unit, session_id), now)
        lines = as_lines(lines_of(unit, session_id).get(person_id, ()))
        known = {one.method for one in standing_lines(lines)}
        was_there = is_there(lines) if state is SessionState.OPEN else came(lines, held)
        if (known and method is Method.SHEET) or (was_there and not adds(method, known)):
            return tapped(person, TapResult.ALREADY)
        listed = list_of(unit, row)
        if not was_there and not anyway:
            check_seat(unit, row, person, listed)
        said, at = at, when_come(at, method, held, now)
        if said is not None and state is SessionState.OPEN and not was_there:
            check_time(lines, _line(RollMark.IN, at, method, now), person.name, now)
        self._note(unit, actor, row.id, person_id, mark=RollMark.IN, at=at, method=method)
        if was_there:
            return tapped(person, TapResult.ALREADY)
        result = TapResult.CAME if person_id in listed else TapResult.WALK_IN
        over = held.ended if held.is_over and at >= held.ended else None
        return tapped(person, result, _also_in(unit, row, person_id, at, held, now), over)

    def _go(
        self,
        unit: Unit,
        actor: Actor,
        session_id: UUID,
        person_id: UUID,
        method: str,
        at: datetime | None = None,
    ) -> Tapped:
        row, _state = self._roll(unit, session_id)
        require_within(unit, actor, row, person_id)
        person = comer(unit, person_id)
        lines = as_lines(lines_of(unit, session_id).get(person_id, ()))
        if not is_there(lines):
            raise TrainingRefused(
                _("{name} is not there.").format(name=person.name),
                _("Note first when they came."),
            )
        now = self._site.clock.now()
        at = at or now
        check_time(lines, _line(RollMark.OUT, at, Method(method), now), person.name, now)
        self._note(
            unit, actor, session_id, person_id, mark=RollMark.OUT, at=at, method=Method(method)
        )
        return tapped(person, TapResult.WENT)

    def _roll(self, unit: Unit, session_id: UUID) -> tuple[ClassSessionRow, SessionState]:
        unit.take_turn("session", session_id)
        row = session_row(unit, session_id)
        state = state_in(unit, session_id)
        if state not in _ROLL:
            raise WrongState(state)
        return row, state

    def _event(
        self,
        unit: Unit,
        actor: Actor,
        session_id: UUID,
        event: SessionEvent,
        *,
        began: datetime | None = None,
        ended: datetime | None = None,
    ) -> None:
        unit.add(
            SessionEventRow(
                session_id=session_id,
                event=event,
                at=self._site.clock.now(),
                began_at=began,
                ended_at=ended,
                by=actor.account_id,
                by_name=actor.name,
            )
        )

    def _note(
        self,
        unit: Unit,
        actor: Actor,
        session_id: UUID,
        person_id: UUID,
        *,
        mark: RollMark,
        at: datetime,
        method: Method,
        corrects_id: UUID | None = None,
        reason: str = "",
    ) -> None:
        unit.add(
            AttendanceRow(
                session_id=session_id,
                person_id=person_id,
                mark=mark,
                at=at,
                method=method,
                corrects_id=corrects_id,
                reason=reason,
                noted_at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )
        unit.flush()


def _line(
    mark: RollMark,
    at: datetime,
    method: Method,
    now: datetime,
    corrects_id: UUID | None = None,
) -> Line:
    """Return a line that is about to be noted, as the pure rules take it: the newest one."""
    return Line(id=new_id(), mark=mark, at=at, method=method, noted_at=now, corrects_id=corrects_id)


def _also_in(
    unit: Unit, row: ClassSessionRow, person_id: UUID, at: datetime, held: Held, now: datetime
) -> tuple[OtherRoom, ...]:
    """Return the other rooms whose rolls have somebody in the time from which they are in this one."""
    until = held.ended if held.is_over else now + _MOMENT
    there = {person_id: ((at, until),)} if at < until else {}
    return elsewhere(unit, row, there, now + _MOMENT).get(person_id, ())
