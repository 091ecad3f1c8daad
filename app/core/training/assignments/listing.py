"""What the list of assignments asks for, but for states: its conditions, its order and its exact count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import PageRequest
from app.core.people import still_here
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.overdue import is_overdue

Scope = frozenset[UUID] | None


class Work(StrEnum):
    """What of the whole list is counted beforehand: work of people who have not left."""

    OPEN = "open"
    """Nothing has closed it."""
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class KeptCount:
    """A count that was kept, of everybody but some people of whom something has changed since."""

    of_others: int
    changed: frozenset[UUID]


CountKept = Callable[[Session, Work, Scope, date], KeptCount | None]
"""Tells what is kept of a count; None where nothing is, or too much has changed."""


def nothing_kept(_session: Session, _work: Work, _scope: Scope, _today: date) -> None:
    """Tell that no count is kept."""


def total(
    session: Session,
    request: PageRequest,
    scope: Scope,
    today: date,
    count_kept: CountKept,
) -> int:
    """Return how many the whole list has.

    Of the list as it opens, and of everything overdue, counts are kept: only people of whom something has
    changed since are counted here.
    """
    work = _work(request)
    kept = None if work is None else count_kept(session, work, scope, today)
    if kept is None:
        return count(session, listed(request, scope, today))
    if not kept.changed:
        return kept.of_others
    theirs = listed(request, scope, today).where(AssignmentRow.person_id.in_(kept.changed))
    return kept.of_others + count(session, theirs)


def count(session: Session, selected: sa.Select[UUID]) -> int:
    """Return how many rows a select has."""
    return session.scalar(sa.select(sa.func.count()).select_from(selected.subquery())) or 0


def _work(request: PageRequest) -> Work | None:
    """Return what a request asks for, where that is all of a kind of work."""
    asked = _works(request)
    if request.text or not asked or any(pair[0] not in asked for pair in request.filters):
        return None
    return Work.OVERDUE if Work.OVERDUE in asked else Work.OPEN


def _works(request: PageRequest) -> set[str]:
    return {work.value for work in Work if "yes" in request.values(work)}


def listed(request: PageRequest, scope: Scope, today: date) -> sa.Select[UUID]:
    """Select the ids of what is listed, by everything but states."""
    listing = neighbours().listing
    selected = (
        sa.select(AssignmentRow.id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .where(*_narrowing(request, today))
    )
    if scope is not None:
        selected = selected.where(_is_within(scope, request))
    for word in request.text.casefold().split():
        selected = selected.where(
            sa.or_(
                listing.search_text.contains(word, autoescape=True),
                sa.func.lower(RequirementRow.title).contains(word, autoescape=True),
                sa.func.lower(RequirementRow.code).contains(word, autoescape=True),
            )
        )
    return selected


def _is_within(scope: frozenset[UUID], request: PageRequest) -> sa.ColumnElement[bool]:
    """Return the condition that an assignment is of somebody in a scope.

    Open work is found by its due date, most of it of people elsewhere. Its index says whose it is, so that
    their rows are left alone; and it is asked by an expression, for by the column the database would go from
    person to person.
    """
    listing = neighbours().listing
    within: sa.ColumnElement[bool] = listing.org_unit_id.in_(scope)
    if not _works(request):
        return within
    here = sa.select(listing.person_id).where(within)
    return sa.func.coalesce(AssignmentRow.person_id, sa.null()).in_(here)


def _narrowing(request: PageRequest, today: date) -> list[sa.ColumnElement[bool]]:
    listing, reach = neighbours().listing, neighbours().reach
    conditions: list[sa.ColumnElement[bool]] = []
    asked = _works(request)
    if asked:  # nothing is asked any more of whoever has left: what was open ends when a day begins
        conditions.append(AssignmentRow.closed_at.is_(None))
        conditions.append(still_here(listing.left_on, today))
    if Work.OVERDUE in asked:
        conditions += is_overdue(today)
    if wanted := _ids(request, "requirement"):
        conditions.append(AssignmentRow.requirement_id.in_(wanted))
    if wanted := _ids(request, "person"):
        conditions.append(AssignmentRow.person_id.in_(wanted))
    if wanted := _ids(request, "org_unit"):
        below = sa.select(reach.below_id).where(reach.above_id.in_(wanted))
        conditions.append(listing.org_unit_id.in_(below))
    return conditions


def order(request: PageRequest) -> list[sa.ColumnElement[Any]]:
    """Return what the list is sorted by, where no state decides."""
    listing = neighbours().listing
    columns: dict[str, Any] = {
        "number": listing.number,
        "name": listing.name,
        "org_unit": listing.org_unit,
        "code": RequirementRow.code,
        "title": RequirementRow.title,
        "assigned_at": AssignmentRow.assigned_at,
    }
    column = columns.get(request.sort, AssignmentRow.due_on)
    first = column.desc() if request.descending else column.asc()
    return [
        first.nulls_last(),
        listing.number,
        RequirementRow.code,
        AssignmentRow.cycle,
    ]


def _ids(request: PageRequest, key: str) -> list[UUID]:
    return [UUID(value) for value in request.values(key)]
