"""Reading what reminders are about: ladders, open work that is due, its people and their supervisors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.people import still_here
from app.core.people.shifts import is_written
from app.core.storage.columns import Day, Id
from app.core.training.in_force import is_open, is_paused, is_waived
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.overdue import is_wanting
from app.core.training.reminders.models import ReminderLadderRow
from app.core.training.reminders.types import Asked, Due, Ladder, Recipient
from app.core.training.supervisors import supervisor_here, supervisor_of, who_belongs_here

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


def is_due(until: date, day: date) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an assignment, joined to its requirement and to its person's listing, is open and
    due until a day, as of a day.

    Who is on leave, was let off, holds it, or has left is not among it.
    """
    listing, today = neighbours().listing, sa.literal(day, Day)
    return [
        AssignmentRow.due_on <= sa.literal(until, Day),
        *is_open(),
        ~is_waived(day),
        ~is_paused(day),
        still_here(listing.left_on, today),
        is_wanting(day),
    ]


def is_among(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that an assignment and its person are among what somebody wants to know of."""
    found = is_of_those(asked)
    if asked.of is not None:
        found.append(AssignmentRow.id.in_(asked.of))
    return found


def is_of_those(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a person, with their listing, is among those of whom somebody wants to know."""
    listing, person = neighbours().listing, neighbours().person
    found: list[sa.ColumnElement[bool]] = []
    if asked.here is not None:
        home = person.home_site_id
        found.append(sa.or_(home.is_(None), home == asked.here))
    if asked.scope is not None:
        found.append(listing.org_unit_id.in_(asked.scope))
    if asked.shifts is not None:
        found.append(is_written(person, asked.shifts))
    return found


def dues(session: Session, until: date, asked: Asked) -> list[Due]:
    """Return the open work that is due until a day of those who are asked for, by due date and number."""
    listing = neighbours().listing
    rows = session.execute(
        _described(asked.day)
        .where(*is_due(until, asked.day), *is_among(asked))
        .order_by(AssignmentRow.due_on, listing.number, RequirementRow.code)
    )
    return [due_of(row) for row in rows]


def dues_of(session: Session, assignments: Iterable[UUID], day: date) -> dict[UUID, Due]:
    """Return some assignments by their ids, whether they are due on a day or not."""
    found: dict[UUID, Due] = {}
    for some in in_parts(assignments):
        rows = session.execute(_described(day).where(AssignmentRow.id.in_(some)))
        found.update((row.id, due_of(row)) for row in rows)
    return found


def recipients(session: Session, people: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Return how some people are told, by id."""
    person = neighbours().person
    columns = (person.id, person.number, person.name, person.email, person.language)
    found: dict[UUID, Recipient] = {}
    for some in in_parts(people):
        for row in session.execute(sa.select(*columns).where(person.id.in_(some))):
            found[row.id] = Recipient(
                id=row.id,
                number=row.number,
                name=row.name,
                email=row.email,
                language=row.language,
            )
    return found


def in_parts(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Yield ids, each once, so many as are asked for at once."""
    everyone = sorted(set(ids))
    for first in range(0, len(everyone), _SOME):
        yield everyone[first : first + _SOME]


def by_supervisor(found: Iterable[Due]) -> dict[UUID | None, list[Due]]:
    """Return work by the supervisor of its person."""
    groups: dict[UUID | None, list[Due]] = defaultdict(list)
    for one in found:
        groups[one.supervisor_id].append(one)
    return groups


def who_columns(person_id: Any, day: date) -> list[Any]:  # columns
    """Return what is told of whose work it is: of a statement that joins their listing and them."""
    listing, person = neighbours().listing, neighbours().person
    return [
        listing.number,
        listing.name,
        listing.org_unit_id,
        listing.org_unit,
        _whose_page(person_id, day).label("supervisor_id"),
        person.shift,
    ]


def due_of(row: Any, *, is_review: bool = False) -> Due:  # a row with who_columns
    """Return work of a row with its id, person, days, code and title, and whose it is."""
    return Due(
        work_id=row.id,
        person_id=row.person_id,
        number=row.number,
        name=row.name,
        org_unit_id=row.org_unit_id,
        org_unit=row.org_unit,
        code=row.code,
        title=row.title,
        due_on=row.due_on,
        late_after=row.late_after,
        supervisor_id=row.supervisor_id,
        shift=row.shift,
        is_review=is_review,
    )


def _described(day: date) -> sa.Select[*tuple[Any, ...]]:
    listing, person = neighbours().listing, neighbours().person
    return (
        sa.select(
            AssignmentRow.id,
            AssignmentRow.person_id,
            AssignmentRow.due_on,
            AssignmentRow.late_after,
            RequirementRow.code,
            RequirementRow.title,
            *who_columns(AssignmentRow.person_id, day),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .join(person, person.id == AssignmentRow.person_id)
    )


def _whose_page(person_id: Any, day: date) -> sa.ColumnElement[UUID]:  # a column
    """Return who hangs up a page with a person's work; where nobody else is there, who is on leave."""
    own = who_belongs_here(supervisor_of(person_id), day)
    return sa.func.coalesce(supervisor_here(person_id, day), own, type_=Id())
