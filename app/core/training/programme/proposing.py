"""What a year will bring: due dates that are open, and evidence that runs out, by requirement and month."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.learning import completion_stands
from app.core.storage.columns import Day
from app.core.training.held import credit_stands_of_many
from app.core.training.in_force import in_force, is_waived
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import stands


def forecast(session: Session, year: int, today: date) -> dict[tuple[UUID, date], int]:
    """Return how many people each requirement has to be given to, by the first day of the month.

    What was due before today, and is open, counts for this month.
    """
    first, last = max(date(year, 1, 1), today.replace(day=1)), date(year, 12, 31)
    since = date.min if first == today.replace(day=1) else first
    if first > last:
        return {}
    asked = sa.union(_open(since, last, today), *_running_out(first, last)).subquery("asked")
    listing = neighbours().listing
    has_left = sa.and_(listing.left_on.is_not(None), listing.left_on <= sa.literal(today, Day))
    counted = (
        sa.select(asked.c.requirement_id, asked.c.day, sa.func.count())
        .join(listing, listing.person_id == asked.c.person_id)
        .join(RequirementRow, RequirementRow.id == asked.c.requirement_id)
        .where(~has_left, RequirementRow.retired_on.is_(None))
        .group_by(asked.c.requirement_id, asked.c.day)
    )
    found: Counter[tuple[UUID, date]] = Counter()
    for requirement_id, day, count in session.execute(counted):
        found[requirement_id, max(day, first).replace(day=1)] += count
    return dict(found)


def _open(since: date, last: date, today: date) -> Any:  # a select of three columns
    row = AssignmentRow
    return sa.select(
        row.person_id.label("person_id"),
        row.requirement_id.label("requirement_id"),
        row.due_on.label("day"),
    ).where(
        row.closed_at.is_(None),
        row.due_on >= sa.literal(since, Day),
        row.due_on <= sa.literal(last, Day),
        *in_force(),
        ~is_waived(today),
    )


def _running_out(first: date, last: date) -> tuple[Any, Any]:  # selects of the same columns
    credit, completion = RequirementCreditRow, neighbours().completion
    newer, later = aliased(credit), aliased(completion)
    by_credit = sa.select(credit.person_id, credit.requirement_id, credit.valid_until).where(
        *_ends(credit, first, last),
        credit_stands_of_many(credit),
        stands(credit.person_id, credit.requirement_id),
        ~sa.exists().where(
            newer.person_id == credit.person_id,
            newer.requirement_id == credit.requirement_id,
            newer.at > credit.at,
        ),
    )
    by_course = (
        sa.select(completion.person_id, RequirementRow.id, completion.valid_until)
        .join(RequirementRow, RequirementRow.course_id == completion.course_id)
        .where(
            *_ends(completion, first, last),
            completion_stands(completion),
            stands(completion.person_id, RequirementRow.id),
            ~sa.exists().where(
                later.person_id == completion.person_id,
                later.course_id == completion.course_id,
                later.at > completion.at,
                completion_stands(later),
            ),
        )
    )
    return by_credit, by_course


def _ends(evidence: Any, first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    day = evidence.valid_until
    return day >= sa.literal(first, Day), day <= sa.literal(last, Day)
