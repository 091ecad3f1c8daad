"""Reading the organisation: the tree of org units, the job roles, and the sites that have people here."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.keys import sites_on_record
from app.core.people.holding import is_held
from app.core.people.models import (
    FurtherRoleRow,
    JobRoleRow,
    OrgUnitReachRow,
    OrgUnitRow,
    PersonListingRow,
)
from app.core.people.naming_places import coded, site_told
from app.core.people.rules import still_here
from app.core.people.types import HomeSite, JobRole, JobRoleId, OrgUnit, OrgUnitId
from app.core.storage.folding import says

Scope = frozenset[UUID] | None


def home_sites(session: Session) -> tuple[HomeSite, ...]:
    """Return the sites that have people here, by name; none where there is only one."""
    site = sites_on_record()
    found = [
        HomeSite(id=row.id, code=row.code, name=row.name)
        for row in session.execute(sa.select(site).order_by(site.c.name, site.c.id))
    ]
    return tuple(found) if len(found) > 1 else ()


def org_unit_tree(
    session: Session, scope: Scope, today: date, text: str = ""
) -> tuple[OrgUnit, ...]:
    """Return the units within `scope` that `text` finds, each under its parent, siblings by name.

    Units in a loop, which two sites can make together, come last, so that they can be moved.
    """
    told = session.execute(
        sa.select(OrgUnitRow, coded(OrgUnitRow), site_told(OrgUnitRow)).order_by(OrgUnitRow.name)
    ).all()
    called = {row.id: (code, site) for row, code, site in told}
    names: dict[UUID | None, str] = {row.id: row.name for row, _code, _site in told}
    here = _head_count(session, PersonListingRow.org_unit_id, today)
    within = _with_all_below(session, here)
    shown = _found(session, text, called) & (called.keys() if scope is None else scope)
    return tuple(
        OrgUnit(
            id=OrgUnitId(row.id),
            code=called[row.id][0],
            name=row.name,
            site=called[row.id][1],
            parent_id=None if row.parent_id is None else OrgUnitId(row.parent_id),
            parent=names.get(row.parent_id, ""),
            depth=depth,
            people=here.get(row.id, 0),
            people_within=within.get(row.id, 0),
        )
        for row, depth in _each_under_its_parent([row for row, _code, _site in told])
        if row.id in shown
    )


def _found(session: Session, text: str, every: Iterable[UUID]) -> set[UUID]:
    """Return the units whose code or name says something; all where nothing is asked for."""
    if not text:
        return set(every)
    named = sa.select(OrgUnitRow.id).where(*says(text, OrgUnitRow.code, OrgUnitRow.name))
    return set(session.scalars(named))


def _each_under_its_parent(rows: Iterable[OrgUnitRow]) -> Iterable[tuple[OrgUnitRow, int]]:
    below: dict[UUID | None, list[OrgUnitRow]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    waiting = [(row, 0) for row in reversed(below.pop(None, []))]
    while waiting:
        row, depth = waiting.pop()
        waiting.extend((child, depth + 1) for child in reversed(below.pop(row.id, [])))
        yield row, depth
    for looped in below.values():
        yield from ((row, 0) for row in looped)


def job_roles(session: Session, today: date, text: str = "") -> tuple[JobRole, ...]:
    """Return every job role that `text` finds by title."""
    people = _who_does(session, today)
    named = sa.select(JobRoleRow, coded(JobRoleRow), site_told(JobRoleRow)).where(
        *says(text, JobRoleRow.code, JobRoleRow.title)
    )
    return tuple(
        JobRole(
            id=JobRoleId(row.id),
            code=code,
            title=row.title,
            site=site,
            people=people.get(row.id, 0),
        )
        for row, code, site in session.execute(named.order_by(JobRoleRow.title))
    )


def _who_does(session: Session, today: date) -> dict[UUID, int]:
    """Return for each job role how many people who are here have it, mainly or beside another."""
    listing, row = PersonListingRow, FurtherRoleRow
    beside = (
        sa.select(row.job_role_id, sa.func.count(row.person_id.distinct()))
        .join(listing, listing.person_id == row.person_id)
        .where(
            is_held(row, today),
            still_here(PersonListingRow.left_on, today),
            listing.job_role_id.is_distinct_from(row.job_role_id),
        )
        .group_by(row.job_role_id)
    )
    people = _head_count(session, listing.job_role_id, today)
    for role_id, count in session.execute(beside):
        people[role_id] = people.get(role_id, 0) + count
    return people


def _with_all_below(session: Session, here: dict[UUID, int]) -> dict[UUID, int]:
    """Return for each unit how many people it has with all below, from how many each has itself."""
    within: dict[UUID, int] = {}
    reach = sa.select(OrgUnitReachRow.above_id, OrgUnitReachRow.below_id)
    for above_id, below_id in session.execute(reach):
        within[above_id] = within.get(above_id, 0) + here.get(below_id, 0)
    return within


def _head_count(session: Session, column: Any, today: date) -> dict[UUID, int]:
    counted = (
        sa.select(column, sa.func.count())
        .where(still_here(PersonListingRow.left_on, today))
        .group_by(column)
    )
    return {key: count for key, count in session.execute(counted) if key is not None}
