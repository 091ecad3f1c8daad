"""Who has which job roles on a day: that of their placement, and those they have beside it (ADR 68)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.batches import batches
from app.core.people.models import FurtherRoleRow, JobRoleRow, PersonListingRow, PlacementRow
from app.core.people.naming_places import called
from app.core.people.placing import is_placed
from app.core.storage.columns import Day

JobRoles = Collection[UUID] | sa.Select[UUID]
"""Ids, or a query for them."""


def is_held(row: Any, day: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a further job role is its person's on a day: a value or an expression."""
    return sa.and_(row.from_on <= day, sa.or_(row.to_on.is_(None), row.to_on > day))


def roles_held(day: Any) -> tuple[sa.Select[UUID, UUID], ...]:
    """Return one query for each way to have a job role on a day: job_role_id, person_id.

    What they find together is who has what; the same pair may be found by both.
    """
    main, further = PlacementRow, FurtherRoleRow
    return (
        sa.select(main.job_role_id, main.person_id).where(
            main.job_role_id.is_not(None), is_placed(main, day)
        ),  # type: ignore[return-value]  # none of them is null
        sa.select(further.job_role_id, further.person_id).where(is_held(further, day)),
    )


def has_role(listing: Any, roles: JobRoles, day: date) -> sa.ColumnElement[bool]:
    """Return the condition that somebody of the list of people has one of some job roles on a day.

    It is false, never null, where nothing is known. The list says the main one; looked at a moment gone
    by, it says that of then.
    """
    row = FurtherRoleRow
    wanted = list(roles) if isinstance(roles, Collection) else roles
    beside = sa.select(row.person_id).where(
        row.job_role_id.in_(wanted), is_held(row, sa.literal(day, Day))
    )
    main = sa.and_(listing.job_role_id.is_not(None), listing.job_role_id.in_(wanted))
    return sa.or_(main, listing.person_id.in_(beside))


def roles_of_one(person_id: Any, day: date) -> sa.CompoundSelect[UUID | None]:
    """Return a query for the job roles that one person of the list has on a day."""
    listing, row = PersonListingRow, FurtherRoleRow
    return sa.union(
        sa.select(listing.job_role_id).where(listing.person_id == person_id),
        sa.select(row.job_role_id).where(
            row.person_id == person_id, is_held(row, sa.literal(day, Day))
        ),
    )


def further_roles_of(
    session: Session, people: Iterable[UUID] | None, day: date
) -> dict[UUID, dict[UUID, str]]:
    """Return by person, of some or of everybody, the further job roles on a day, with what each is called."""
    row = FurtherRoleRow
    statement = (
        sa.select(row.person_id, row.job_role_id, called(JobRoleRow))
        .join(JobRoleRow, JobRoleRow.id == row.job_role_id)
        .where(is_held(row, sa.literal(day, Day)))
    )
    some = [None] if people is None else batches(set(people))
    found: dict[UUID, dict[UUID, str]] = {}
    for one in some:
        these = statement if one is None else statement.where(row.person_id.in_(one))
        for person_id, role_id, title in session.execute(these):
            found.setdefault(person_id, {})[role_id] = title
    return found
