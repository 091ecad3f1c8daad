"""What becomes of cycles of a requirement that is asked for no more.

What is open ends. Who holds it keeps it; when it expires nobody is lapsed, for the next cycle is over
as it begins.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Day
from app.core.training.assignments.ending import cancel
from app.core.training.in_force import is_open
from app.core.training.kinds import Outcome, Source
from app.core.training.models import AssignmentRow, RequirementRow


def end_open_of_retired(
    unit: Unit,
    actor: Actor,
    today: date,
    now: datetime,
    *,
    only: UUID | None = None,
    reason: str = "",
) -> int:
    """End what is open of requirements that are retired by a day; return how much. `only` narrows it to one."""
    statement = (
        sa.select(AssignmentRow, RequirementRow.retired_on)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(RequirementRow.retired_on <= sa.literal(today, Day), *is_open())
    )
    if only is not None:
        statement = statement.where(RequirementRow.id == only)
    rows = unit.execute(statement).all()
    for row, retired_on in rows:
        cancel(unit, actor, row, now, _why(retired_on, reason), retired_on=retired_on)
    unit.flush()
    return len(rows)


def over_at_once(row: Any, retired_on: date, now: datetime) -> dict[str, Any]:
    """Return the cycle after one whose evidence has expired since its requirement is retired: nobody is to meet it."""
    reason = _why(retired_on, "")
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": _("What was held was valid until {day}").format(day=day_in_words(row.held_until)),
        "source": Source.RENEWAL,
        "rule_id": row.rule_id,
        "closed_at": now,
        "outcome": Outcome.CANCELLED,
        "cancelled_reason": reason,
    }


def _why(retired_on: date | None, reason: str) -> str:
    since = date.min if retired_on is None else retired_on
    said = _("Asked for no more since {day}").format(day=day_in_words(since))
    return f"{said}: {reason}" if reason else said
