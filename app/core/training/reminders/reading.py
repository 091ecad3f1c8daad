"""Reading what reminders are about: open work that is due, its people and their supervisors."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Day
from app.core.training.held import held_until_of, newest_evidence
from app.core.training.in_force import is_open, is_paused, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.reminders.kinds import LadderStep
from app.core.training.reminders.models import ReminderLadderRow, ReminderRow
from app.core.training.reminders.types import Due, Ladder, Recipient

_SOME = 500
"""So many ids are asked for at once."""


def ladders(session: Session, site_id: UUID | None) -> list[Ladder]:
    """Return every ladder of a site, the oldest first."""
    return all_ladders(session).get(site_id, [])


def all_ladders(session: Session) -> dict[UUID | None, list[Ladder]]:
    """Return by site every ladder of it, the oldest first."""
    person = neighbours().person
    head, qa = aliased(person), aliased(person)
    rows = session.execute(
        sa.select(ReminderLadderRow, head.number, head.name, qa.number, qa.name)
        .outerjoin(head, head.id == ReminderLadderRow.head_id)
        .outerjoin(qa, qa.id == ReminderLadderRow.qa_id)
        .order_by(ReminderLadderRow.from_on)
    )
    found: dict[UUID | None, list[Ladder]] = defaultdict(list)
    for row, head_number, head_name, qa_number, qa_name in rows:
        ladder = Ladder(
            from_on=row.from_on,
            learner_before=row.learner_before,
            supervisor_after=row.supervisor_after,
            head_after=row.head_after,
            qa_after=row.qa_after,
            head_id=row.head_id,
            head=f"{head_number} {head_name}" if head_number else "",
            qa_id=row.qa_id,
            qa=f"{qa_number} {qa_name}" if qa_number else "",
            numbers_only=row.numbers_only,
        )
        found[row.site_id].append(ladder)
    return found


def dues(session: Session, until: date, day: date, scope: frozenset[UUID] | None) -> list[Due]:
    """Return the open work that is due until a day, as of a day, by due date and number.

    Who is on leave, was let off, holds it, or has left is not among it.
    """
    listing, person = neighbours().listing, neighbours().person
    today = sa.literal(day, Day)
    held = newest_evidence(held_until_of)
    statement = (
        sa.select(
            AssignmentRow.id,
            AssignmentRow.person_id,
            AssignmentRow.due_on,
            AssignmentRow.late_after,
            listing.number,
            listing.name,
            listing.org_unit_id,
            listing.org_unit,
            RequirementRow.code,
            RequirementRow.title,
            person.home_site_id,
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(person, person.id == AssignmentRow.person_id)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .where(
            AssignmentRow.due_on <= sa.literal(until, Day),
            *is_open(),
            ~is_waived(day),
            ~is_paused(day),
            sa.or_(listing.left_on.is_(None), listing.left_on > today),
            sa.or_(
                AssignmentRow.source == Source.RENEWAL, sa.func.coalesce(held < today, sa.true())
            ),
        )
        .order_by(AssignmentRow.due_on, listing.number, RequirementRow.code)
    )
    if scope is not None:
        statement = statement.where(listing.org_unit_id.in_(scope))
    rows = session.execute(statement).all()
    managers = _managers(session, {row.person_id for row in rows})
    return [
        Due(
            assignment_id=row.id,
            person_id=row.person_id,
            number=row.number,
            name=row.name,
            org_unit_id=row.org_unit_id,
            org_unit=row.org_unit,
            code=row.code,
            title=row.title,
            due_on=row.due_on,
            late_after=row.late_after,
            supervisor_id=managers.get(row.person_id),
            home_site_id=row.home_site_id,
        )
        for row in rows
    ]


def recipients(session: Session, people: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Return how some people are told, by id."""
    person = neighbours().person
    found: dict[UUID, Recipient] = {}
    for some in _in_parts(people):
        for row in session.scalars(sa.select(person).where(person.id.in_(some))):
            found[row.id] = Recipient(
                id=row.id,
                number=row.number,
                name=row.name,
                email=row.email,
                language=row.language,
            )
    return found


def told_already(
    session: Session, assignments: Iterable[UUID]
) -> frozenset[tuple[UUID, LadderStep]]:
    """Return the steps of some assignments at which somebody was told."""
    found: set[tuple[UUID, LadderStep]] = set()
    for some in _in_parts(assignments):
        rows = session.execute(
            sa.select(ReminderRow.assignment_id, ReminderRow.step).where(
                ReminderRow.assignment_id.in_(some)
            )
        )
        found.update((assignment_id, step) for assignment_id, step in rows)
    return frozenset(found)


def _managers(session: Session, people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return by person the manager of their open placement; of several the newest."""
    placement = neighbours().placement
    found: dict[UUID, UUID] = {}
    for some in _in_parts(people):
        rows = session.execute(
            sa.select(placement.person_id, placement.manager_id)
            .where(placement.person_id.in_(some), placement.to_on.is_(None))
            .order_by(placement.from_on, placement.id)
        )
        found.update((person, manager) for person, manager in rows if manager is not None)
    return found


def _in_parts(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    everyone = sorted(set(ids))
    for first in range(0, len(everyone), _SOME):
        yield everyone[first : first + _SOME]


def by_supervisor(found: Iterable[Due]) -> dict[UUID | None, list[Due]]:
    """Return work by the supervisor of its person."""
    groups: dict[UUID | None, list[Due]] = defaultdict(list)
    for one in found:
        groups[one.supervisor_id].append(one)
    return groups
