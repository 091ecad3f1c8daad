"""Carrying a plan out: rows together where they are new, one by one where somebody changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.base.batches import batches
from app.core.base.ids import new_ids
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Unit
from app.core.people.derived import refresh_listing
from app.core.people.imports.absence import Absent, as_leaver
from app.core.people.imports.changing import Changing
from app.core.people.imports.differences import besides
from app.core.people.imports.known import Known
from app.core.people.imports.new_accounts import MANY, NewAccounts
from app.core.people.imports.new_places import NewPlaces
from app.core.people.imports.plan import ChangedPerson, FieldChange, PeoplePlan
from app.core.people.imports.rows import PersonInFile
from app.core.people.models import (
    FurtherRoleRow,
    PersonKind,
    PersonRow,
    PlacementRow,
    Reads,
    search_text,
)

_SOME = 500
"""Changed people that are held together."""


class Importer:
    """One import in one transaction."""

    def __init__(self, unit: Unit, known: Known, now: datetime, progress: Progress) -> None:
        self._unit = unit
        self._known = known
        self._today = now.astimezone().date()
        self._progress = progress
        self._done = self._total = 0
        self._ids = {person.number: person.id for person in known.people.values()}
        self._places = NewPlaces(unit, known)
        self._accounts = NewAccounts(unit, self._ids, known.accounts, now, self._step)
        self._changing = Changing(unit, self._ids, self._places, known, self._today)

    def carry_out(self, plan: PeoplePlan) -> list[UUID]:
        """Make, then change, what the plan says; return whom that is about."""
        self._done, self._total = 0, plan.count
        people = [*plan.changed, *map(_leaver, plan.leaving)]
        self._places.make(plan.new_org_units, plan.new_job_roles)
        self._add_people(plan.new)
        self._open_accounts(plan)
        for changed in batches(people, _SOME):
            self._changing.change(changed)
            self._accounts.give_badges([one.person for one in changed if _has_new_badge(one)])
            self._step(len(changed))
        for closing in batches(plan.closing, _SOME):
            self._accounts.close(closing)
        touched = [*plan.new, *(changed.person for changed in people)]
        ids = [self._ids[person.number] for person in touched]
        refresh_listing(self._unit, ids)
        return ids

    def _add_people(self, new: Sequence[PersonInFile]) -> None:
        self._ids.update(zip([person.number for person in new], new_ids(len(new)), strict=True))
        for batch in batches(new, MANY):
            self._unit.insert_many(PersonRow, map(self._person, batch))
            self._step(0)
        for batch in batches(new, MANY):
            placements = [self._placement(person) for person in batch if person.org_unit]
            self._unit.insert_many(PlacementRow, placements)
            further = [row for person in batch for row in self._further_roles(person)]
            self._unit.insert_many(FurtherRoleRow, further)
            self._step(len(batch))

    def _open_accounts(self, plan: PeoplePlan) -> None:
        """Give accounts to new people with a badge, and to all of them where somebody wished so."""
        self._accounts.give_badges([person for person in plan.new if person.badge is not None])
        if plan.terms.accounts:
            self._accounts.give([person for person in plan.new if self._may_sign_in(person)])

    def _may_sign_in(self, person: PersonInFile) -> bool:
        has_left = person.left_on is not None and person.left_on <= self._today
        return person.badge is None and not has_left

    def _step(self, count: int) -> None:
        self._done += count
        self._progress.step(self._done, self._total, _("Importing people"))

    def _person(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "id": self._ids[person.number],
            "number": person.number,
            "name": person.name,
            "name_local": person.name_local or "",
            "search_text": search_text(person.number, person.name, person.name_local or ""),
            "kind": person.kind or PersonKind.EMPLOYEE,
            "language": person.language or "en",
            "reads": person.reads or Reads.ALONE.value,
            "email": person.email or "",
            "joined_on": person.joined_on or self._today,
            "left_on": person.left_on,
            "home_site_id": self._known.site_id,
            "location": person.location or "",
            "shift": person.shift or "",
            "agency": person.agency or "",
            "gate_pass": person.gate_pass or "",
            "gate_pass_until": person.gate_pass_until,
        }

    def _placement(self, person: PersonInFile) -> dict[str, Any]:
        return {
            "person_id": self._ids[person.number],
            "org_unit_id": self._places.org_unit(person.org_unit or ""),
            "job_role_id": self._places.job_role(person.job_role) if person.job_role else None,
            "manager_id": self._ids[person.manager] if person.manager else None,
            "from_on": person.joined_on or self._today,
            "to_on": None,
        }

    def _further_roles(self, person: PersonInFile) -> Iterator[dict[str, Any]]:
        for word in besides(person, self._known):
            yield {
                "person_id": self._ids[person.number],
                "job_role_id": self._places.job_role(word),
                "from_on": person.joined_on or self._today,
                "to_on": None,
            }


def _leaver(absent: Absent) -> ChangedPerson:
    change = FieldChange("left_on", "", str(absent.leaves_on))
    return ChangedPerson(absent.id, as_leaver(absent), (change,))


def _has_new_badge(changed: ChangedPerson) -> bool:
    return any(change.field == "badge" for change in changed.changes)
