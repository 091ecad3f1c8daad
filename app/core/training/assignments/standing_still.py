"""Due dates stand still while somebody is away: they are put off by the days away, each day once.

What a due date is follows from what it would be without any absence, and from all absences that are over:
not from the order in which these were noted, nor from how often. So it is taken back to what it would be
without those that have put it off, and put off anew by all that count now.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit, side_by_side
from app.core.training.crediting import note
from app.core.training.in_force import is_open
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AbsenceRow, AssignmentRow

Days = tuple[date, date]
"""From a day up to, but not on, a day."""


def merged(days: Iterable[Days]) -> list[Days]:
    """Return stretches without what overlaps or touches, the earliest first."""
    found: list[Days] = []
    for begins, ends in sorted(days):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def put_off(due_on: date, grace: timedelta, away: Sequence[Days]) -> date:
    """Return when something is due for who was away: it is not put off by what began when it was overdue."""
    for begins, ends in away:
        if due_on + grace >= begins:
            due_on += ends - begins
    return due_on


def without(due_on: date, grace: timedelta, away: Sequence[Days]) -> date:
    """Return when it would be due without absences that put it off: the inverse of `put_off`."""
    for begins, ends in reversed(away):
        before = due_on - (ends - begins)
        if before + grace >= begins:
            due_on = before
    return due_on


def come_back(
    unit: Unit, actor: Actor, person_id: UUID, over: Sequence[AbsenceRow], now: datetime
) -> int:
    """Put off what somebody has open by absences that are over, once; return how many due dates moved.

    Raises ValueError for one that is not over.
    """
    if any(row.to_on is None for row in over):
        raise ValueError("the absence is not over")
    before = _counted(unit, person_id)
    for row in over:
        row.has_moved_dues = True
    unit.flush()
    said = ", ".join(
        _("Away from {first} to {last}").format(first=day_in_words(first), last=day_in_words(last))
        for first, last in merged(_days_of(over))
    )
    return _move(unit, actor, person_id, before, now, said)


def take_back(unit: Unit, actor: Actor, row: AbsenceRow, now: datetime, reason: str) -> int:
    """Let an absence never have been, whether it is over or lies ahead; return how many due dates moved."""
    before = _counted(unit, row.person_id)
    row.to_on, row.has_moved_dues = row.from_on, True
    unit.flush()
    said = _("An absence was taken back: {reason}").format(reason=reason)
    return _move(unit, actor, row.person_id, before, now, said)


def in_dispute(session: Session) -> Mapping[UUID, frozenset[Any]]:
    """Return by assignment the due dates that PCs changed apart, and that differ: nobody moves them meanwhile."""
    several = side_by_side(session, AssignmentRow, "due_on")
    return {key: frozenset(values) for key, values in several.items() if len(set(values)) > 1}


def _counted(session: Session, person_id: UUID) -> list[Days]:
    """Return the absences that have put off somebody's due dates."""
    rows = session.scalars(
        sa.select(AbsenceRow).where(
            AbsenceRow.person_id == person_id, AbsenceRow.has_moved_dues.is_(True)
        )
    )
    return merged(_days_of(rows))


def _days_of(rows: Iterable[AbsenceRow]) -> Iterable[Days]:
    return [(row.from_on, row.to_on) for row in rows if row.to_on is not None]


def _move(
    unit: Unit, actor: Actor, person_id: UUID, before: list[Days], now: datetime, reason: str
) -> int:
    """Move what somebody has open from what absences made of it to what they make of it now."""
    after = _counted(unit, person_id)
    if after == before:
        return 0
    rows = unit.scalars(
        sa.select(AssignmentRow).where(
            AssignmentRow.person_id == person_id, AssignmentRow.due_on.is_not(None), *is_open()
        )
    ).all()
    waiting = in_dispute(unit)
    certain = (row for row in rows if row.id not in waiting)
    moved = sum(_put(unit, actor, row, (before, after), now, reason) for row in certain)
    unit.flush()
    return moved


def _put(
    unit: Unit,
    actor: Actor,
    row: AssignmentRow,
    away: tuple[list[Days], list[Days]],
    now: datetime,
    reason: str,
) -> bool:
    if row.due_on is None:
        return False
    grace = (row.late_after or row.due_on) - row.due_on
    before, after = (_since(row, days) for days in away)
    plain = without(row.due_on, grace, before)
    due_on = put_off(plain, grace, after)
    if due_on == row.due_on:
        return False
    act = note(unit, actor, row.id, AssignmentEvent.DUE_MOVED, now, reason=reason, until_on=due_on)
    act.due_before, act.due_plain = row.due_on, plain
    row.due_on, row.late_after = due_on, row.late_after and due_on + grace
    return True


def away_since(session: Session, row: AssignmentRow) -> list[Days]:
    """Return the absences that put off the due date of an assignment: from the day on which it was asked."""
    return _since(row, _counted(session, row.person_id))


def _since(row: AssignmentRow, away: Iterable[Days]) -> list[Days]:
    since = row.assigned_at.astimezone().date()
    return [(max(one, since), end) for one, end in away if end > since]
