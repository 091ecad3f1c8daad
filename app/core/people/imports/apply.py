"""Carrying a plan out: rows together where they are new, one by one where somebody changed."""

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from app.core.base.ids import new_ids
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Unit
from app.core.people.credentials import set_credential
from app.core.people.derived import rebuild_reach, refresh_listing
from app.core.people.imports.absence import Absent
from app.core.people.imports.known import Known
from app.core.people.imports.plan import ChangedPerson, FieldChange, PeoplePlan, as_leaver
from app.core.people.imports.rows import PersonInFile
from app.core.people.models import (
    AccountRow,
    CredentialKind,
    CredentialRow,
    JobRoleRow,
    OrgUnitRow,
    PersonKind,
    PersonRow,
    PlacementRow,
    RoleGrantRow,
    search_text,
)
from app.core.people.roles import RoleName
from app.core.people.rules import MAX_NUMBER

T = TypeVar("T")

_MANY = 5000
"""New rows that are inserted together."""
_SOME = 500
"""Changed people that are held together."""
_CORRECTED = (
    "name", "name_local", "kind", "language", "email", "joined_on", "left_on", "location", "shift", "agency",
)  # fmt: skip
_PLACED = ("org_unit", "job_role", "manager")
_KEPT = ("org_unit_id", "job_role_id", "manager_id")


class Importer:
    """One import in one transaction."""

    def __init__(self, unit: Unit, known: Known, now: datetime, progress: Progress) -> None:
        self._unit = unit
        self._known = known
        self._now = now
        self._today = now.astimezone().date()
        self._progress = progress
        self._ids = {person.number: person.id for person in known.people.values()}
        self._accounts = dict(known.accounts)

    def carry_out(self, plan: PeoplePlan) -> list[UUID]:
        """Make, then change, what the plan says; return whom that is about."""
        self._done, self._total = 0, plan.count
        people = [*plan.changed, *map(_leaver, plan.leaving)]
        self._add_places(plan)
        self._add_people(plan.new)
        self._open_accounts(plan)
        for changed in _batches(people, _SOME):
            self._change(changed)
            self._step(len(changed))
        for closing in _batches(plan.closing, _SOME):
            self._close_accounts(closing)
        touched = [*plan.new, *(changed.person for changed in people)]
        ids = [self._ids[person.number] for person in touched]
        refresh_listing(self._unit, ids)
        return ids

    def _add_people(self, new: Sequence[PersonInFile]) -> None:
        self._ids.update(zip([person.number for person in new], new_ids(len(new)), strict=True))
        for batch in _batches(new, _MANY):
            self._unit.insert_many(PersonRow, map(self._person, batch))
            self._step(0)
        for batch in _batches(new, _MANY):
            placements = [self._placement(person) for person in batch if person.org_unit]
            self._unit.insert_many(PlacementRow, placements)
            self._step(len(batch))

    def _open_accounts(self, plan: PeoplePlan) -> None:
        """Give accounts to new people with a badge, and to all of them where somebody wished so."""
        self._give_badges([person for person in plan.new if person.badge is not None])
        if plan.terms.accounts:
            self._give_accounts([person for person in plan.new if self._may_sign_in(person)])

    def _step(self, count: int) -> None:
        self._done += count
        self._progress.step(self._done, self._total, _("Importing people"))

    def _add_places(self, plan: PeoplePlan) -> None:
        site = self._known.site_id
        codes = set(self._unit.scalars(sa.select(OrgUnitRow.code)))
        units = [
            OrgUnitRow(site_id=site, code=free_code(n, codes), name=n) for n in plan.new_org_units
        ]
        codes = set(self._unit.scalars(sa.select(JobRoleRow.code)))
        roles = [
            JobRoleRow(site_id=site, code=free_code(n, codes), title=n) for n in plan.new_job_roles
        ]
        self._unit.add_all([*units, *roles])
        self._unit.flush()
        self._new_units = {row.name.casefold(): row.id for row in units}
        self._new_roles = {row.title.casefold(): row.id for row in roles}
        if units:
            rebuild_reach(self._unit)

    def _org_unit(self, word: str) -> UUID:
        return self._known.org_units.find(word) or self._new_units[word.casefold()]

    def _job_role(self, word: str) -> UUID:
        return self._known.job_roles.find(word) or self._new_roles[word.casefold()]

    def _person(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "id": self._ids[person.number],
            "number": person.number,
            "name": person.name,
            "name_local": person.name_local or "",
            "search_text": search_text(person.number, person.name, person.name_local or ""),
            "kind": person.kind or PersonKind.EMPLOYEE,
            "language": person.language or "en",
            "email": person.email or "",
            "joined_on": person.joined_on or self._today,
            "left_on": person.left_on,
            "home_site_id": self._known.site_id,
            "location": person.location or "",
            "shift": person.shift or "",
            "agency": person.agency or "",
        }

    def _placement(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "person_id": self._ids[person.number],
            "org_unit_id": self._org_unit(person.org_unit or ""),
            "job_role_id": self._job_role(person.job_role) if person.job_role else None,
            "manager_id": self._ids[person.manager] if person.manager else None,
            "from_on": person.joined_on or self._today,
            "to_on": None,
        }

    def _give_badges(self, people: Sequence[PersonInFile]) -> None:
        """Give new badges to people, and accounts to those who have none."""
        fresh: list[PersonInFile] = []
        for person in people:
            account_id = self._accounts.get(self._ids[person.number])
            if account_id is None:
                fresh.append(person)
            else:
                badge = person.badge or ""
                set_credential(self._unit, account_id, CredentialKind.BADGE, badge, now=self._now)
        self._give_accounts(fresh)
        for batch in _batches(fresh, _MANY):
            self._unit.insert_many(CredentialRow, map(self._badge, batch))
            self._step(0)

    def _may_sign_in(self, person: PersonInFile) -> bool:
        has_left = person.left_on is not None and person.left_on <= self._today
        return person.badge is None and not has_left

    def _give_accounts(self, people: Sequence[PersonInFile]) -> None:
        """Give accounts without a secret: what opens them is printed afterwards, one slow hash each."""
        owners = [self._ids[person.number] for person in people]
        self._accounts.update(zip(owners, new_ids(len(owners)), strict=True))
        for batch in _batches(people, _MANY):
            self._unit.insert_many(AccountRow, map(self._account, batch))
            self._unit.insert_many(RoleGrantRow, map(self._grant, batch))
            self._step(0)

    def _close_accounts(self, people: Sequence[PersonInFile]) -> None:
        ids = [self._accounts[self._ids[person.number]] for person in people]
        for row in self._unit.scalars(sa.select(AccountRow).where(AccountRow.id.in_(ids))):
            row.disabled_at = row.disabled_at or self._now
        self._unit.flush()

    def _account(self, person: PersonInFile) -> dict[str, Any]:
        person_id = self._ids[person.number]
        return {
            "id": self._accounts[person_id],
            "login": person.number.casefold(),
            "person_id": person_id,
        }

    def _grant(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "account_id": self._accounts[self._ids[person.number]],
            "role": RoleName.LEARNER.value,
            "granted_at": self._now,
        }

    def _badge(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "account_id": self._accounts[self._ids[person.number]],
            "kind": CredentialKind.BADGE,
            "secret": person.badge,
            "set_at": self._now,
        }

    def _change(self, batch: Sequence[ChangedPerson]) -> None:
        ids = [changed.id for changed in batch]
        rows = self._unit.scalars(sa.select(PersonRow).where(PersonRow.id.in_(ids)))
        people = {row.id: row for row in rows}
        open_placements = self._open_placements(ids)
        for changed in batch:
            row, fields = people[changed.id], {change.field for change in changed.changes}
            for name in fields.intersection(_CORRECTED):
                setattr(row, name, getattr(changed.person, name))
            if fields & {"name", "name_local"}:
                row.search_text = search_text(row.number, row.name, row.name_local)
            present = open_placements.get(changed.id)
            if changed.back_on is not None:
                left_on = date.fromisoformat(_old(changed, "left_on"))
                self._place_again(changed, present, left_on)
            elif fields.intersection(_PLACED):
                self._move(changed.person, present)
        self._unit.flush()
        self._give_badges(
            [one.person for one in batch if any(change.field == "badge" for change in one.changes)]
        )

    def _open_placements(self, people: Sequence[UUID]) -> dict[UUID, PlacementRow]:
        rows = self._unit.scalars(
            sa.select(PlacementRow)
            .where(PlacementRow.person_id.in_(people), PlacementRow.to_on.is_(None))
            .order_by(PlacementRow.from_on, PlacementRow.id)
        )
        return {row.person_id: row for row in rows}

    def _place_again(
        self, changed: ChangedPerson, present: PlacementRow | None, left_on: date
    ) -> None:
        """Let somebody who left begin anew; the days between stay a gap."""
        place = self._place(changed.person)
        if present is not None:
            place = {name: getattr(present, name) for name in _KEPT} | place
            present.to_on = max(left_on, present.from_on)
        if "org_unit_id" in place:
            self._unit.add(PlacementRow(person_id=changed.id, from_on=changed.back_on, **place))

    def _move(self, person: PersonInFile, present: PlacementRow | None) -> None:
        """Close the placement that lasts and open another today; what is not said stays."""
        place = self._place(person)
        if present is not None and present.from_on >= self._today:
            for name, value in place.items():
                setattr(present, name, value)
            return
        if present is not None:
            place = {name: getattr(present, name) for name in _KEPT} | place
            present.to_on = self._today
        self._unit.add(
            PlacementRow(person_id=self._ids[person.number], from_on=self._today, **place)
        )

    def _place(self, person: PersonInFile) -> dict[str, Any]:
        place: dict[str, Any] = {}
        if person.org_unit is not None:
            place["org_unit_id"] = self._org_unit(person.org_unit)
        if person.job_role is not None:
            place["job_role_id"] = self._job_role(person.job_role)
        if person.manager is not None:
            place["manager_id"] = self._ids[person.manager]
        return place


def _leaver(absent: Absent) -> ChangedPerson:
    change = FieldChange("left_on", "", str(absent.leaves_on))
    return ChangedPerson(absent.id, as_leaver(absent), (change,))


def _old(changed: ChangedPerson, field: str) -> str:
    return next(change.old for change in changed.changes if change.field == field)


def _batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def free_code(name: str, taken: set[str]) -> str:
    """Return a code made of a name that is not taken, and take it."""
    stem = "-".join(re.findall(r"\w+", name.upper()))[: MAX_NUMBER - 5] or "X"
    numbered = (f"{stem}-{n}" for n in itertools.count(2))
    code = next(code for code in itertools.chain([stem], numbered) if code not in taken)
    taken.add(code)
    return code
