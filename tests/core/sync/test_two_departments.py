"""Somebody whom two PCs moved at once belongs to one department, the same on both, until they are moved again."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app.core.base.paging import PageRequest
from app.core.people import Destination, NewPerson, People, place_of, rebuild_listing
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc


def settle(pc: Pc) -> None:
    with pc.opened.site.transaction(ACTOR, "derived.settle") as unit:
        rebuild_listing(unit)


def meet(one: Pc, two: Pc, stick: Path) -> None:
    for giver, taker in ((one, two), (two, one), (one, two)):
        taker.take(giver.send(stick, taker))
        settle(taker)


def belongs(pc: Pc, person: UUID) -> tuple[str, str, UUID | None]:
    """Return the department that the person's page, the list and the core's own question say."""
    people = People(pc.opened.site)
    detail = people.person(ACTOR, person)  # type: ignore[arg-type]  # it is a person's
    (listed,) = people.list_people(ACTOR, PageRequest()).rows
    with pc.opened.site.read() as session:
        place = place_of(session, person)
    assert detail.placement is not None
    return detail.placement.org_unit, listed.org_unit, place


def test_who_was_moved_to_two_departments_at_once_belongs_to_one_everywhere(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    here, there = People(one.opened.site), People(two.opened.site)
    units = {
        code: here.organisation.add_org_unit(ACTOR, code, code.title())
        for code in ("PRESS", "PAINT", "STORES")
    }
    asha = here.add(
        ACTOR,
        NewPerson(number="E-1", name="Asha", place=Destination(org_unit_id=units["STORES"])),
    )
    two.take(one.send(stick, two))
    settle(two)
    clock.turn(timedelta(days=3))
    here.move(ACTOR, asha, Destination(org_unit_id=units["PRESS"]))
    there.move(ACTOR, asha, Destination(org_unit_id=units["PAINT"]))
    meet(one, two, stick)

    assert belongs(one, asha) == belongs(two, asha)
    department, listed, place = belongs(one, asha)
    assert department == listed
    assert units[department.upper()] == place

    clock.turn(timedelta(days=1))
    here.move(ACTOR, asha, Destination(org_unit_id=units["STORES"]))
    meet(one, two, stick)
    for pc in (one, two):
        assert belongs(pc, asha) == ("Stores", "Stores", units["STORES"])
