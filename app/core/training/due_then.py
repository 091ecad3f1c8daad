"""When something was due at a moment gone by: due dates move, and each move says what the date was before.

Moves of an earlier program do not say it: of those the one before them tells, as far as there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Day, Instant
from app.core.storage.days import days_between, days_later
from app.core.storage.tables import table_of
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A due date was moved."""

    at: datetime
    to: date
    before: date | None
    """None: an earlier program moved it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueThen:
    """When something was due, and the last day of its grace (None: the due date itself)."""

    on: date | None
    late_after: date | None
    is_of_now: bool = False
    """Whether nothing tells what it was, so that it is told as it is now."""


def due_then(row: AssignmentRow, moves: Sequence[Move], end: datetime) -> DueThen:
    """Return when a cycle was due before `end`; `moves` are its moves, the oldest first."""
    earlier = sum(one.at < end for one in moves)
    if row.due_on is None or earlier == len(moves):
        return DueThen(on=row.due_on, late_after=row.late_after)
    was = moves[earlier].before or (moves[earlier - 1].to if earlier else None)
    if was is None:
        return DueThen(on=row.due_on, late_after=row.late_after, is_of_now=True)
    late_after = None if row.late_after is None else row.late_after + (was - row.due_on)
    return DueThen(on=was, late_after=late_after)


def due_then_in_sql(row: Any, end: datetime) -> dict[str, sa.ColumnElement[Any]]:
    """Return the same of the columns of an assignment: `due_on` and `late_after`.

    `row` has the columns of the table as it is, by its schema: what came after `end` is looked at, too.
    """
    act, instant = _acts(row.id.table.schema), sa.literal(end, Instant)
    moves = sa.and_(act.c.assignment_id == row.id, act.c.event == AssignmentEvent.DUE_MOVED.value)
    since = sa.select(act.c.due_before).where(moves, act.c.at >= instant)
    until = sa.select(act.c.until_on).where(moves, act.c.at < instant)
    was = sa.func.coalesce(
        since.order_by(act.c.at, act.c.id).limit(1).scalar_subquery(),
        sa.case(
            (
                since.exists(),
                until.order_by(act.c.at.desc(), act.c.id.desc()).limit(1).scalar_subquery(),
            )
        ),
        row.due_on,
    )
    late = days_later(row.late_after, days_between(was, row.due_on))
    return {"due_on": sa.type_coerce(was, Day), "late_after": sa.type_coerce(late, Day)}


def has_untold_moves(session: Session, end: datetime) -> bool:
    """Tell whether due dates moved since `end` of which nothing tells what they were."""
    act, before = aliased(AssignmentEventRow), aliased(AssignmentEventRow)
    earlier = sa.exists().where(
        before.assignment_id == act.assignment_id,
        before.event == AssignmentEvent.DUE_MOVED,
        before.at < act.at,
    )
    untold = sa.select(act.id).where(
        act.event == AssignmentEvent.DUE_MOVED,
        act.due_before.is_(None),
        act.at >= sa.literal(end, Instant),
        ~earlier.correlate_except(before),
    )
    return session.scalars(untold.limit(1)).first() is not None


def _acts(schema: str | None) -> sa.TableClause:
    table = table_of(AssignmentEventRow)
    return sa.table(
        table.name, *(sa.column(one.name, one.type) for one in table.columns), schema=schema
    )
