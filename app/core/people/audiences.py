"""Audiences: who is meant by "these people", as a query that other features can build on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.holding import has_role, roles_of_one
from app.core.people.models import (
    JobRoleRow,
    OrgUnitReachRow,
    OrgUnitRow,
    PersonListingRow,
    PersonRow,
)
from app.core.people.naming_places import Place, as_code, codes_meaning, means
from app.core.people.rules import still_here

_FEW_CODES = 50
"""So many are compared one by one: of a list SQLite makes a table first, each time it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """People by number, by org unit, by job role; nothing given means everybody.

    What is given must all hold; several of one kind are alternatives. Leavers never belong.
    """

    numbers: tuple[str, ...] = ()
    unit_codes: tuple[str, ...] = ()
    with_units_below: bool = True
    role_codes: tuple[str, ...] = ()


def named_here(
    session: Session, numbers: Sequence[str], day: date, scope: frozenset[UUID] | None = None
) -> frozenset[str]:
    """Return those of the numbers that are somebody's who is here, within the org units of `scope`."""
    if not numbers:
        return frozenset()
    people = audience_ids(Audience(numbers=tuple(numbers)), day, scope)
    named = set(session.scalars(sa.select(PersonRow.number).where(PersonRow.id.in_(people))))
    return frozenset(one for one in numbers if _as_kept(one) in named)


def _as_kept(untrusted_number: str) -> str:
    """Return a number as people are kept by it: as at sign-in, small letters mean the same."""
    return untrusted_number.strip().upper()


def meaning_nothing(session: Session, audience: Audience) -> tuple[str, ...]:
    """Return those of an audience's codes that mean no org unit, or no job role."""
    places = ((OrgUnitRow, audience.unit_codes), (JobRoleRow, audience.role_codes))
    return tuple(
        code
        for place, codes in places
        for code in codes
        if session.scalar(_meant(place, (code,)).limit(1)) is None
    )


def audience_ids(
    audience: Audience, day: date, scope: frozenset[UUID] | None = None
) -> sa.Select[UUID]:
    """Return a query for the ids of an audience's people on a day, within the org units of `scope`."""
    people = (
        sa.select(PersonRow.id)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == PersonRow.id)
        .where(still_here(PersonRow.left_on, day))
    )
    if audience.numbers:
        people = people.where(PersonRow.number.in_(sorted(map(_as_kept, set(audience.numbers)))))
    if audience.unit_codes:
        units = org_units_meant(audience.unit_codes, with_below=audience.with_units_below)
        people = people.where(PersonListingRow.org_unit_id.in_(units))
    if audience.role_codes:
        roles = job_roles_meant(audience.role_codes)
        people = people.where(has_role(PersonListingRow, roles, day))
    if scope is not None:
        people = people.where(PersonListingRow.org_unit_id.in_(scope))
    return people


def org_units_meant(codes: Sequence[str], *, with_below: bool) -> sa.Select[UUID]:
    """Return a query for the ids of the org units that codes mean, or of these and all below them."""
    named = _meant(OrgUnitRow, codes)
    if not with_below:
        return named
    return sa.select(OrgUnitReachRow.below_id).where(OrgUnitReachRow.above_id.in_(named))


def job_roles_meant(codes: Sequence[str]) -> sa.Select[UUID]:
    """Return a query for the ids of the job roles that codes mean."""
    return _meant(JobRoleRow, codes)


class PlacesOfOne:
    """The codes that mean where one person is: for asking much about one, where a rule asks about all.

    `written(person_id, day)` is a query for them; it stands before the statement under `NAME`, with its one
    column. A place is written as its kind (unit, which counts all above; unit_only; role) and its code: of
    two columns SQLite would make an index each time somebody asks, which takes longer than to look through.
    """

    NAME, COLUMN = "places_of_one", "place"
    _place = sa.table(NAME, sa.column(COLUMN, sa.String)).c[COLUMN]

    @classmethod
    def written(cls, person_id: sa.ColumnElement[UUID], day: date) -> sa.CompoundSelect[str]:
        """Return the query."""
        listing = PersonListingRow
        mine = listing.person_id == person_id
        above = sa.select(OrgUnitReachRow.above_id).join(
            listing, listing.org_unit_id == OrgUnitReachRow.below_id
        )
        at = sa.select(listing.org_unit_id).where(mine)
        found: tuple[tuple[str, Place, sa.SelectBase], ...] = (
            ("unit", OrgUnitRow, above.where(mine)),
            ("unit_only", OrgUnitRow, at),
            ("role", JobRoleRow, roles_of_one(person_id, day)),
        )
        parts = []
        for kind, place, ids in found:
            codes = codes_meaning(place, place.id.in_(ids)).subquery()
            parts.append(sa.select((_said(kind, "") + codes.c[0]).label(cls.COLUMN)))
        return sa.union_all(*parts)

    @classmethod
    def is_among(cls, kind: str, codes: Sequence[str]) -> sa.ColumnElement[bool]:
        """Return the condition that one of some codes means where the person is."""
        wanted = [_said(kind, as_code(code)) for code in codes]
        if len(wanted) > _FEW_CODES:
            return sa.exists().where(cls._place.in_(wanted))
        return sa.exists().where(sa.or_(*(cls._place == one for one in wanted)))


def _said(kind: str, code: str) -> sa.ColumnElement[str]:
    return sa.literal(f"{kind} {code}", sa.String)


def _meant(place: Place, codes: Sequence[str]) -> sa.Select[UUID]:
    """Return a query for the places that codes mean; one that two sites gave means neither."""
    return sa.select(place.id).where(means(place, codes))
