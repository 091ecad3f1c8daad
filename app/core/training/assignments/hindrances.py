"""What keeps an assignment from going on: something that comes first, or a quiz without an attempt left."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Day
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.kinds import LinkKind
from app.core.training.models import AssignmentRow, RequirementLinkRow, RequirementRow
from app.core.training.neighbours import neighbours


def missing_first(
    session: Session, person_id: UUID, requirement_id: UUID, today: date
) -> tuple[str, ...]:
    """Return the titles of what has to be held before a requirement and is not."""
    before = aliased(RequirementRow)
    statement = (
        sa.select(before.title)
        .join(RequirementLinkRow, RequirementLinkRow.other_id == before.id)
        .where(
            RequirementLinkRow.requirement_id == requirement_id,
            *_stands_first(),
            ~_holds(before, sa.literal(person_id, AssignmentRow.person_id.type), today),
        )
        .order_by(before.title)
    )
    return tuple(session.scalars(statement))


def is_blocked(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that something that comes first is not held."""
    before = aliased(RequirementRow)
    return (
        sa.select(sa.literal(1))
        .select_from(RequirementLinkRow)
        .join(before, before.id == RequirementLinkRow.other_id)
        .where(
            RequirementLinkRow.requirement_id == AssignmentRow.requirement_id,
            *_stands_first(),
            ~_holds(before, AssignmentRow.person_id, today),
        )
        .correlate(AssignmentRow)
        .exists()
    )


def is_stuck() -> sa.ColumnElement[bool]:
    """Return the condition that no attempt is left at a quiz of the course in work."""
    progress = neighbours().progress
    return sa.exists().where(
        progress.person_id == AssignmentRow.person_id,
        progress.course_id == RequirementRow.course_id,
        progress.completed_at.is_(None),
        progress.is_stuck,
    )


def _stands_first() -> list[sa.ColumnElement[bool]]:
    is_before = RequirementLinkRow.kind == LinkKind.PREREQUISITE
    return [is_before, RequirementLinkRow.ended_on.is_(None)]


def _holds(requirement: Any, person_id: Any, today: date) -> sa.ColumnElement[bool]:
    pair = Pair(person_id=person_id, requirement_id=requirement.id, course_id=requirement.course_id)
    held = newest_evidence(held_until_of, pair)
    return sa.func.coalesce(held >= sa.literal(today, Day), sa.false())
