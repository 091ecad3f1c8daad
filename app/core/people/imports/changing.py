"""Changing people as a file has them: corrected in place, moved by another placement, or come back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal import Unit
from app.core.people.giving_roles import resume_further_roles
from app.core.people.holding import is_held
from app.core.people.imports.differences import besides
from app.core.people.imports.known import Known
from app.core.people.imports.new_places import NewPlaces
from app.core.people.imports.plan import ChangedPerson
from app.core.people.imports.rows import PersonInFile
from app.core.people.models import FurtherRoleRow, PersonRow, PlacementRow, search_text

_CORRECTED = (
    "name", "name_local", "kind", "language", "email", "joined_on", "left_on", "location", "shift", "agency",
    "gate_pass", "gate_pass_until", "reads",
)  # fmt: skip
_PLACED = ("org_unit", "job_role", "manager")
_KEPT = ("org_unit_id", "job_role_id", "manager_id")


class Changing:
    """The people of one import who are there already."""

    def __init__(
        self,
        unit: Unit,
        ids: Mapping[str, UUID],
        places: NewPlaces,
        known: Known,
        today: date,
    ) -> None:
        """Take who has which number, and what the places of the file are."""
        self._unit = unit
        self._ids = ids
        self._places = places
        self._known = known
        self._today = today

    def change(self, batch: Sequence[ChangedPerson]) -> None:
        """Change people together."""
        ids = [changed.id for changed in batch]
        rows = self._unit.scalars(sa.select(PersonRow).where(PersonRow.id.in_(ids)))
        people = {row.id: row for row in rows}
        open_placements = self._open_placements(ids)
        for changed in batch:
            fields = {change.field for change in changed.changes}
            _correct(people[changed.id], changed.person, fields)
            present = open_placements.get(changed.id)
            if changed.back_on is not None:
                self._place_again(changed, present)
            elif fields.intersection(_PLACED):
                self._move(changed.person, present)
            if "further_roles" in fields:
                self._change_roles(changed)
        self._unit.flush()

    def _open_placements(self, people: Sequence[UUID]) -> dict[UUID, PlacementRow]:
        rows = self._unit.scalars(
            sa.select(PlacementRow)
            .where(PlacementRow.person_id.in_(people), PlacementRow.to_on.is_(None))
            .order_by(PlacementRow.from_on, PlacementRow.id)
        )
        return {row.person_id: row for row in rows}

    def _place_again(self, changed: ChangedPerson, present: PlacementRow | None) -> None:
        """Let somebody who left begin anew; the days between stay a gap."""
        place = self._place(changed.person)
        left_on = date.fromisoformat(_old(changed, "left_on"))
        back_on = changed.back_on or self._today
        resume_further_roles(self._unit, changed.id, left_on, back_on, again=True)
        if present is not None:
            place = {name: getattr(present, name) for name in _KEPT} | place
            present.to_on = max(left_on, present.from_on)
        if "org_unit_id" in place:
            self._unit.add(PlacementRow(person_id=changed.id, from_on=changed.back_on, **place))

    def _change_roles(self, changed: ChangedPerson) -> None:
        """End what the file does not name beside their job role, and give what is new."""
        begins = changed.back_on or self._today
        wanted = {self._places.job_role(word) for word in besides(changed.person, self._known)}
        self._unit.flush()
        row = FurtherRoleRow
        lasting = self._unit.scalars(
            sa.select(row).where(row.person_id == changed.id, is_held(row, begins))
        ).all()
        for one in lasting:
            if one.job_role_id not in wanted:
                one.to_on = begins
        for role_id in sorted(wanted - {one.job_role_id for one in lasting}):
            self._unit.add(row(person_id=changed.id, job_role_id=role_id, from_on=begins))

    def _move(self, person: PersonInFile, present: PlacementRow | None) -> None:
        """Close the placement that lasts and open another, today or when the file says; what is not said stays."""
        place, begins = self._place(person), person.moved_on or self._today
        if present is not None and present.from_on >= begins:
            for name, value in place.items():
                setattr(present, name, value)
            return
        if present is not None:
            place = {name: getattr(present, name) for name in _KEPT} | place
            present.to_on = begins
        self._unit.add(PlacementRow(person_id=self._ids[person.number], from_on=begins, **place))

    def _place(self, person: PersonInFile) -> dict[str, Any]:
        place: dict[str, Any] = {}
        if person.org_unit is not None:
            place["org_unit_id"] = self._places.org_unit(person.org_unit)
        if person.job_role is not None:
            place["job_role_id"] = self._places.job_role(person.job_role)
        if person.manager is not None:
            place["manager_id"] = self._ids[person.manager]
        return place


def _correct(row: PersonRow, person: PersonInFile, fields: set[str]) -> None:
    for name in fields.intersection(_CORRECTED):
        setattr(row, name, getattr(person, name))
    if fields & {"name", "name_local"}:
        row.search_text = search_text(row.number, row.name, row.name_local, row.former_numbers)


def _old(changed: ChangedPerson, field: str) -> str:
    return next(change.old for change in changed.changes if change.field == field)
