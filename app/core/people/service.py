"""People: adding, correcting, moving, leaving, coming back, and the list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.journal import Site, Unit, shown_for
from app.core.people.account_models import AccountRow
from app.core.people.delegating import Delegations
from app.core.people.derived import refresh_listing
from app.core.people.erasing import ErasedOutside, Erasures, require_not_erased
from app.core.people.errors import DayRefused, DetailRefused
from app.core.people.giving_roles import FurtherRoles, resume_further_roles
from app.core.people.homes import Homes, home_in
from app.core.people.imports import OnChanged, PeopleImport
from app.core.people.last_administrator import administrators_kept
from app.core.people.lookups import person_numbered
from app.core.people.merging import Merging
from app.core.people.models import PersonRow, PlacementRow, search_text
from app.core.people.organisation import Organisation, job_role, org_unit
from app.core.people.other_names import give_up_number
from app.core.people.ownership import FieldOwners, OwnedField, require_none
from app.core.people.papers import PersonPapers
from app.core.people.photos import Photos
from app.core.people.placing import close_others, open_placement, open_placements
from app.core.people.queries import page_of_people, person_detail, place_of
from app.core.people.rules import (
    clean_email,
    clean_language,
    clean_name,
    clean_number,
    clean_text,
    today,
)
from app.core.people.shifts import Shifts
from app.core.people.sign_in_names import require_free_number
from app.core.people.types import (
    Destination,
    NewPerson,
    PersonChange,
    PersonDetail,
    PersonId,
    PersonSummary,
)


class People:
    """Keeps the people of the site. Nobody is ever deleted: who goes has left.

    An actor sees and manages people of the org units within their scope; people without a place
    are seen and managed from the site as a whole.
    """

    def __init__(self, site: Site, erased: ErasedOutside | None = None) -> None:
        """Keep the people of a site; who is erased is kept outside of its records too."""
        self._site = site
        self.organisation = Organisation(site)
        self.imports = PeopleImport(site)
        self.merging = Merging(site)
        self.owners = FieldOwners(site)
        self.imports.owners = self.owners
        self._homes = Homes(site)
        self.delegations = Delegations(site, self._homes)
        self.photos = Photos(site, self._homes)
        self.papers = PersonPapers(site, self._homes)
        self.shifts = Shifts(site)
        self.erasures = Erasures(site, self._homes, erased)
        self.further_roles = FurtherRoles(
            site, self._homes, self.owners, self._managed, self._changed
        )
        self.on_changed: list[OnChanged] = self.imports.on_changed
        """Called inside the unit in which some people came, changed, moved, left or came back."""

    def list_people(self, actor: Actor, request: PageRequest) -> Page[PersonSummary]:
        """Return one stretch of the list, searched in number and names.

        Sorts: number, name, org_unit, job_role. Filters: org_unit (an id; units below count in),
        job_role (an id), kind, active (yes, no), gate_pass (over; ends: within 30 days),
        reads (alone, along), shift (as it is written, whatever its capitals), site (an id).
        """
        scope = actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return page_of_people(session, request, scope, self._site.clock.now())

    def person(self, actor: Actor, person_id: PersonId) -> PersonDetail:
        """Return one person, or whom they were merged into; everybody may see themselves.

        Raises NotFound.
        """
        with self._site.read() as session:
            person_id = PersonId(shown_for(session, PersonRow, person_id))
            if person_id != actor.person_id:
                _require(actor, Capability.VIEW_PEOPLE, session, person_id)
            return person_detail(session, person_id, today(self._site.clock))

    def find(self, actor: Actor, number: str) -> PersonDetail:
        """Return the person with an employee number. Raises NotFound, NotOne."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            found = person_numbered(session, clean_number(number))
        return self.person(actor, PersonId(found))

    def add(self, actor: Actor, new: NewPerson) -> PersonId:
        """Add somebody. Raises NumberTaken, DetailRefused, NotFound."""
        place = new.place
        actor.require(Capability.MANAGE_PEOPLE, place.org_unit_id if place else None)
        joined_on = new.joined_on or today(self._site.clock)
        home = self._homes.of_new(place)
        with self._site.transaction(actor, "person.add", for_site=self._homes.told(home)) as unit:
            row = PersonRow(
                home_site_id=home,
                number=clean_number(new.number),
                name=clean_name(new.name),
                name_local=clean_text(new.name_local),
                kind=new.kind,
                language=clean_language(new.language),
                email=clean_email(new.email),
                joined_on=joined_on,
                location=clean_text(new.location),
                shift=clean_text(new.shift),
                agency=clean_text(new.agency),
                reads=new.reads.value,
                gate_pass=clean_text(new.gate_pass.number),
                gate_pass_until=new.gate_pass.until,
            )
            require_free_number(unit, row.number)
            row.search_text = search_text(row.number, row.name, row.name_local)
            unit.add(row)
            unit.flush()
            if place is not None:
                unit.add(_placement(unit, row.id, place, joined_on))
            self._changed(unit, row.id)
        return PersonId(row.id)

    def edit(
        self, actor: Actor, person_id: PersonId, change: PersonChange, reason: str = ""
    ) -> None:
        """Correct what is kept about somebody. Raises NumberTaken, DetailRefused, NotFound."""
        told = self._homes.told_of(person_id, number=change.number)
        with self._site.transaction(actor, "person.edit", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            self.owners.require(unit, home_in(unit, row), set(_changed_fields(row, change)))
            if change.number is not None:
                number = clean_number(change.number)
                if number != row.number:
                    require_free_number(unit, number, person_id)
                    give_up_number(unit, row, number)
                _rename_login(unit, row, number)
                row.number = number
            for name, value in _corrections(change):
                setattr(row, name, value)
            row.search_text = search_text(row.number, row.name, row.name_local, row.former_numbers)
            self._changed(unit, person_id)

    def move(
        self,
        actor: Actor,
        person_id: PersonId,
        place: Destination,
        on: date | None = None,
        reason: str = "",
    ) -> None:
        """Let somebody belong elsewhere from a day on (today); on the first day it is a correction.

        Raises DayRefused for a day to come or before the present placement, NotFound.
        """
        actor.require(Capability.MANAGE_PEOPLE, place.org_unit_id)
        told = self._homes.told_of_place(person_id, place)
        with self._site.transaction(actor, "person.move", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            open_ones = open_placements(unit, person_id)
            place = self._owned_place(unit, row, place, open_ones)
            _place_person(unit, person_id, place, open_ones, on=self._past_day(on))
            self._changed(unit, person_id)

    def leave(
        self, actor: Actor, person_id: PersonId, on: date | None = None, reason: str = ""
    ) -> None:
        """Note that somebody no longer belongs here from a day on (today; it may lie ahead).

        Raises DayRefused, LastAdministrator.
        """
        on = on or today(self._site.clock)
        told = self._homes.told_of(person_id)
        with self._site.transaction(actor, "person.leave", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            self.owners.require(unit, home_in(unit, row), {OwnedField.LEFT})
            if row.joined_on is not None and on < row.joined_on:
                raise DayRefused(on, _("that is before they joined"))
            with administrators_kept(unit, self._site.site_id, today(self._site.clock)):
                row.left_on = on
            self._changed(unit, person_id)

    def stay(self, actor: Actor, person_id: PersonId, reason: str = "") -> None:
        """Take back that somebody is to leave, before the day comes. Raises DetailRefused."""
        told = self._homes.told_of(person_id)
        with self._site.transaction(actor, "person.stay", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            self.owners.require(unit, home_in(unit, row), {OwnedField.LEFT})
            if row.left_on is None or row.left_on <= today(self._site.clock):
                raise DetailRefused(_("{name} is not about to leave.").format(name=row.name))
            row.left_on = None
            self._changed(unit, person_id)

    def rejoin(
        self,
        actor: Actor,
        person_id: PersonId,
        place: Destination | None = None,
        on: date | None = None,
        reason: str = "",
    ) -> None:
        """Take a leaver back, into the old place or another; the days between stay a gap.

        After days between they join anew, as with an HR file; without, they never left, and the day of joining
        stays. With the old place they have their further job roles again, in another they have none. Raises
        DayRefused, DetailRefused.
        """
        on = self._past_day(on)
        told = self._homes.told_of_place(person_id, place)
        with self._site.transaction(actor, "person.rejoin", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            if row.left_on is None:
                raise DetailRefused(_("{name} has not left.").format(name=row.name))
            if on < row.left_on:
                raise DayRefused(on, _("that is before they left"))
            self.owners.require(unit, home_in(unit, row), {OwnedField.LEFT})
            if place is not None:
                actor.require(Capability.MANAGE_PEOPLE, place.org_unit_id)
                place = self._owned_place(unit, row, place, open_placements(unit, row.id))
            resume_further_roles(unit, row.id, row.left_on, on, again=place is None)
            _reopen(unit, row, place, on)
            owned_elsewhere = self.owners.refused(unit, row.home_site_id)
            if on > row.left_on and OwnedField.JOINED not in owned_elsewhere:
                row.joined_on = on
            row.left_on = None
            self._changed(unit, person_id)

    def _owned_place(
        self, unit: Unit, row: PersonRow, place: Destination, open_ones: Sequence[PlacementRow]
    ) -> Destination:
        """Return where somebody is to belong, with the manager that is not this site's. Raises FieldOwned."""
        present = next(iter(open_ones), None)
        refused = self.owners.refused(unit, home_in(unit, row))
        if present is not None and place.manager_id is None:
            manager = present.manager_id if OwnedField.MANAGER in refused else None
            place = replace(place, manager_id=PersonId(manager) if manager else None)
        changed = {
            field
            for field, column in _PLACED.items()
            if getattr(place, column) != (getattr(present, column) if present else None)
        }
        require_none(refused, changed)
        return place

    def _changed(self, unit: Unit, person_id: UUID) -> None:
        refresh_listing(unit, [person_id])
        for act in self.on_changed:
            act(unit, [person_id])

    def _past_day(self, on: date | None) -> date:
        now = today(self._site.clock)
        if on is not None and on > now:
            raise DayRefused(on, _("it has not come yet"))
        return on or now

    def _managed(self, actor: Actor, unit: Unit, person_id: UUID) -> PersonRow:
        _require(actor, Capability.MANAGE_PEOPLE, unit, person_id)
        require_not_erased(unit, person_id)
        return unit.get_one(PersonRow, person_id)


def _require(actor: Actor, capability: Capability, session: Session, person_id: UUID) -> None:
    actor.scope_of(capability)
    actor.require(capability, place_of(session, person_id))


def _rename_login(unit: Unit, row: PersonRow, number: str) -> None:
    account = unit.scalar(sa.select(AccountRow).where(AccountRow.person_id == row.id))
    if account is not None and account.login == row.number.casefold():
        account.login = number.casefold()


_PLACED = {
    OwnedField.ORG_UNIT: "org_unit_id",
    OwnedField.JOB_ROLE: "job_role_id",
    OwnedField.MANAGER: "manager_id",
}


def _changed_fields(row: PersonRow, change: PersonChange) -> Iterator[OwnedField]:
    """Yield what a correction would make other than it is."""
    if change.number is not None and clean_number(change.number) != row.number:
        yield OwnedField.NUMBER
    for name, value in _corrections(change):
        if getattr(row, name) != value:
            yield OwnedField(name)


_CLEANED: dict[str, Callable[[str], str]] = {
    "name": clean_name,
    "name_local": clean_text,
    "language": clean_language,
    "email": clean_email,
    "location": clean_text,
    "shift": clean_text,
    "agency": clean_text,
}


def _corrections(change: PersonChange) -> Iterable[tuple[str, object]]:
    for name, clean in _CLEANED.items():
        text: str | None = getattr(change, name)
        if text is not None:
            yield name, clean(text)
    if change.kind is not None:
        yield "kind", change.kind
    if change.joined_on is not None:
        yield "joined_on", change.joined_on
    if change.reads is not None:
        yield "reads", change.reads.value
    if change.gate_pass is not None:
        yield "gate_pass", clean_text(change.gate_pass.number)
        yield "gate_pass_until", change.gate_pass.until


def _place_person(
    unit: Unit,
    person_id: UUID,
    place: Destination,
    open_ones: Sequence[PlacementRow],
    *,
    on: date,
) -> None:
    """Close the placement that lasts and open another; correct it where it began that day.

    Raises DayRefused.
    """
    placement = _placement(unit, person_id, place, on)
    present = next(iter(open_ones), None)
    if present is not None and len(open_ones) > 1:
        close_others(unit, person_id, present)
    if present is not None and on < present.from_on:
        raise DayRefused(on, _("that is before the present placement began"))
    if present is not None and on == present.from_on:
        present.org_unit_id = placement.org_unit_id
        present.job_role_id = placement.job_role_id
        present.manager_id = placement.manager_id
        return
    if present is not None:
        present.to_on = on
    unit.add(placement)


def _reopen(unit: Unit, row: PersonRow, place: Destination | None, on: date) -> None:
    present = open_placement(unit, row.id)
    if present is not None:
        close_others(unit, row.id, present)
        present.to_on = max(row.left_on or on, present.from_on)
    if place is not None:
        unit.add(_placement(unit, row.id, place, on))
    elif present is not None:
        unit.add(
            PlacementRow(
                person_id=row.id,
                org_unit_id=present.org_unit_id,
                job_role_id=present.job_role_id,
                manager_id=present.manager_id,
                from_on=on,
            )
        )


def _placement(unit: Unit, person_id: UUID, place: Destination, from_on: date) -> PlacementRow:
    org_unit(unit, place.org_unit_id)
    if place.job_role_id is not None:
        job_role(unit, place.job_role_id)
    if place.manager_id == person_id:
        raise DetailRefused(_("Nobody is their own manager."))
    if place.manager_id is not None and unit.get(PersonRow, place.manager_id) is None:
        raise NotFound(str(place.manager_id))
    return PlacementRow(
        person_id=person_id,
        org_unit_id=place.org_unit_id,
        job_role_id=place.job_role_id,
        manager_id=place.manager_id,
        from_on=from_on,
    )
