"""One due date that two PCs put off by different absences, apart: both absences count, and nobody is asked.

A due date waits for a decision where two PCs changed it and neither knew of the other. Where both only
put it off by days away, what it is follows from the absences that both know now. Each PC works that out by
itself, from what the date would be without any, which each move says; so all of them say the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.assignments.standing_still import away_since, in_dispute, put_off
from app.core.training.crediting import note
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow
from app.core.training.requirements.queries import terms_of

_DUE = "due_on"


@dataclass(frozen=True, slots=True)
class Apart:
    """A due date in dispute that only absences put off: its values, and what it would be without any."""

    values: frozenset[date]
    plain: date


def put_off_apart(session: Session) -> Mapping[UUID, Apart]:
    """Return by assignment the due dates that wait for a decision because of absences alone."""
    found = {}
    for key, values in in_dispute(session).items():
        plain = _plain(session, key, values)
        if plain is not None:
            found[key] = Apart(values, plain)
    return found


def put_off_by_all(unit: Unit, actor: Actor, now: datetime) -> int:
    """Put off what PCs put off apart by all the absences there are; return how many due dates."""
    apart = put_off_apart(unit)
    rows = unit.scalars(sa.select(AssignmentRow).where(AssignmentRow.id.in_(list(apart)))).all()
    for row in rows:
        _settle(unit, actor, row, apart[row.id], now)
    unit.flush()
    return len(rows)


def _settle(unit: Unit, actor: Actor, row: AssignmentRow, apart: Apart, now: datetime) -> None:
    before, plain = row.due_on, apart.plain
    grace = _grace(unit, row, apart)
    due_on = put_off(plain, grace, away_since(unit, row))
    act = note(
        unit,
        actor,
        row.id,
        AssignmentEvent.DUE_MOVED,
        now,
        reason=_("Absences that were noted on two PCs count together"),
        until_on=due_on,
    )
    act.due_before, act.due_plain = before, plain
    row.late_after = row.late_after and due_on + grace
    unit.flush()
    unit.decide(row, _DUE, due_on)


def _grace(session: Session, row: AssignmentRow, apart: Apart) -> timedelta:
    """Return the days of grace: the last day of it is that of one of the values, and does not say of which."""
    if row.late_after is None:
        return timedelta(0)
    asked_on = row.assigned_at.astimezone().date()
    said = timedelta(days=terms_of(session, row.requirement_id, asked_on).grace_days)
    found = sorted(max(row.late_after - one, timedelta(0)) for one in apart.values)
    return said if said in found else found[0]


def _plain(session: Session, key: UUID, values: Collection[Any]) -> date | None:
    """Return what all the values come from, by the moves that made them; None where they do not tell."""
    act = AssignmentEventRow
    moves = session.execute(
        sa.select(act.until_on, act.due_plain)
        .where(act.assignment_id == key, act.event == AssignmentEvent.DUE_MOVED)
        .order_by(act.at, act.id)
    )
    made = {until_on: plain for until_on, plain in moves}  # noqa: C416  rows, not pairs
    plains = {made.get(value) for value in values}
    return plains.pop() if len(plains) == 1 else None
