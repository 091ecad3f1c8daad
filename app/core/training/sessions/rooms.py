"""Somebody in two rooms at one time: the second session counts once who leads it has said so, and why.

It counts by itself where it was signed first. What two PCs signed apart is told on both rolls (ADR 83).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.sessions.elsewhere import elsewhere
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import SessionState
from app.core.training.sessions.models import ClassSessionRow, SessionRoomRow
from app.core.training.sessions.reading import (
    events_of,
    held_when,
    roll_of,
    session_row,
    state_in,
    trainers_of,
)
from app.core.training.sessions.scope import require_within
from app.core.training.sessions.standing import counted_in
from app.core.training.sessions.trainers import require_leading
from app.core.training.sessions.two_rooms import RoomDecision
from app.core.training.sessions.types import OnRoll

_MAY_DECIDE = frozenset({SessionState.OPEN, SessionState.HELD, SessionState.SIGNED})


class Rooms:
    """Decides. Who may: a trainer of the session, with ASSIGN for the person; never for oneself."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def decide(
        self, actor: Actor, session_id: UUID, person_id: UUID, *, counts: bool, reason: str
    ) -> None:
        """Say whether a session counts for somebody who was in another room meanwhile; the newest word stands.

        Raises ReasonNeeded, WrongState, NotAllowed, and TrainingRefused where they were nowhere else,
        are signed for already, or are the actor.
        """
        reason = " ".join(reason.split())
        if not reason:
            raise ReasonNeeded
        with self._site.transaction(actor, "session.decide-room", reason=reason) as unit:
            unit.take_turn("session", session_id)
            actor.require_anywhere(Capability.ASSIGN)
            row = session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state not in _MAY_DECIDE:
                raise WrongState(state)
            require_leading(actor, trainers_of(unit, session_id))
            require_within(unit, actor, row, person_id)
            self._check(unit, actor, row, person_id)
            unit.add(
                SessionRoomRow(
                    session_id=session_id,
                    person_id=person_id,
                    is_accepted=counts,
                    reason=reason,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def _check(self, unit: Unit, actor: Actor, row: ClassSessionRow, person_id: UUID) -> None:
        if person_id == actor.person_id:
            raise TrainingRefused(
                _("Nobody decides about their own attendance."), _("Ask another trainer.")
            )
        if person_id in counted_in(unit, row.id):
            raise TrainingRefused(
                _("Their attendance is signed already, and counts."),
                _("Correct the record, if it does not."),
            )
        now = self._site.clock.now()
        roll = roll_of(unit, row, held_when(row, events_of(unit, row.id), now))
        found = with_rooms(unit, row, [one for one in roll if one.person_id == person_id], now)
        if not any(one.elsewhere for one in found):
            raise TrainingRefused(
                _("They were on no other roll at the same time."), _("Look at the roll again.")
            )


def with_rooms(
    session: Session, row: ClassSessionRow, roll: Iterable[OnRoll], now: datetime
) -> tuple[OnRoll, ...]:
    """Return a roll with who was on other rolls at the same time, and what was said of it."""
    found = tuple(roll)
    also = elsewhere(session, row, {one.person_id: one.intervals for one in found}, now)
    if not also:
        return found
    said, counted = _decisions(session, row.id), counted_in(session, row.id)
    return tuple(
        replace(
            one,
            elsewhere=also[one.person_id],
            decision=said.get(one.person_id),
            is_counted=one.person_id in counted,
        )
        if one.person_id in also
        else one
        for one in found
    )


def _decisions(session: Session, session_id: UUID) -> dict[UUID, RoomDecision]:
    rows = session.scalars(
        sa.select(SessionRoomRow)
        .where(SessionRoomRow.session_id == session_id)
        .order_by(SessionRoomRow.at, SessionRoomRow.id)
    )
    return {
        row.person_id: RoomDecision(
            counts=row.is_accepted, reason=row.reason, at=row.at, by_name=row.by_name
        )
        for row in rows
    }
