"""Which assignment of a person and requirement is in force, and which are open: one definition, as SQL.

Two PCs may each open a cycle of one pair. The same cycle is one thing (ADR 16). Of two cycles the later
is in force and the earlier counts as superseded, which follows from the rows alone: no PC has to
write it, and every PC that has the same rows says the same.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.storage.columns import Day
from app.core.training.models import AbsenceRow, AssignmentRow


def in_force() -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an assignment is its pair's newest cycle and not cancelled."""
    return [AssignmentRow.cancelled_reason == "", ~has_later_cycle()]


def is_open() -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an assignment is in force and neither completed nor superseded."""
    return [AssignmentRow.closed_at.is_(None), *in_force()]


def has_later_cycle() -> sa.ColumnElement[bool]:
    """Return the condition that another cycle of the pair came after an assignment's."""
    later = aliased(AssignmentRow)
    return sa.exists().where(
        later.person_id == AssignmentRow.person_id,
        later.requirement_id == AssignmentRow.requirement_id,
        later.cycle > AssignmentRow.cycle,
    )


def is_waived(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that somebody was let off on a day; it is false, never null."""
    until = AssignmentRow.waived_until
    return sa.and_(until.is_not(None), until >= sa.literal(today, Day))


def is_away(person_id: Any, day: date) -> sa.ColumnElement[bool]:  # a column
    """Return the condition that somebody is noted as away on a day."""
    on = sa.literal(day, Day)
    return sa.exists().where(
        AbsenceRow.person_id == person_id,
        AbsenceRow.from_on <= on,
        sa.or_(AbsenceRow.to_on.is_(None), AbsenceRow.to_on > on),
    )


def is_paused(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that the person is away on a day, so that the due date stands still.

    Somebody whose due dates were not put off yet after an absence is still taken to be away.
    """
    day = sa.literal(today, Day)
    return sa.exists().where(
        AbsenceRow.person_id == AssignmentRow.person_id,
        AbsenceRow.has_moved_dues.is_(False),
        AbsenceRow.from_on <= day,
    )
