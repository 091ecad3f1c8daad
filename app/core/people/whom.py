"""Whom a number, a login or a badge means: at its own site by itself, elsewhere behind the site's code.

Sites name their people without asking each other, and headquarters have the people of all of them. A
name that came from another site takes nobody's place here (ADR 73).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotOne
from app.core.journal import site_of_beginning
from app.core.keys import sites_on_record
from app.core.people.account_models import AccountRow
from app.core.people.credentials import badge_owners
from app.core.people.errors import NameIsDouble, NameOfSeveralSites, SeveralSitesHaveIt
from app.core.people.models import PersonRow
from app.core.people.other_names import accounts_by_login, people_by_number
from app.core.people.powers import foreign_home
from app.core.people.secrets import badge_hash
from app.core.spreadsheets import clean

_AFTER_CODE = "/"
"""Between the code of a site and what somebody is called there; no code has it."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom something that was typed or held to the reader means."""

    people: frozenset[UUID]
    """Who has it as their number, with an account or without."""
    accounts: Mapping[UUID, str]
    """The accounts that it names, each with the way in which it does."""

    def __bool__(self) -> bool:
        return bool(self.people or self.accounts)

    @property
    def is_double(self) -> bool:
        """Tell whether it means more than one."""
        return len(self.people) > 1 or len(self.accounts) > 1

    def of_sites(self, homes: Mapping[UUID, UUID | None], sites: Iterable[UUID | None]) -> "Meant":
        """Return those of them whose home is one of `sites`."""
        wanted = frozenset(sites)
        return Meant(
            frozenset(one for one in self.people if homes[one] in wanted),
            {one: way for one, way in self.accounts.items() if homes[one] in wanted},
        )


_NOBODY = Meant(frozenset(), {})


def account_meant(
    session: Session, untrusted_name: str, here: UUID | None
) -> tuple[UUID | None, str]:
    """Return the account that a name means at a site, and in which way; None for nobody's.

    An account of the site itself wins over those of others, which the code of their site leads to
    (`BADDI/admin`). Raises NameIsDouble, NameOfSeveralSites.
    """
    name = clean(untrusted_name)
    whole = _all(session, untrusted_name)
    homes = _homes(session, whole, here)
    own = whole.of_sites(homes, [None])
    if own.is_double:
        raise NameIsDouble(name, own.accounts)
    if own and not own.accounts and whole.accounts:  # here it is the number of who cannot sign in
        raise NameOfSeveralSites(name)
    found = own or _behind_code(session, name, here) or whole
    if found.is_double:
        is_of_several = len(set(_homes(session, found, here).values())) > 1
        raise NameOfSeveralSites(name) if is_of_several else NameIsDouble(name, found.accounts)
    for account_id, way in found.accounts.items():
        return account_id, way
    return None, ""


def people_meant(session: Session, untrusted: str) -> frozenset[UUID]:
    """Return everybody who has a number, of whatever site; or behind a site's code who has it there.

    For those who name others: nobody proves that they are meant, so no site's number wins.
    """
    number = clean(untrusted)
    return people_by_number(session, number.upper()) | _behind_code(session, number, None).people


def only_one(session: Session, people: frozenset[UUID], what: str) -> UUID:
    """Return the one that is meant. Raises NotOne, SeveralSitesHaveIt; there has to be one."""
    if len(people) > 1:
        homes = sa.select(PersonRow.home_site_id).where(PersonRow.id.in_(people)).distinct()
        raise (SeveralSitesHaveIt if len(session.scalars(homes).all()) > 1 else NotOne)(what)
    return next(iter(people))


def _behind_code(session: Session, name: str, here: UUID | None) -> Meant:
    """Return whom a name means that begins with the code of a site, its own site's before all."""
    code, is_coded, rest = name.partition(_AFTER_CODE)
    if not (is_coded and rest.strip()):
        return _NOBODY
    site = sites_on_record()
    called = sa.select(site.c.id).where(sa.func.upper(site.c.code) == code.strip().upper())
    sites = frozenset(session.scalars(called))
    if not sites:
        return _NOBODY
    found = _all(session, rest)
    homes = _homes(session, found, here)
    if here in sites and (own := found.of_sites(homes, [None])):
        return own
    return found.of_sites(homes, sites)


def _all(session: Session, untrusted_name: str) -> Meant:
    """Return whom a name means, of whatever site."""
    name = clean(untrusted_name)
    people = people_by_number(session, name.upper())
    numbered = session.scalars(sa.select(AccountRow.id).where(AccountRow.person_id.in_(people)))
    ways = {
        "badge": badge_owners(session, badge_hash(untrusted_name)),
        "login": accounts_by_login(session, name.casefold()),
        "number": numbered.all(),
    }
    return Meant(people, {one: way for way, found in ways.items() for one in found})


def _homes(session: Session, meant: Meant, here: UUID | None) -> dict[UUID, UUID | None]:
    """Return which other site each of them is of; None for those of the site `here`."""
    found: dict[UUID, UUID | None] = {}
    for person_id in meant.people:
        person = session.get_one(PersonRow, person_id)
        home = person.home_site_id or site_of_beginning(session, person)
        found[person_id] = None if home == here else home
    for account_id in meant.accounts:
        found[account_id] = foreign_home(session, session.get_one(AccountRow, account_id), here)
    return found
