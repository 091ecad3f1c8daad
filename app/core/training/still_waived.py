"""A waiver is of a person and a requirement: a cycle that is opened while it lasts is let off, too.

Whoever signed it let the person off until a day, or for good, not until a renewal opens or a rule asks
again. It ends with its day, when somebody ends it, or when the person leaves.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.journal import Unit
from app.core.storage.columns import Day, Id
from app.core.training.after_waiver import count_anew
from app.core.training.crediting import note
from app.core.training.in_force import is_open
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.models import AssignmentEventRow, AssignmentRow

Pairs = Collection[tuple[UUID, UUID]]
"""Of person and requirement."""


def let_off_still(unit: Unit, actor: Actor, pairs: Pairs, now: datetime) -> None:
    """Let cycles that were just opened of some pairs be waived as the cycles before them are."""
    wanted, people = set(pairs), sorted({person_id for person_id, _requirement in pairs})
    today = now.astimezone().date()
    for some in batches(people):
        for row, until, reason in unit.execute(_waived(), {"people": some, "today": today}).all():
            if (row.person_id, row.requirement_id) in wanted:
                _let_off(unit, actor, row, until, reason or "", now)
    unit.flush()


def lasting_waiver(row: Any) -> sa.ColumnElement[date | None]:
    """Return the last day of the waiver of a cycle as an expression; null where leaving has ended it."""
    return sa.case((~_ended_by_leaving(row), row.waived_until))


def _ended_by_leaving(row: Any) -> sa.ColumnElement[bool]:
    act = aliased(AssignmentEventRow)
    left = sa.exists().where(
        act.assignment_id == row.id,
        act.event == AssignmentEvent.CANCELLED,
        act.until_on.is_not(None),
    )
    return left.correlate_except(act)


def _let_off(
    unit: Unit, actor: Actor, row: AssignmentRow, until: date, reason: str, now: datetime
) -> None:
    until_on = None if until == date.max else until
    if until_on is not None:
        count_anew(unit, actor, row, until_on + timedelta(days=1), now)
    row.waived_until = until
    note(unit, actor, row.id, AssignmentEvent.WAIVED, now, reason=reason, until_on=until_on)


@cache
def _waived() -> sa.Select[*tuple[Any, ...]]:
    """Select open cycles of `people` after one whose waiver lasts, with its last day and its reason."""
    before, act = aliased(AssignmentRow), aliased(AssignmentEventRow)
    reason = (
        sa.select(act.reason)
        .where(act.assignment_id == before.id, act.event == AssignmentEvent.WAIVED)
        .order_by(act.id.desc())
        .limit(1)
    )
    return (
        sa.select(
            AssignmentRow,
            before.waived_until,
            reason.correlate_except(act).scalar_subquery(),
        )
        .join(
            before,
            sa.and_(
                before.person_id == AssignmentRow.person_id,
                before.requirement_id == AssignmentRow.requirement_id,
                before.cycle == AssignmentRow.cycle - 1,
            ),
        )
        .where(
            AssignmentRow.person_id.in_(sa.bindparam("people", type_=Id(), expanding=True)),
            AssignmentRow.waived_until.is_(None),
            AssignmentRow.source != Source.CHOSEN,
            *is_open(),
            before.waived_until >= sa.bindparam("today", type_=Day()),
            ~_ended_by_leaving(before),
        )
    )
