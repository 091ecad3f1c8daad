"""Conflicts in words: which record it is, what its values are called, and who wrote them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from app.core.reports import Reports, WordedConflict
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc

NOBODY = Actor(account_id=None, person_id=None, name="Ravi", grants=frozenset())


@pytest.fixture
def pcs(tmp_path: Path, clock: TurnedClock) -> tuple[Pc, Pc]:
    """Two PCs that know a person in the store, and two more departments."""
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    with one.opened.site.transaction(ACTOR, "person.add") as unit:
        person = PersonRow(number="P-7", name="Ravi Iyer")
        store = OrgUnitRow(code="STORE", name="Store")
        unit.add_all([person, store, OrgUnitRow(code="LAB", name="Laboratory")])
        unit.add(OrgUnitRow(code="PACK", name="Packing"))
        unit.flush()
        unit.add(PlacementRow(person_id=person.id, org_unit_id=store.id, from_on=date(2026, 1, 5)))
    carry(one, two, tmp_path)
    return one, two


def carry(sender: Pc, receiver: Pc, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir(exist_ok=True)
    receiver.take(sender.send(stick, receiver))


def move(pc: Pc, code: str) -> None:
    with pc.opened.site.transaction(ACTOR, "person.move", reason=f"Works in {code}") as unit:
        to = unit.scalars(sa.select(OrgUnitRow).where(OrgUnitRow.code == code)).one()
        unit.scalars(sa.select(PlacementRow)).one().org_unit_id = to.id


def leave(pc: Pc, on: date | None) -> None:
    with pc.opened.site.transaction(ACTOR, "person.edit") as unit:
        unit.scalars(sa.select(PersonRow)).one().left_on = on


def worded(pc: Pc) -> tuple[WordedConflict, ...]:
    return Reports(pc.opened.site).travel.worded(ACTOR, pc.sync.conflicts(ACTOR))


def test_what_a_record_speaks_of_names_it_and_its_values(
    pcs: tuple[Pc, Pc], tmp_path: Path, clock: TurnedClock
) -> None:
    one, two = pcs
    move(one, "LAB")
    clock.turn(timedelta(minutes=1))
    move(two, "PACK")
    carry(two, one, tmp_path)

    (conflict,) = worded(one)

    assert conflict.kind == "Placement"
    assert conflict.column == "Department"
    assert conflict.record.startswith("P-7 · Ravi Iyer · PACK · Packing")
    assert [value.text for value in conflict.values] == ["PACK · Packing", "LAB · Laboratory"]
    assert [value.standing.is_shown for value in conflict.values] == [True, False]
    assert {value.author for value in conflict.values} == {"the program"}


def test_days_are_worded_and_nothing_is_empty(
    pcs: tuple[Pc, Pc], tmp_path: Path, clock: TurnedClock
) -> None:
    one, two = pcs
    leave(one, date(2026, 12, 31))
    clock.turn(timedelta(minutes=1))
    leave(two, date(2027, 1, 31))
    carry(two, one, tmp_path)

    (conflict,) = worded(one)

    assert (conflict.kind, conflict.record) == ("Person", "P-7 · Ravi Iyer")
    assert [value.text for value in conflict.values] == ["31 Jan 2027", "31 Dec 2026"]


def test_only_who_manages_the_site_reads_them(pcs: tuple[Pc, Pc]) -> None:
    with pytest.raises(NotAllowed):
        Reports(pcs[0].opened.site).travel.worded(NOBODY, ())
    with pytest.raises(NotAllowed):
        Reports(pcs[0].opened.site).travel.authors(NOBODY, ())
