"""The roll: opened, taken by badge, number, name or sheet, put right, ended.

Every tap is a fact of its own, so that several PCs take one roll at once and agree afterwards.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import MeantBy, ProvedPresent, person_at_reader
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.sessions.coming import check_when_held
from app.core.training.sessions.errors import SeatsTaken, WrongState
from app.core.training.sessions.kinds import Method, SessionEvent, SessionState
from app.core.training.sessions.models import SessionEventRow
from app.core.training.sessions.reading import session_row, state_in
from app.core.training.sessions.roll import Roll
from app.core.training.sessions.types import Tapped, TapResult


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
            return self._roll(unit, actor, session_id).come(found.person_id, method, anyway=anyway)

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
            roll = self._roll(unit, actor, session_id)
            return roll.come(person_id, method, at=at, anyway=anyway)

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
            roll = self._roll(unit, actor, session_id)
            new, without_seat = 0, list[SeatsTaken]()
            for person_id in dict.fromkeys(people):
                try:
                    done = roll.come(person_id, method, at=roll.began, anyway=anyway)
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
            roll = self._roll(unit, actor, session_id)
            return roll.come(proved.person_id, Method.PIN, anyway=anyway)

    def went(self, actor: Actor, session_id: UUID, untrusted: str) -> Tapped:
        """Note that somebody who was there goes, by badge or number. Raises as `tap` does."""
        with self._site.transaction(actor, "session.roll") as unit:
            found = person_at_reader(unit, untrusted)
            method = Method(MeantBy(found.how).value)
            return self._roll(unit, actor, session_id).go(found.person_id, method)

    def went_by_name(
        self, actor: Actor, session_id: UUID, person_id: UUID, at: datetime | None = None
    ) -> Tapped:
        """Note that somebody went, chosen by name; `at` where it was earlier."""
        with self._site.transaction(actor, "session.roll") as unit:
            return self._roll(unit, actor, session_id).go(person_id, Method.TICK, at)

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
            self._roll(unit, actor, session_id).correct(line_id, reason, at)

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
            roll, now = self._roll(unit, actor, session_id), self._site.clock.now()
            held = roll.held
            began, ended = began_at or held.began, ended_at or (held.ended if held.is_over else now)
            check_when_held(roll.row, began)
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

    def _roll(self, unit: Unit, actor: Actor, session_id: UUID) -> Roll:
        return Roll(unit, actor, session_id, self._site.clock)

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
