"""Keeping the derived tables: the flattened tree of org units, and the narrow list of people.

Called in the transaction that changes what they repeat; made anew after changes from elsewhere.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.journal import Aside, rows_aside
from app.core.people.models import (
    JobRoleRow,
    OrgUnitReachRow,
    OrgUnitRow,
    PersonListingRow,
    PersonRow,
    PlacementRow,
)
from app.core.people.naming_places import called
from app.core.storage.columns import Id
from app.core.storage.folding import AsWord
from app.core.storage.prepared import Prepared
from app.core.storage.tables import table_of

_FEW = 1000
"""Beyond so many people it is quicker to make the whole list anew."""


def rebuild_reach(session: Session) -> None:
    """Flatten the tree of org units. A loop, which two sites can make together, does no harm."""
    session.flush()
    tree = sa.select(OrgUnitRow.id.label("above_id"), OrgUnitRow.id.label("below_id")).cte(
        "tree", recursive=True
    )
    higher = sa.select(OrgUnitRow.parent_id, tree.c.below_id).where(
        OrgUnitRow.id == tree.c.above_id, OrgUnitRow.parent_id.is_not(None)
    )
    tree = tree.union(higher)
    reach = table_of(OrgUnitReachRow)
    session.execute(sa.delete(reach))
    session.execute(
        sa.insert(reach).from_select(
            ["above_id", "below_id"], sa.select(tree.c.above_id, tree.c.below_id)
        )
    )


def refresh_listing(session: Session, people: Collection[UUID]) -> None:
    """Take over what changed about some people."""
    session.flush()
    if len(people) > _FEW:
        rebuild_listing(session)
        return
    for statement in _taken_over():
        statement.run_many(session.connection(), [{"person": one} for one in people])
    _find_by_other_names(session, rows_aside(session, PersonRow, people))


def refresh_touched(session: Session, touched: Mapping[str, Collection[UUID]]) -> None:
    """Take over what came from elsewhere about some rows, by table."""
    placements = touched.get("placement", ())
    is_renamed = any(touched.get(table) for table in ("site", "org_unit", "job_role"))
    if is_renamed or len(placements) > _FEW:
        rebuild_listing(session)
        return
    placed = sa.select(PlacementRow.person_id).where(PlacementRow.id.in_(placements))
    refresh_listing(session, {*touched.get("person", ()), *session.scalars(placed)})


def rename_in_listing(session: Session, *, org_unit: UUID | None, job_role: UUID | None) -> None:
    """Take over the new name of an org unit or a job role."""
    session.flush()
    listing = table_of(PersonListingRow)
    if org_unit is not None:
        name = sa.select(called(OrgUnitRow)).where(OrgUnitRow.id == org_unit).scalar_subquery()
        there = listing.c.org_unit_id == org_unit
        session.execute(sa.update(listing).where(there).values(org_unit=name))
    if job_role is not None:
        title = sa.select(called(JobRoleRow)).where(JobRoleRow.id == job_role).scalar_subquery()
        does = listing.c.job_role_id == job_role
        session.execute(sa.update(listing).where(does).values(job_role=title))


def rebuild_listing(session: Session) -> None:
    """Make the list of people anew."""
    session.flush()
    session.execute(sa.delete(table_of(PersonListingRow)))
    _insert(session, _listed().order_by(PersonRow.number))
    _find_by_other_names(session, rows_aside(session, PersonRow))


def _find_by_other_names(session: Session, merged: Iterable[Aside]) -> None:
    """Let who stays be found by the numbers and names of those who were found to be them."""
    listing = table_of(PersonListingRow)
    for one in merged:
        words = listing.c.search_text + f" {one.values['search_text']}"
        shown = sa.update(listing).where(listing.c.person_id == one.shown_id)
        session.execute(shown.values(search_text=words))


_COLUMNS = (
    "number", "person_id", "name", "search_text", "kind", "left_on",
    "org_unit_id", "org_unit", "job_role_id", "job_role", "location_word", "shift_word", "agency_word",
)  # fmt: skip


@cache
def _taken_over() -> tuple[Prepared, Prepared]:
    """Return what takes over a `person`: put together once, which takes longer than running it."""
    listing, one = table_of(PersonListingRow), sa.bindparam("person", type_=Id())
    listed = _listed().where(PersonRow.id == one)
    return (
        Prepared(sa.delete(listing).where(listing.c.person_id == one)),
        Prepared(sa.insert(listing).from_select(_COLUMNS, listed)),
    )


def _insert(session: Session, rows: sa.Select[*tuple[Any, ...]]) -> None:
    session.execute(sa.insert(table_of(PersonListingRow)).from_select(_COLUMNS, rows))


def _listed() -> sa.Select[*tuple[Any, ...]]:
    current = aliased(PlacementRow)
    newest_open = (
        sa.select(current.id)
        .where(current.person_id == PersonRow.id, current.to_on.is_(None))
        .order_by(current.from_on.desc(), current.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            PersonRow.number,
            PersonRow.id,
            PersonRow.name,
            PersonRow.search_text,
            PersonRow.kind,
            PersonRow.left_on,
            OrgUnitRow.id,
            sa.func.coalesce(called(OrgUnitRow), ""),
            JobRoleRow.id,
            sa.func.coalesce(called(JobRoleRow), ""),
            AsWord(PersonRow.location),
            AsWord(PersonRow.shift),
            AsWord(PersonRow.agency),
        )
        .select_from(PersonRow)
        .outerjoin(PlacementRow, PlacementRow.id == newest_open)
        .outerjoin(OrgUnitRow, OrgUnitRow.id == PlacementRow.org_unit_id)
        .outerjoin(JobRoleRow, JobRoleRow.id == PlacementRow.job_role_id)
    )
