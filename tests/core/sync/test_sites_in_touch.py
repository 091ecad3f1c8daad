"""A plant and headquarters: the plant's records go up, HQ's catalogue comes down, and nothing else."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import PageRequest
from app.core.courses import NewCourse
from app.core.courses.models import CourseRow
from app.core.keys import KeyKind
from app.core.people import (
    Audience,
    Destination,
    NewPerson,
    OrgUnitId,
    People,
    PersonChange,
    PersonId,
    PlaceOfAnother,
    PlacesOfOne,
    audience_ids,
    rebuild_listing,
    rebuild_reach,
)
from app.core.people.models import PersonRow
from tests.core.sync.test_exchange import add, is_sound, units
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other
from tests.support.signers import found_administrator


def send(sender: Pc, to: Pc, stick: Path) -> Path:
    peer = sender.sync.peer(ACTOR, str(to.opened.site_id))
    return sender.sync.export(ACTOR, [peer], stick).path


def courses(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(CourseRow.code)))


def test_up_and_down(headquarters: Pc, plant: Pc, stick: Path) -> None:
    add(plant, "PUN-SHOP")
    add(headquarters, "HQ-OFFICE")
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))

    up = headquarters.take(send(plant, headquarters, stick))
    down = plant.take(send(headquarters, plant, stick))

    assert up.troubles == down.troubles == []
    assert units(headquarters) == {"PUN-SHOP", "HQ-OFFICE"}
    assert units(plant) == {"PUN-SHOP"}
    assert courses(plant) == {"SAFETY"}
    assert (up.waiting, down.waiting, up.refused, down.refused) == (0, 0, 0, 0)
    assert is_sound(headquarters)
    assert is_sound(plant)


def test_a_receipt_among_a_plants_own_pcs_is_no_trouble_at_headquarters(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    in_the_hall = another_pc(plant, tmp_path / "hall", clock)
    in_the_hall.take(plant.send(stick, in_the_hall))
    send(plant, headquarters, stick)

    outcome = headquarters.take(stick)

    # the records name the PC in the hall: what it says that it holds is heard, its file is its own
    assert (outcome.files, outcome.receipts, outcome.for_others) == (1, 1, 1)
    assert outcome.troubles == []


def test_plants_get_nothing_of_each_other(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    add(plant, "PUN-SHOP")
    headquarters.take(send(plant, headquarters, stick))

    other.take(send(headquarters, other, stick))

    assert units(other) == set()


def test_what_was_written_before_the_pc_got_new_keys_still_goes_up(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    add(plant, "BEFORE")
    plant.opened.keys.care.rotate(ACTOR, KeyKind.STATION)
    add(plant, "BETWEEN")
    plant.reopen()
    add(plant, "AFTER")

    up = headquarters.take(send(plant, headquarters, stick))

    assert (up.waiting, up.refused, up.troubles) == (0, 0, [])
    assert units(headquarters) == {"BEFORE", "BETWEEN", "AFTER"}
    assert len(headquarters.sync.peers(ACTOR)) == 1
    assert [peer.is_own_site for peer in plant.sync.peers(ACTOR)] == [False]


def test_a_plant_that_lost_everything_gets_back_what_it_had_sent(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    add(plant, "PUN-SHOP")
    headquarters.take(send(plant, headquarters, stick))

    back = plant.take(send(headquarters, plant, stick))

    assert back.forks == 0
    assert units(plant) == {"PUN-SHOP"}


def test_equal_codes_of_two_plants_stay_two_at_headquarters(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    for pc, name in ((plant, "Press shop"), (other, "Packing")):
        organisation = People(pc.opened.site).organisation
        unit = organisation.add_org_unit(ACTOR, "P1", name)
        role = organisation.add_job_role(ACTOR, "OPR", "Operator")
        assert [one.code for one in organisation.org_units(ACTOR)] == ["P1"]
        People(pc.opened.site).add(
            ACTOR,
            NewPerson(
                number=f"{name[:2]}-1",
                name="Asha",
                place=Destination(org_unit_id=unit, job_role_id=role),
            ),
        )
        headquarters.take(send(pc, headquarters, stick))
    with headquarters.opened.site.transaction(ACTOR, "test.settle") as session:
        rebuild_reach(session)
        rebuild_listing(session)

    people = People(headquarters.opened.site)

    units = people.organisation.org_units(ACTOR)
    assert {(one.code, one.called) for one in units} == {
        ("PUN/P1", "Press shop · Plant PUN"),
        ("NAG/P1", "Packing · Plant NAG"),
    }
    assert {one.code for one in people.organisation.job_roles(ACTOR)} == {"PUN/OPR", "NAG/OPR"}
    listed = people.list_people(ACTOR, PageRequest()).rows
    assert {(one.org_unit, one.job_role) for one in listed} == {
        ("Press shop · Plant PUN", "Operator · Plant PUN"),
        ("Packing · Plant NAG", "Operator · Plant NAG"),
    }
    for code, numbers in (("PUN/P1", {"PR-1"}), ("NAG/P1", {"PA-1"}), ("P1", set())):
        with headquarters.opened.site.read() as session:
            meant = audience_ids(Audience(unit_codes=(code,)), date(2026, 11, 23))
            found = session.scalars(sa.select(PersonRow.number).where(PersonRow.id.in_(meant)))
            assert set(found) == numbers
            assert {one.number for one in listed if _is_in(session, one.id, code)} == numbers
    own = people.organisation.add_org_unit(ACTOR, "P1", "Press shop")
    assert "HQ/P1" in {one.code for one in people.organisation.org_units(ACTOR) if one.id == own}
    assert is_sound(headquarters)


def _is_in(session: Session, person_id: UUID, code: str) -> bool:
    """Ask about one person alone, as rules do of whoever was changed."""
    places = PlacesOfOne.written(sa.literal(person_id, PersonRow.id.type), date(2026, 11, 23))
    told = sa.select(PlacesOfOne.is_among("unit", [code])).add_cte(places.cte(PlacesOfOne.NAME))
    return bool(session.scalar(told))


def test_a_code_that_two_pcs_of_one_plant_gave_is_one_thing(
    plant: Pc, tmp_path: Path, clock: TurnedClock, stick: Path
) -> None:
    second = another_pc(plant, tmp_path / "second", clock)
    second.take(plant.send(stick, second))
    for pc in (plant, second):
        People(pc.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press shop")

    second.take(plant.send(stick, second))
    plant.take(second.send(stick, plant))

    for pc in (plant, second):
        assert len(People(pc.opened.site).organisation.org_units(ACTOR)) == 1


def people_at(pc: Pc) -> dict[str, tuple[str, str]]:
    """Who is there: number, name and where they belong."""
    with pc.opened.site.transaction(ACTOR, "test.settle") as session:
        rebuild_reach(session)
        rebuild_listing(session)
    rows = People(pc.opened.site).list_people(ACTOR, PageRequest()).rows
    return {row.number: (row.name, row.org_unit) for row in rows}


def test_who_headquarters_enters_for_a_plant_reaches_that_plant_and_no_other(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)
    units = {}
    for pc, name in ((plant, "Press shop"), (other, "Packing")):
        units[name] = People(pc.opened.site).organisation.add_org_unit(ACTOR, "P1", name)
        headquarters.take(send(pc, headquarters, stick))
    people = People(headquarters.opened.site)
    office = people.organisation.add_org_unit(ACTOR, "OFFICE", "Office")

    def enter(number: str, unit: OrgUnitId) -> PersonId:
        place = Destination(org_unit_id=unit)
        return people.add(ACTOR, NewPerson(number=number, name=f"Name {number}", place=place))

    asha = enter("P-1", units["Press shop"])
    enter("N-1", units["Packing"])
    enter("H-1", office)
    assert set(people_at(headquarters)) == {"P-1", "N-1", "H-1"}
    for pc in (plant, other):
        outcome = pc.take(send(headquarters, pc, stick))
        assert (outcome.waiting, outcome.troubles) == (0, [])

    assert people_at(plant) == {"P-1": ("Name P-1", "Press shop")}
    assert people_at(other) == {"N-1": ("Name N-1", "Packing")}

    people.edit(ACTOR, asha, PersonChange(name="Asha"))
    people.leave(ACTOR, asha, reason="Resigned")
    headquarters.reopen()
    People(headquarters.opened.site).rejoin(ACTOR, asha, reason="Came back")
    outcome = plant.take(send(headquarters, plant, stick))
    assert (outcome.waiting, outcome.troubles) == (0, [])
    assert people_at(plant) == {"P-1": ("Asha", "Press shop")}

    People(plant.opened.site).edit(ACTOR, asha, PersonChange(name="Asha K"))
    headquarters.take(send(plant, headquarters, stick))
    assert people_at(headquarters)["P-1"] == ("Asha K", "Press shop · Plant PUN")

    # away to HQ's office and back: a plant does not have that office, and waits for nothing
    people = People(headquarters.opened.site)
    clock.turn(timedelta(days=2))
    people.move(ACTOR, asha, Destination(org_unit_id=office))
    people.move(ACTOR, asha, Destination(org_unit_id=units["Press shop"]))
    people.edit(ACTOR, asha, PersonChange(name="Asha M"))
    outcome = plant.take(send(headquarters, plant, stick))
    assert (outcome.waiting, outcome.troubles) == (0, [])
    assert people_at(plant)["P-1"] == ("Asha M", "Press shop")
    for pc in (headquarters, plant, other):
        assert is_sound(pc)


def test_another_pc_of_headquarters_gives_on_what_is_meant_for_a_plant(
    headquarters: Pc, plant: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    second = another_pc(headquarters, tmp_path / "second", clock)
    unit = People(plant.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press shop")
    headquarters.take(send(plant, headquarters, stick))
    place = Destination(org_unit_id=unit)
    new = NewPerson(number="P-1", name="Asha", place=place)
    People(headquarters.opened.site).add(ACTOR, new)
    second.take(headquarters.send(stick, second))

    outcome = plant.take(send(second, plant, stick))

    assert (outcome.waiting, outcome.troubles) == (0, [])
    assert people_at(plant) == {"P-1": ("Asha", "Press shop")}
    assert is_sound(second)


def test_a_job_role_of_headquarters_is_none_for_a_plants_person(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    unit = People(plant.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press shop")
    headquarters.take(send(plant, headquarters, stick))
    people = People(headquarters.opened.site)
    role = people.organisation.add_job_role(ACTOR, "OPR", "Operator")
    place = Destination(org_unit_id=unit, job_role_id=role)

    with pytest.raises(PlaceOfAnother):
        people.add(ACTOR, NewPerson(number="P-1", name="Asha", place=place))


def test_what_headquarters_call_a_plants_department_it_is_called_at_the_plant(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    there = People(plant.opened.site).organisation
    shop = there.add_org_unit(ACTOR, "P1", "Press shop")
    fitter = there.add_job_role(ACTOR, "FIT", "Fitter")
    headquarters.take(send(plant, headquarters, stick))
    here = People(headquarters.opened.site).organisation
    here.rename_org_unit(ACTOR, shop, "Presses")
    here.rename_job_role(ACTOR, fitter, "Fitter and turner")

    outcome = plant.take(send(headquarters, plant, stick))

    assert (outcome.waiting, outcome.troubles) == (0, [])
    assert [one.name for one in there.org_units(ACTOR)] == ["Presses"]
    assert [one.title for one in there.job_roles(ACTOR)] == ["Fitter and turner"]
    assert is_sound(plant)


def test_who_founded_a_plant_is_its_own_so_that_it_hears_of_a_correction(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    found_administrator(plant)
    headquarters.take(send(plant, headquarters, stick))
    meera = People(headquarters.opened.site).find(ACTOR, "E-1").id
    People(headquarters.opened.site).edit(ACTOR, meera, PersonChange(name="Meera Rao"))

    plant.take(send(headquarters, plant, stick))

    assert people_at(plant)["E-1"][0] == "Meera Rao"


@pytest.mark.parametrize("first", ["headquarters", "plant"])
def test_what_was_written_last_is_shown_whichever_site_wrote_it_and_both_are_told(
    headquarters: Pc, plant: Pc, stick: Path, clock: TurnedClock, first: str
) -> None:
    """No site ranks above another: every PC shows the same from the entries alone (ADR 16, 26)."""
    shop = People(plant.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press shop")
    asha = People(plant.opened.site).add(
        ACTOR, NewPerson(number="P-1", name="Asha", place=Destination(org_unit_id=shop))
    )
    headquarters.take(send(plant, headquarters, stick))
    places = {"headquarters": headquarters, "plant": plant}
    assert people_at(headquarters)["P-1"][0] == "Asha"
    for name in sorted(places, key=lambda one: one != first):
        clock.turn(timedelta(minutes=1))
        change = PersonChange(name=f"By {name}")
        People(places[name].opened.site).edit(ACTOR, asha, change, "ID card")
    plant.take(send(headquarters, plant, stick))
    headquarters.take(send(plant, headquarters, stick))

    (last,) = places.keys() - {first}
    for pc in places.values():
        assert people_at(pc)["P-1"][0] == f"By {last}"
        (conflict,) = pc.sync.conflicts(ACTOR)  # what follows from the name is not asked
        assert {one.value: one.is_shown for one in conflict.values} == {
            f"By {last}": True,
            f"By {first}": False,
        }
    (other,) = [one for one in conflict.values if not one.is_shown]
    plant.sync.decide(ACTOR, conflict, other, "Asked her")
    headquarters.take(send(plant, headquarters, stick))
    for pc in places.values():
        assert people_at(pc)["P-1"][0] == f"By {first}"
        assert pc.sync.conflicts_open(ACTOR) == 0
        found = People(pc.opened.site).list_people(ACTOR, PageRequest().searching(first))
        assert [row.number for row in found.rows] == ["P-1"]
