"""Whose people somebody's are: what HQ writes about a plant's people goes to that plant alone (ADR 22)."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import NOBODYS, Site, site_of_beginning, sites_of_beginnings
from app.core.people.account_models import AccountRow
from app.core.people.errors import PlaceOfAnother
from app.core.people.models import FurtherRoleRow, JobRoleRow, OrgUnitRow, PersonRow, PlacementRow
from app.core.people.types import Destination

# Any: mapped classes that have no base with this column
_OF_PEOPLE: dict[str, Any] = {row.__tablename__: row for row in (PlacementRow, FurtherRoleRow)}


def home_of(session: Session, table: str, row_id: UUID) -> UUID | None:
    """Return the site that has the person of whom a row speaks: their own, or that of what they do."""
    person_id: UUID | None = row_id
    row = _OF_PEOPLE.get(table)
    if row is not None:
        person_id = session.scalar(sa.select(row.person_id).where(row.id == row_id))
    person = session.get(PersonRow, person_id) if person_id is not None else None
    return None if person is None else home_in(session, person)


def home_in(session: Session, row: PersonRow | AccountRow) -> UUID | None:
    """Return the site that somebody or an account is of: where nothing says so, that whose PC began it.

    So it is with who founded a plant by an earlier program. None where several sites began it.
    """
    home = row.home_site_id or site_of_beginning(session, row)
    return None if home is None or home.bytes == NOBODYS else home


def homes_of_begun(session: Session) -> dict[UUID, UUID]:
    """Return the site of everybody whose row says none, as far as that is known."""
    row = PersonRow
    homeless = sa.select(row.id, row.row_versions).where(row.home_site_id.is_(None))
    found = sites_of_beginnings(session, session.execute(homeless).all())
    return {key: home for key, home in found if home is not None and home.bytes != NOBODYS}


def is_of_site(person_id: Any, site_id: UUID | None) -> sa.ColumnElement[bool]:
    """Return the condition that a person, named by a column, is not of another site: `home_of` for many."""
    row = PersonRow
    is_elsewhere = sa.and_(row.home_site_id.is_not(None), row.home_site_id != site_id)
    return ~sa.exists().where(row.id == person_id, is_elsewhere)


class Homes:
    """Tells for which site something about a person is to be written."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def of_new(self, place: Destination | None) -> UUID | None:
        """Return the home of somebody who comes to a place: its department's site, else this one.

        Raises PlaceOfAnother where department, job role and manager are not of one site.
        """
        if place is None:
            return self._site.site_id
        with self._site.read() as session:
            unit = session.get(OrgUnitRow, place.org_unit_id)
            home = None if unit is None else unit.site_id
            if self.told(home) is not None and not _has(session, home, _rows(place)):
                raise PlaceOfAnother
        return home or self._site.site_id

    def told(self, home: UUID | None) -> UUID | None:
        """Return the site that is to be told of its person; None where the person is of this site."""
        return None if home == self._site.site_id else home

    def told_of(self, person_id: UUID, *, number: str | None = None) -> UUID | None:
        """Return the site that is to be told of a correction; None where it is this site's own affair.

        A new number may rename an account, which that site may not have.
        """
        with self._site.read() as session:
            home = self._home(session, person_id)
            accounts = sa.select(AccountRow).where(AccountRow.person_id == person_id)
            account = session.scalar(accounts) if number is not None else None
            return home if account is None or home_in(session, account) == home else None

    def told_of_account(self, account_id: UUID) -> UUID | None:
        """Return the site that is to be told of an account; None where it is this site's own affair.

        One that was given before accounts were told to their sites stays here: its site has it not.
        """
        with self._site.read() as session:
            account = session.get(AccountRow, account_id)
            home = None if account is None else home_in(session, account)
        return None if home is None else self.told(home)

    def told_of_new_account(self, session: Session, person_id: UUID) -> UUID | None:
        """Return the site that gets an account of a person; None for this one."""
        return self._home(session, person_id)

    def require_unit_of(
        self, session: Session, home: UUID | None, org_unit_id: UUID | None
    ) -> None:
        """Raise PlaceOfAnother for a role in a department that is not of the account's site."""
        unit = None if org_unit_id is None else session.get(OrgUnitRow, org_unit_id)
        if home is not None and unit is not None and unit.site_id != home:
            raise PlaceOfAnother

    def told_of_place(self, person_id: UUID, place: Destination | None = None) -> UUID | None:
        """Return the site that is to be told where somebody belongs now; None for this site's own affair.

        So it is as soon as somebody ever belonged to a department that is not their home's: their
        home does not have it, and would wait for it for ever.
        """
        with self._site.read() as session:
            home = self._home(session, person_id)
            if home is None:
                return None
            rows = [*_rows(place), *_placed(session, person_id)]
            return home if _has(session, home, rows) else None

    def told_of_role(self, person_id: UUID, job_role_id: UUID) -> UUID | None:
        """Return the site that is to be told of a further job role, as `told_of_place` does."""
        with self._site.read() as session:
            home = self._home(session, person_id)
            if home is None:
                return None
            rows: list[_Row] = [(JobRoleRow, job_role_id), *_placed(session, person_id)]
            return home if _has(session, home, rows) else None

    def _home(self, session: Session, person_id: UUID) -> UUID | None:
        person = session.get(PersonRow, person_id)
        home = None if person is None else home_in(session, person)
        return None if home is None else self.told(home)


_Row = tuple[type[OrgUnitRow] | type[JobRoleRow] | type[PersonRow], UUID]


def _rows(place: Destination | None) -> Iterator[_Row]:
    """Yield what a placement refers to."""
    if place is not None:
        yield OrgUnitRow, place.org_unit_id
        if place.job_role_id is not None:
            yield JobRoleRow, place.job_role_id
        if place.manager_id is not None:
            yield PersonRow, place.manager_id


def _placed(session: Session, person_id: UUID) -> Iterator[_Row]:
    """Yield what all of somebody's placements and further job roles refer to."""
    placed = sa.select(PlacementRow).where(PlacementRow.person_id == person_id)
    for row in session.scalars(placed):
        yield from _rows(
            Destination(
                org_unit_id=row.org_unit_id,  # type: ignore[arg-type]  # an id of the row's kind
                job_role_id=row.job_role_id,  # type: ignore[arg-type]  # likewise
                manager_id=row.manager_id,  # type: ignore[arg-type]  # likewise
            )
        )
    beside = sa.select(FurtherRoleRow.job_role_id).where(FurtherRoleRow.person_id == person_id)
    for role_id in session.scalars(beside):
        yield JobRoleRow, role_id


def _has(session: Session, site_id: UUID | None, rows: Iterable[_Row]) -> bool:
    """Tell whether a site has everything that is named: it is the site's own."""
    for model, key in rows:
        row = session.get(model, key)
        home = (
            home_in(session, row) if isinstance(row, PersonRow) else getattr(row, "site_id", None)
        )
        if home != site_id:
            return False
    return True
