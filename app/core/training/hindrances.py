"""What keeps an assignment from going on: something that comes first, or a quiz without an attempt left.

What comes first is seen to where it is held, or somebody was let off it. Until then nothing meets what comes
after it: neither what is done here, nor what stands in for it, nor old training that is brought in. Such
evidence is kept, and counts as soon as what comes first is held.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Day
from app.core.training.errors import ComesFirst
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.kinds import LinkKind
from app.core.training.models import AssignmentRow, RequirementLinkRow, RequirementRow
from app.core.training.neighbours import neighbours

_SOME = 500
"""So many people are asked for at once."""


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
            *waits_for(before, sa.literal(person_id, AssignmentRow.person_id.type), today),
        )
        .order_by(before.title)
    )
    return tuple(session.scalars(statement))


def missing_by_course(
    session: Session, person_id: UUID, today: date, course_id: UUID | None = None
) -> dict[UUID, tuple[str, ...]]:
    """Return by course the titles of what somebody has to hold before its requirement and does not."""
    before, found = aliased(RequirementRow), dict[UUID, tuple[str, ...]]()
    statement = (
        sa.select(RequirementRow.course_id, before.title)
        .join(RequirementLinkRow, RequirementLinkRow.requirement_id == RequirementRow.id)
        .join(before, before.id == RequirementLinkRow.other_id)
        .where(
            RequirementRow.course_id.is_not(None)
            if course_id is None
            else RequirementRow.course_id == course_id,
            *waits_for(before, sa.literal(person_id, AssignmentRow.person_id.type), today),
        )
        .order_by(before.title)
    )
    for course, title in session.execute(statement):
        if course is not None:
            found[course] = (*found.get(course, ()), title)
    return found


def missing_by_requirement(
    session: Session, person_id: UUID, requirement_ids: Collection[UUID], today: date
) -> dict[UUID, tuple[str, ...]]:
    """Return by requirement the titles of what somebody has to see to before, and has not."""
    before, found = aliased(RequirementRow), dict[UUID, tuple[str, ...]]()
    who = sa.literal(person_id, AssignmentRow.person_id.type)
    statement = (
        sa.select(RequirementLinkRow.requirement_id, before.title)
        .join(before, before.id == RequirementLinkRow.other_id)
        .where(
            RequirementLinkRow.requirement_id.in_(requirement_ids),
            *waits_for(before, who, today),
        )
        .order_by(before.title)
    )
    for requirement_id, title in session.execute(statement):
        found[requirement_id] = (*found.get(requirement_id, ()), title)
    return found


def missing_of(
    session: Session, people: Collection[UUID], requirement_ids: Collection[UUID], today: date
) -> dict[UUID, tuple[str, ...]]:
    """Return by person the titles of what comes before some requirements and they do not hold.

    What is among those itself is left out: it is met together with them.
    """
    before, person = aliased(RequirementRow), neighbours().person
    found: dict[UUID, tuple[str, ...]] = {}
    statement = (
        sa.select(person.id, before.title)
        .select_from(RequirementLinkRow)
        .join(before, before.id == RequirementLinkRow.other_id)
        .join(person, person.id.in_(people))
        .where(
            RequirementLinkRow.requirement_id.in_(requirement_ids),
            before.id.not_in(requirement_ids),
            *waits_for(before, person.id, today),
        )
        .distinct()
        .order_by(before.title)
    )
    for person_id, title in session.execute(statement):
        found[person_id] = (*found.get(person_id, ()), title)
    return found


def held_back(
    session: Session, people: Iterable[UUID], requirement_ids: Iterable[UUID], today: date
) -> frozenset[tuple[UUID, UUID]]:
    """Return the pairs of person and requirement of which something comes first that is not seen to."""
    link, before, person = RequirementLinkRow, aliased(RequirementRow), neighbours().person
    behind = sa.select(link.requirement_id).where(
        link.requirement_id.in_(set(requirement_ids)), link.kind == LinkKind.PREREQUISITE
    )
    wanted = set(session.scalars(behind))
    if not wanted:
        return frozenset()
    found = set[tuple[UUID, UUID]]()
    some = sorted(set(people))
    for start in range(0, len(some), _SOME):
        statement = (
            sa.select(person.id, link.requirement_id)
            .select_from(link)
            .join(before, before.id == link.other_id)
            .join(person, person.id.in_(some[start : start + _SOME]))
            .where(
                link.requirement_id.in_(wanted),
                *waits_for(before, person.id, today),
            )
        )
        found.update((one, what) for one, what in session.execute(statement))
    return frozenset(found)


def require_first(session: Session, person_id: UUID, requirement_id: UUID, today: date) -> None:
    """Raise ComesFirst where something has to be held before a requirement and is not."""
    missing = missing_first(session, person_id, requirement_id, today)
    if missing:
        raise ComesFirst(session.get_one(RequirementRow, requirement_id).title, missing)


def waits_for(before: Any, person_id: Any, today: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a link says that `before` comes first, and somebody has not seen to it."""
    return [*_stands_first(before, today), ~_has_seen_to(before, person_id, today)]


def is_blocked(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that something that comes first is not held."""
    before = aliased(RequirementRow)
    return (
        sa.select(sa.literal(1))
        .select_from(RequirementLinkRow)
        .join(before, before.id == RequirementLinkRow.other_id)
        .where(
            RequirementLinkRow.requirement_id == AssignmentRow.requirement_id,
            *waits_for(before, AssignmentRow.person_id, today),
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


def _stands_first(before: Any, today: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a link to what comes first; what is retired nobody is given any more."""
    return [
        RequirementLinkRow.kind == LinkKind.PREREQUISITE,
        RequirementLinkRow.ended_on.is_(None),
        sa.or_(before.retired_on.is_(None), before.retired_on > sa.literal(today, Day)),
    ]


def _has_seen_to(requirement: Any, person_id: Any, today: date) -> sa.ColumnElement[bool]:
    """Return the condition that somebody holds a requirement, or was let off it."""
    row = aliased(AssignmentRow)
    is_let_off = sa.exists().where(
        row.person_id == person_id,
        row.requirement_id == requirement.id,
        row.waived_until >= sa.literal(today, Day),
        row.closed_at.is_(None),
    )
    return sa.or_(_holds(requirement, person_id, today), is_let_off.correlate_except(row))


def _holds(requirement: Any, person_id: Any, today: date) -> sa.ColumnElement[bool]:
    pair = Pair(person_id=person_id, requirement_id=requirement.id, course_id=requirement.course_id)
    held = newest_evidence(held_until_of, pair)
    return sa.func.coalesce(held >= sa.literal(today, Day), sa.false())
