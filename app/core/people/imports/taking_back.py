"""Taking an import back: what it wrote is undone by a new entry, as far as nobody changed it since.

Nobody is deleted: whoever came with the import is noted as having left on the day they joined, a stay
of no days, from which a later import brings them back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.journal import Unit, Written
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.derived import refresh_listing
from app.core.people.imports.past import PastImport
from app.core.people.models import (
    FurtherRoleRow,
    JobRoleRow,
    OrgUnitRow,
    PersonRow,
    PlacementRow,
    search_text,
)
from app.core.people.sign_in_names import SignInNames, all_names

_ROWS: "dict[str, type[_Row]]" = {
    "person": PersonRow,
    "placement": PlacementRow,
    "person_job_role": FurtherRoleRow,
    "credential": CredentialRow,
    "account": AccountRow,
}
_FOLLOWS = "search_text"
"""Made of the other columns of a person, and made anew with them."""
_Row = PersonRow | PlacementRow | FurtherRoleRow | CredentialRow | AccountRow
_R = TypeVar("_R", PersonRow, PlacementRow, FurtherRoleRow, CredentialRow, AccountRow)
_SOME = 500
_PLACE = ("org_unit_id", "job_role_id", "manager_id", "from_on")


@dataclass(frozen=True, slots=True)
class Step:
    """One column of one row, and what it gets."""

    table: str
    key: UUID
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class Touched:
    """A person the import touched, by number and name, and a word on it."""

    number: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackPlan:
    """What taking an import back would do."""

    past: PastImport
    leaving: tuple[Touched, ...]
    """They came with the import."""
    restored: tuple[Touched, ...]
    kept: tuple[Touched, ...]
    """They were changed again since; that change stays."""
    staying: tuple[str, ...]
    """Departments and job roles that the import created: others may use them by now."""
    steps: tuple[Step, ...] = field(default=(), repr=False)

    @property
    def does_nothing(self) -> bool:
        """Tell whether everything was undone or changed already."""
        return not self.steps

    def says_the_same_as(self, other: "TakeBackPlan") -> bool:
        """Tell whether both plans would do the same; the moment of doing it is not looked at."""
        return _what(self.steps) == _what(other.steps) and self.kept == other.kept


def _what(steps: Sequence[Step]) -> list[tuple[UUID, str]]:
    return [(step.key, step.column) for step in steps]


def work_out_take_back(
    session: Session, past: PastImport, written: Sequence[Written], now: datetime
) -> TakeBackPlan:
    """Compare what an import wrote with what stands there now."""
    return _Comparison(session, written, now).plan(past)


def carry_out_take_back(unit: Unit, plan: TakeBackPlan) -> set[UUID]:
    """Undo what the plan says; return whom it is about."""
    people: set[UUID] = set()
    for step in plan.steps:
        row = unit.get_one(_ROWS[step.table], step.key)
        setattr(row, step.column, step.value)
        if isinstance(row, PersonRow):
            people.add(row.id)
            row.search_text = search_text(row.number, row.name, row.name_local, row.former_numbers)
        elif isinstance(row, PlacementRow | FurtherRoleRow):
            people.add(row.person_id)
    refresh_listing(unit, sorted(people))
    return people


class _Comparison:
    """One import beside the present state."""

    def __init__(self, session: Session, written: Sequence[Written], now: datetime) -> None:
        self._session = session
        self._written = [one for one in written if one.table in _ROWS]
        self._staying = _names(session, written)
        self._now = now
        self._today = now.astimezone().date()
        self._rows: dict[UUID, _Row] = {}
        for rows in (
            _rows(session, PersonRow, self._keys("person")),
            _rows(session, PlacementRow, self._keys("placement")),
            _rows(session, FurtherRoleRow, self._keys("person_job_role")),
            _rows(session, CredentialRow, self._keys("credential")),
            _rows(session, AccountRow, self._keys("account")),
        ):
            self._rows.update(rows)
        # a row that stands aside belongs to a person who was merged since: that stays
        self._written = [one for one in self._written if one.key in self._rows]
        self._owners = self._accounts()
        self._came = {one.key for one in self._written if one.is_new and one.table == "person"}
        self._moved_since = {
            self._person_of(one) for one in self._written if self._is_placed_anew(one)
        }

    def plan(self, past: PastImport) -> TakeBackPlan:
        """Return what would be done, to whom."""
        steps: list[Step] = []
        undone: set[UUID] = set()
        kept: set[UUID] = set()
        for one in self._written:
            person = self._person_of(one)
            done, left = self._undo(one)
            steps += done
            if done and person is not None:
                undone.add(person)
            if left and person is not None:
                kept.add(person)
        return TakeBackPlan(
            past=past,
            leaving=self._touched(undone & self._came, _("came with this import")),
            restored=self._touched(undone - self._came, _("as before the import")),
            kept=self._touched(kept, _("changed again since: that stays")),
            staying=self._staying,
            steps=tuple(steps),
        )

    def _keys(self, table: str) -> list[UUID]:
        return [one.key for one in self._written if one.table == table]

    def _undo(self, one: Written) -> tuple[list[Step], bool]:
        """Return the steps that undo a row, and whether something of it has to stay."""
        row = self._rows[one.key]
        if one.is_new:
            return self._undo_new(one, row), False
        if self._person_of(one) in self._moved_since and isinstance(row, PlacementRow):
            return [], True
        steps, stays = [], False
        for column, (old, new) in one.columns.items():
            if column == _FOLLOWS or getattr(row, column) == old:
                continue
            if getattr(row, column) == new and not self._is_given_away(row):
                steps.append(Step(one.table, one.key, column, old))
            else:
                stays = True
        return steps, stays

    def _undo_new(self, one: Written, row: _Row) -> list[Step]:
        if isinstance(row, PersonRow):
            return list(self._leave(one, row)) if row.left_on is None else []
        if isinstance(row, CredentialRow):
            missing = row.revoked_at is None
            return [Step(one.table, one.key, "revoked_at", self._now)] if missing else []
        if isinstance(row, AccountRow):
            return []  # nobody signs in with it while its person is not here
        was_moved = isinstance(row, PlacementRow) and row.person_id in self._moved_since
        stays = row.person_id in self._came or was_moved
        is_open = row.to_on is None and not stays
        return [Step(one.table, one.key, "to_on", row.from_on)] if is_open else []

    def _leave(self, one: Written, row: PersonRow) -> Iterator[Step]:
        joined = min(row.joined_on or self._today, self._today)
        if joined != row.joined_on:
            yield Step(one.table, one.key, "joined_on", joined)
        yield Step(one.table, one.key, "left_on", joined)

    def _is_placed_anew(self, one: Written) -> bool:
        """Tell whether somebody was moved again after the import had moved them."""
        row = self._rows[one.key]
        if not (isinstance(row, PlacementRow) and one.is_new) or row.person_id in self._came:
            return False
        if row.to_on == row.from_on:
            return False  # undone already
        written = {name: new for name, (_old, new) in one.columns.items()}
        return row.to_on is not None or any(
            getattr(row, name) != written.get(name) for name in _PLACE
        )

    @cached_property
    def _names(self) -> SignInNames:
        return all_names(self._session)

    def _is_given_away(self, row: _Row) -> bool:
        """Tell whether a badge, or what is on it, names somebody else by now."""
        if not isinstance(row, CredentialRow) or row.kind is not CredentialKind.BADGE:
            return False
        owner = self._owners.get(row.account_id) or row.account_id
        names = self._names
        return names.is_badge_of_another(row.secret, owner) or names.reads_as_another(
            row.secret, owner
        )

    def _person_of(self, one: Written) -> UUID | None:
        row = self._rows[one.key]
        if isinstance(row, PersonRow):
            return row.id
        return self._owners.get(row.account_id) if isinstance(row, CredentialRow) else row.person_id

    def _accounts(self) -> dict[UUID, UUID | None]:
        accounts = {row.account_id for row in self._rows.values() if isinstance(row, CredentialRow)}
        found: dict[UUID, UUID | None] = {}
        keys = sorted(accounts)
        for start in range(0, len(keys), _SOME):
            some = AccountRow.id.in_(keys[start : start + _SOME])
            rows = self._session.execute(sa.select(AccountRow.id, AccountRow.person_id).where(some))
            found.update((account, person) for account, person in rows)
        return found

    def _touched(self, people: set[UUID], about: str) -> tuple[Touched, ...]:
        keys = sorted(people)
        found: list[Touched] = []
        for start in range(0, len(keys), _SOME):
            some = PersonRow.id.in_(keys[start : start + _SOME])
            statement = sa.select(PersonRow.number, PersonRow.name).where(some)
            found += [
                Touched(number, name, about) for number, name in self._session.execute(statement)
            ]
        return tuple(sorted(found, key=lambda one: one.number))


def _names(session: Session, written: Sequence[Written]) -> tuple[str, ...]:
    units = [one.key for one in written if one.is_new and one.table == "org_unit"]
    roles = [one.key for one in written if one.is_new and one.table == "job_role"]
    names = [
        *session.scalars(sa.select(OrgUnitRow.name).where(OrgUnitRow.id.in_(units))),
        *session.scalars(sa.select(JobRoleRow.title).where(JobRoleRow.id.in_(roles))),
    ]
    return tuple(sorted(names, key=str.casefold))


def _rows(session: Session, model: type[_R], keys: Sequence[UUID]) -> Iterator[tuple[UUID, _R]]:
    for start in range(0, len(keys), _SOME):
        some = model.id.in_(keys[start : start + _SOME])
        for row in session.scalars(sa.select(model).where(some)):
            yield row.id, row
