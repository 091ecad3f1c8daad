"""How org units and job roles are named where records of several sites lie together (at HQ).

A code is a site's own: two plants may each have a PRESS. There they are written PUN/PRESS and
NAG/PRESS, and called by the plant's name, too.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.keys import sites_on_record
from app.core.people.models import JobRoleRow, OrgUnitRow, PersonRow

SLASH = "/"

Place = type[OrgUnitRow] | type[JobRoleRow]


def called(place: Place) -> sa.ColumnElement[str]:
    """Return an expression for what a place is called, with its site where there are several."""
    name = _name(place)
    return sa.case((_is_told_apart(place), name + " · " + _of_site(place, "name")), else_=name)


def coded(place: Place) -> sa.ColumnElement[str]:
    """Return an expression for the code that means a place, with its site where there are several."""
    code = sa.type_coerce(place.code, sa.String)
    of_site = _of_site(place, "code") + SLASH + code
    return sa.case((_is_told_apart(place), of_site), else_=code)


def site_told(place: Place) -> sa.ColumnElement[str]:
    """Return an expression for the name of a place's site where there are several, else ""."""
    return sa.case((_is_told_apart(place), _of_site(place, "name")), else_="")


def home_told() -> sa.ColumnElement[str]:
    """Return an expression for the name of a person's site where there are several, else ""."""
    sites = sites_on_record()
    found = sa.select(sites.c.name).where(sites.c.id == PersonRow.home_site_id)
    count = sa.select(sa.func.count()).select_from(sites_on_record()).scalar_subquery()
    told = sa.func.coalesce(found.correlate(PersonRow).scalar_subquery(), "")
    return sa.case((count > 1, told), else_="")


def is_own(place: Place, site_id: UUID | None) -> sa.ColumnElement[bool]:
    """Return the condition that a place is a site's; one of an earlier program is anybody's."""
    return sa.or_(place.site_id == site_id, place.site_id.is_(None))


def means(place: Place, untrusted_codes: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that one of some codes means a place: with its site, or alone where that is clear."""
    texts = [as_code(code) for code in untrusted_codes]
    other = aliased(place)
    is_double = sa.exists().where(other.code == place.code, other.id != place.id)
    alone = sa.and_(place.code.in_(texts), ~is_double)
    return sa.or_(alone, *(_means_of_site(place, text) for text in texts if SLASH in text))


def codes_meaning(place: Place, here: sa.ColumnElement[bool]) -> sa.CompoundSelect[str]:
    """Return a query for the codes that mean the places for which `here` holds: `means`, turned round."""
    other, sites = aliased(place), sites_on_record()
    is_double = sa.exists().where(other.code == place.code, other.id != place.id)
    alone = sa.select(sa.type_coerce(place.code, sa.String)).where(here, ~is_double)
    with_site = sites.c.code + SLASH + sa.type_coerce(place.code, sa.String)
    of_site = (
        sa.select(with_site).select_from(sites).join(place, place.site_id == sites.c.id).where(here)
    )
    return sa.union_all(alone, of_site)


def as_code(untrusted: str) -> str:
    """Return the spelling under which a code is kept."""
    return " ".join(untrusted.upper().split())


def _means_of_site(place: Place, text: str) -> sa.ColumnElement[bool]:
    site, _slash, code = text.partition(SLASH)
    sites = sites_on_record()
    named = sa.select(sites.c.id).where(sites.c.code == site)
    return sa.and_(place.code == code, place.site_id.in_(named))


def _name(place: Place) -> sa.ColumnElement[str]:
    named: Any = place.name if issubclass(place, OrgUnitRow) else place.title
    return sa.type_coerce(named, sa.String)


def _is_told_apart(place: Place) -> sa.ColumnElement[bool]:
    count = sa.select(sa.func.count()).select_from(sites_on_record()).scalar_subquery()
    return sa.and_(count > 1, _of_site(place, "id").is_not(None))


def _of_site(place: Place, column: str) -> sa.ScalarSelect[Any]:
    sites = sites_on_record()
    found = sa.select(sites.c[column]).where(sites.c.id == place.site_id)
    return found.correlate(place).scalar_subquery()
