"""Fields of people belong to who keeps them: at headquarters, at the plant, in the HR file; anybody by default."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from app.bootstrap.ties import _headquarters
from app.core.people import Destination, NewPerson, OrgUnitId, People, PersonChange, PersonId
from app.core.people.ownership import (
    FieldOwned,
    FieldOwner,
    OwnedField,
    OwnersReasonMissing,
    OwnersSaidElsewhere,
)
from tests.core.sync.test_accounts_of_plants import settle, shop
from tests.core.sync.test_sites_in_touch import send
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc

__all__ = ["shop"]  # the fixture

OWNERS = {
    OwnedField.NAME: FieldOwner.HEADQUARTERS,
    OwnedField.LEFT: FieldOwner.HR_FILE,
    OwnedField.SHIFT: FieldOwner.PLANT,
    OwnedField.MANAGER: FieldOwner.PLANT,
    OwnedField.ORG_UNIT: FieldOwner.HEADQUARTERS,
}


def people_of(pc: Pc) -> People:
    """Return the people of a PC as the program opens them: it knows its headquarters."""
    people = People(pc.opened.site)
    people.owners.headquarters = partial(_headquarters, pc.opened.keys)
    return people


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.fixture
def asha(headquarters: Pc, plant: Pc, shop: OrgUnitId, stick: Path) -> PersonId:
    """Somebody whom headquarters entered for the plant, which has her and the rule."""
    people = people_of(headquarters)
    people.owners.say(ACTOR, OWNERS, "As agreed with the plants")
    place = Destination(org_unit_id=shop)
    added = people.add(ACTOR, NewPerson(number="P-1", name="Asha", shift="A", place=place))
    plant.take(send(headquarters, plant, stick))
    settle(plant)
    return added


def test_each_side_changes_its_own_fields_and_is_told_whose_the_others_are(
    headquarters: Pc, plant: Pc, asha: PersonId
) -> None:
    there, here = people_of(headquarters), people_of(plant)
    assert here.owners.all(ACTOR) == OWNERS
    with pytest.raises(OwnersSaidElsewhere):
        here.owners.say(ACTOR, {OwnedField.SHIFT: FieldOwner.ANYBODY}, "We want it")
    with pytest.raises(OwnersReasonMissing):
        there.owners.say(ACTOR, {}, " ")

    with pytest.raises(FieldOwned, match="“Name” belongs to headquarters"):
        here.edit(ACTOR, asha, PersonChange(name="Aasha", shift="B"))
    with pytest.raises(FieldOwned, match="“Left on” belongs to the HR file"):
        here.leave(ACTOR, asha)
    with pytest.raises(FieldOwned, match="“Shift” belongs to the plant"):
        there.edit(ACTOR, asha, PersonChange(shift="C"))
    with pytest.raises(FieldOwned, match="HR file"):
        there.leave(ACTOR, asha)
    other = here.organisation.add_org_unit(ACTOR, "P2", "Paint shop")
    with pytest.raises(FieldOwned, match="“Department” belongs to headquarters"):
        here.move(ACTOR, asha, Destination(org_unit_id=other))
    assert here.person(ACTOR, asha).shift == "A"

    # what is as it was is no change: a form gives back every field
    here.edit(ACTOR, asha, PersonChange(name="Asha", shift="B", email="asha@plant.example"))
    there.edit(ACTOR, asha, PersonChange(name="Asha Rao", shift="A"))
    assert here.person(ACTOR, asha).shift == "B"
    closed = here.owners.closed(ACTOR, asha)
    assert set(closed) == {OwnedField.NAME, OwnedField.LEFT, OwnedField.ORG_UNIT}
    assert "Ask headquarters" in closed[OwnedField.NAME]


def test_an_hr_file_writes_only_what_is_its_own_or_nobodys(
    headquarters: Pc, plant: Pc, asha: PersonId
) -> None:
    here = people_of(plant)
    file = csv(
        "number,name,shift,email,department,left",
        "P-1,Asha Rao,C,asha@hr.example,Paint,",
        "P-2,Binod,C,,Paint,2026-11-01",
    )

    plan = here.imports.plan(ACTOR, file)
    here.imports.apply(ACTOR, plan)

    assert {one.value for one in plan.closed} == {"name", "shift", "org_unit"}
    (changed,) = plan.changed
    assert [change.field for change in changed.changes] == ["email"]
    known = here.person(ACTOR, asha)
    assert (known.name, known.shift, known.email) == ("Asha", "A", "asha@hr.example")
    new = here.find(ACTOR, "P-2")
    assert (new.name, new.shift, new.left_on) == ("Binod", "C", date(2026, 11, 1))


def test_a_file_to_which_leaving_does_not_belong_lets_nobody_leave_or_come_back(
    headquarters: Pc, asha: PersonId
) -> None:
    there = people_of(headquarters)
    gone = there.add(ACTOR, NewPerson(number="P-3", name="Chitra", joined_on=date(2026, 1, 1)))
    there.owners.say(ACTOR, {OwnedField.LEFT: FieldOwner.HEADQUARTERS}, "HR is late")
    there.leave(ACTOR, gone, date(2026, 11, 2))

    plan = there.imports.plan(ACTOR, csv("number,name,left", "P-1,Asha,2026-11-01", "P-3,Chitra,"))

    assert (plan.changed, plan.returning, plan.gone) == ((), (), ())


def test_edits_that_were_made_before_the_rule_came_go_to_conflicts_with_the_owners_proposed(
    headquarters: Pc, plant: Pc, asha: PersonId, stick: Path, clock: TurnedClock
) -> None:
    there, here = people_of(headquarters), people_of(plant)
    there.owners.say(ACTOR, {OwnedField.EMAIL: FieldOwner.HEADQUARTERS}, "One directory")
    there.edit(ACTOR, asha, PersonChange(email="asha@hq.example"))
    clock.turn(timedelta(minutes=1))
    here.edit(ACTOR, asha, PersonChange(email="asha@plant.example"))  # it does not know yet

    plant.take(send(headquarters, plant, stick))
    (conflict,) = [one for one in plant.sync.conflicts(ACTOR) if one.column == "email"]

    assert conflict.owner is FieldOwner.HEADQUARTERS
    by_version: dict[bytes, object] = {one.version: one.value for one in conflict.values}
    assert by_version[conflict.proposed or b""] == "asha@hq.example"
    shown = next(one for one in conflict.values if one.is_shown)
    assert shown.value == "asha@plant.example"  # the newest, until somebody decides
    proposed = next(one for one in conflict.values if one.version == conflict.proposed)
    plant.sync.decide(ACTOR, conflict, proposed, "It is theirs")
    assert here.person(ACTOR, asha).email == "asha@hq.example"


def test_a_site_alone_says_so_itself_and_nothing_is_owned_before(one: Pc) -> None:
    people = people_of(one)
    person: UUID = people.add(ACTOR, NewPerson(number="E-1", name="Ravi"))
    assert people.owners.all(ACTOR) == {}
    people.owners.say(ACTOR, {OwnedField.NAME: FieldOwner.HR_FILE}, "HR is right")
    with pytest.raises(FieldOwned):
        people.edit(ACTOR, PersonId(person), PersonChange(name="Ravi Iyer"))
    people.owners.say(ACTOR, {OwnedField.NAME: FieldOwner.ANYBODY}, "HR is late")
    people.edit(ACTOR, PersonId(person), PersonChange(name="Ravi Iyer"))
