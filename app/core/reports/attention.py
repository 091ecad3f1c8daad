"""Who needs somebody: open assignments in the order they fall due, the longest overdue first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.models import PersonListingRow, PersonRow
from app.core.reports.pairs import AnySelect, Scope, is_here, late_after, within
from app.core.storage.columns import Day
from app.core.training import Standing, in_force, is_waived, is_wanting
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.rules import DUE_SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """A person and a course that is overdue, or due soon."""

    person_id: UUID
    number: str
    name: str
    name_local: str
    course: str
    department: str
    due_on: date
    days: int
    """Until it is due; negative when it is overdue."""
    standing: Standing


def rows(session: Session, scope: Scope, today: date, most: int) -> tuple[Attention, ...]:
    """Return the most urgent ones. Reads the index of open work, only as far as it must."""
    return tuple(_row(found, today) for found in session.execute(_select(scope, today, most)))


def _row(found: Any, today: date) -> Attention:  # a row of _select
    due_on: date = found.due_on
    return Attention(
        person_id=found.person_id,
        number=found.number,
        name=found.name,
        name_local=found.name_local,
        course=found.title,
        department=found.org_unit,
        due_on=due_on,
        days=(due_on - today).days,
        standing=Standing.OVERDUE if today > found.late_after else Standing.DUE_SOON,
    )


def _select(scope: Scope, today: date, most: int) -> AnySelect:
    return (
        sa.select(
            PersonListingRow.person_id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonRow.name_local,
            RequirementRow.title,
            PersonListingRow.org_unit,
            AssignmentRow.due_on,
            late_after(today).label("late_after"),
        )
        .select_from(AssignmentRow)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(PersonListingRow, PersonListingRow.person_id == AssignmentRow.person_id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(
            AssignmentRow.closed_at.is_(None),
            AssignmentRow.due_on <= sa.literal(today + DUE_SOON, Day),
            is_wanting(today),
            is_here(today),
            *in_force(),
            ~is_waived(today),
            *within(scope),
        )
        .order_by(AssignmentRow.due_on, AssignmentRow.id)
        .limit(most)
    )
