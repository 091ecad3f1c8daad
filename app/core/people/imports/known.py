"""What the site knows already, read once for a whole file."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.account_models import AccountRow, RoleGrantRow
from app.core.people.holding import further_roles_of
from app.core.people.homes import homes_of_begun
from app.core.people.models import (
    JobRoleRow,
    OrgUnitRow,
    PersonKind,
    PersonRow,
    PlacementRow,
    Reads,
)
from app.core.people.naming_places import called, coded, is_own
from app.core.people.other_names import given_up_numbers
from app.core.people.roles import RoleName
from app.core.people.sign_in_names import SignInNames, all_names


class KnownPerson(NamedTuple):
    """A person of the site, with the placement that lasts."""

    id: UUID
    number: str
    name: str
    name_local: str
    kind: PersonKind
    language: str
    email: str
    joined_on: date | None
    left_on: date | None
    org_unit_id: UUID | None
    job_role_id: UUID | None
    manager_id: UUID | None
    location: str = ""
    shift: str = ""
    agency: str = ""
    gate_pass: str = ""
    gate_pass_until: date | None = None
    reads: str = Reads.ALONE.value
    home_site_id: UUID | None = None
    placed_from: date | str | None = None
    """Since when they belong where they do, as the driver gives it: few are ever asked about."""

    @property
    def placed_on(self) -> date | None:
        """Return since when they belong where they do."""
        since = self.placed_from
        return date.fromisoformat(since) if isinstance(since, str) else since

    @property
    def never_came(self) -> bool:
        """Tell whether their stay had no days: the import they came with was taken back."""
        return self.left_on is not None and self.left_on == self.joined_on


@dataclass(frozen=True, slots=True)
class Places:
    """Org units or job roles: found by code, or by a name that only one of them has."""

    by_word: dict[str, UUID | None]
    names: dict[UUID, str]

    def find(self, word: str) -> UUID | None:
        """Return the one that a word means; None where there is none. Raises KeyError for several."""
        folded = word.casefold()
        if folded in self.by_word and self.by_word[folded] is None:
            raise KeyError(word)
        return self.by_word.get(folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The site as a file is compared with it."""

    people: dict[str, KnownPerson]
    """By number; without those of whom several have one."""
    doubles: frozenset[str]
    """Numbers that several people have."""
    numbers: dict[UUID, str]
    former: dict[str, str]
    """Numbers of before, each with the one that its person has now."""
    accounts: dict[UUID, UUID]
    """Person to account."""
    open_accounts: frozenset[UUID]
    """Accounts that were not disabled."""
    administrators: frozenset[UUID]
    """People who hold the administrator's role anywhere."""
    names: SignInNames
    org_units: Places
    job_roles: Places
    closed: frozenset[str]
    """Fields of people who are known that no file changes, by their name in `PersonInFile`."""
    further_roles: dict[UUID, dict[UUID, str]]
    """By person the job roles they have today beside theirs, with what each is called."""
    site_id: UUID | None
    """The site into which a file is taken over."""


def what_is_known(
    session: Session, site_id: UUID | None, today: date, closed: frozenset[str] = frozenset()
) -> Known:
    """Read what a file is compared with: everybody, since anybody may be somebody's manager.

    `closed` names fields that belong to others than the file.
    """
    people = _people(session)
    accounts = session.execute(
        sa.select(AccountRow.person_id, AccountRow.id, AccountRow.disabled_at)
    ).all()
    units = session.execute(
        sa.select(
            OrgUnitRow.id, coded(OrgUnitRow), OrgUnitRow.code, called(OrgUnitRow)
        ).add_columns(OrgUnitRow.name, is_own(OrgUnitRow, site_id))
    )
    roles = session.execute(
        sa.select(
            JobRoleRow.id, coded(JobRoleRow), JobRoleRow.code, called(JobRoleRow)
        ).add_columns(JobRoleRow.title, is_own(JobRoleRow, site_id))
    )
    doubles = _doubles(people)
    return Known(
        people={person.number: person for person in people if person.number not in doubles},
        doubles=doubles,
        numbers={person.id: person.number for person in people},
        former=_former(session, people),
        accounts={person: account for person, account, _at in accounts if person is not None},
        closed=closed,
        open_accounts=frozenset(account for _who, account, at in accounts if at is None),
        administrators=_administrators(session),
        names=all_names(session),
        org_units=_places(units),
        job_roles=_places(roles),
        further_roles=further_roles_of(session, None, today),
        site_id=site_id,
    )


def _former(session: Session, people: list[KnownPerson]) -> dict[str, str]:
    """Return the numbers that people gave up for another, each with that one."""
    given_up = dict(given_up_numbers(session))
    if not given_up:
        return {}
    now = {person.id: person.number for person in people}
    return {old: now[one] for old, one in given_up.items() if one in now}


def _administrators(session: Session) -> frozenset[UUID]:
    held = (
        sa.select(AccountRow.person_id)
        .join(RoleGrantRow, RoleGrantRow.account_id == AccountRow.id)
        .where(RoleGrantRow.role == RoleName.ADMINISTRATOR.value)
        .where(RoleGrantRow.revoked_at.is_(None), AccountRow.person_id.is_not(None))
    )
    return frozenset(person for person in session.scalars(held) if person is not None)


def _doubles(people: list[KnownPerson]) -> frozenset[str]:
    """Return the numbers that other PCs gave to somebody else."""
    owners: dict[str, UUID] = {}
    return frozenset(
        person.number
        for person in people
        if owners.setdefault(person.number, person.id) != person.id
    )


def _newest_place_last() -> sa.Select[*tuple[Any, ...]]:
    """Return everybody with where they belong, in the order of `KnownPerson` as `_people` takes it."""
    ids = (
        PersonRow.id,
        PlacementRow.org_unit_id,
        PlacementRow.job_role_id,
        PlacementRow.manager_id,
        PersonRow.home_site_id,
    )
    return (
        sa.select(
            *(_as_driver_gives(column) for column in (*ids, PersonRow.kind)),
            PersonRow.number,
            PersonRow.name,
            PersonRow.name_local,
            PersonRow.language,
            PersonRow.email,
            PersonRow.joined_on,
            PersonRow.left_on,
            PersonRow.location,
            PersonRow.shift,
            PersonRow.agency,
            PersonRow.gate_pass,
            PersonRow.gate_pass_until,
            PersonRow.reads,
            _as_driver_gives(PlacementRow.from_on),
        )
        .outerjoin(
            PlacementRow,
            sa.and_(PlacementRow.person_id == PersonRow.id, PlacementRow.to_on.is_(None)),
        )
        .order_by(PlacementRow.from_on, PlacementRow.id)
    )


def _people(session: Session) -> list[KnownPerson]:
    kinds = {kind.value: kind for kind in PersonKind}
    repeated, begun = _Ids(), homes_of_begun(session)
    return [
        KnownPerson(
            id=_id(key),
            number=number,
            name=name,
            name_local=name_local,
            kind=kinds[kind],
            language=language,
            email=email,
            joined_on=joined_on,
            left_on=left_on,
            org_unit_id=repeated[unit],
            job_role_id=repeated[role],
            manager_id=repeated[manager],
            location=location,
            shift=shift,
            agency=agency,
            gate_pass=gate_pass,
            gate_pass_until=gate_pass_until,
            reads=reads,
            home_site_id=repeated[home] or begun.get(_id(key)),
            placed_from=placed_from,
        )
        for (
            key, unit, role, manager, home, kind, number, name, name_local, language, email, joined_on, left_on,
            location, shift, agency, gate_pass, gate_pass_until, reads, placed_from,
        ) in session.execute(_newest_place_last())
    ]  # fmt: skip


class _Ids(dict[Any, UUID | None]):
    """Ids by what the driver gives for them, each made once: hundreds of people share a department."""

    def __missing__(self, key: Any) -> UUID | None:
        made = self[key] = None if key is None else _id(key)
        return made


def _id(given: Any) -> UUID:
    """Return an id that SQLite's driver gives as bytes and PostgreSQL's as it is."""
    return UUID(bytes=given) if isinstance(given, bytes) else given


def _as_driver_gives(column: Any) -> sa.ColumnElement[Any]:
    """Return a column whose values nobody converts: most of the time of reading a plant goes there."""
    return sa.type_coerce(column, sa.types.NullType())


def _places(rows: sa.Result[UUID, str, str, str, str, bool]) -> Places:
    """Return places by what means them: of this site its codes and names, of others with the site's."""
    by_word: dict[str, UUID | None] = {}
    names: dict[UUID, str] = {}
    codes: dict[str, UUID | None] = {}
    for key, whole_code, code, whole_name, name, is_ours in rows:
        names[key] = name if is_ours else whole_name
        codes[whole_code.casefold()] = key
        if is_ours:
            codes[code.casefold()] = key
        for word in {whole_name, name} if is_ours else {whole_name}:
            by_word[word.casefold()] = None if word.casefold() in by_word else key
    return Places(by_word=by_word | codes, names=names)
