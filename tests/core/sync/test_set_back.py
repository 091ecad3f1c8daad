"""I4, I11, T-REVOKE: a PC that took entries in before it heard of the revocation holds the same as one that heard first."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.operations import Derivations
from app.core.people import Destination, NewPerson, OrgUnitId, People, PersonChange
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.sync.intake import Intake
from app.core.sync.refusals import KeptAside
from tests.core.sync.test_aside import leave, lying, revoke, said
from tests.core.sync.test_exchange import add, is_sound, rename, tables, units
from tests.core.sync.test_site_histories import people
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.support.signers import found_administrator

TABLES = (
    "org_unit",
    "person",
    "placement",
    "account",
    "role_grant",
    "credential",
    "key_revocation",
)
"""Of which nobody writes anything with each file."""


@pytest.fixture
def three(one: Pc, two: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    """A PC of the site whose records all know, and which is lost."""
    found_administrator(one)
    made = another_pc(one, tmp_path / "three", clock)
    made.take(one.send(tmp_path, made))
    add(made, "BEFORE")
    one.take(made.send(tmp_path, one))
    two.take(one.send(tmp_path, two))
    return made


def unit_of(pc: Pc, code: str) -> OrgUnitId:
    found = People(pc.opened.site).organisation.org_units(ACTOR)
    return next(one.id for one in found if one.code == code)


def meet(one: Pc, two: Pc, stick: Path) -> None:
    """Let two PCs exchange until both have said all."""
    for _turn in range(2):
        two.take(one.send(stick, two))
        outcome = one.take(two.send(stick, one))
    assert outcome.waiting == 0


def hold_the_same(*pcs: Pc) -> None:
    for pc in pcs[1:]:
        for table in TABLES:
            assert tables(pc)[table] == tables(pcs[0])[table]
        assert lying(pc) == lying(pcs[0])
    for pc in pcs:
        assert is_sound(pc)


def test_what_came_before_the_revocation_was_heard_of_is_set_back(
    one: Pc, two: Pc, three: Pc, tmp_path: Path
) -> None:
    add(three, "AFTER")
    rename(three, "BEFORE", "Changed by a thief")
    two.take(three.send(tmp_path, two))
    assert {"BEFORE", "AFTER"} <= units(two)
    revoke(one, three)

    taken = two.take(one.send(tmp_path, two))

    assert taken.aside > 0
    assert "AFTER" not in units(two)
    assert "BEFORE" in units(two)
    assert "AFTER" in said(two)
    assert "Changed by a thief" in said(two)
    assert is_sound(two)
    assert verified(two.opened.site)
    meet(one, two, tmp_path)
    hold_the_same(one, two)


def test_what_honest_pcs_wrote_about_it_is_left_out_and_nothing_else_of_theirs(
    one: Pc, two: Pc, three: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    """Before, it waited for ever where the revocation was heard of first, with all that came after."""
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    there = People(two.opened.site)
    lost, kept = unit_of(two, "AFTER"), unit_of(two, "BEFORE")
    there.organisation.add_org_unit(ACTOR, "BELOW", "Below what a thief made", lost)
    rename(two, "AFTER", "Renamed")
    asha = there.add(
        ACTOR, NewPerson(number="A-1", name="Asha", place=Destination(org_unit_id=kept))
    )
    there.move(ACTOR, asha, Destination(org_unit_id=lost))
    there.edit(ACTOR, asha, PersonChange(name="Asha Rao"))
    add(two, "LATER")
    revoke(one, three)
    fourth = another_pc(one, tmp_path / "fourth", clock)
    fourth.take(one.send(tmp_path, fourth))

    meet(one, two, tmp_path)
    meet(fourth, two, tmp_path)

    for pc in (one, two, fourth):
        assert {"BEFORE", "LATER"} <= units(pc)
        assert units(pc).isdisjoint({"AFTER", "BELOW"})
        with pc.opened.site.read() as session:
            assert session.get_one(PersonRow, asha).name == "Asha Rao"
    hold_the_same(one, two, fourth)
    (aside,) = one.sync.aside.all(ACTOR)
    assert aside.others > 0
    assert [one.others for one in two.sync.aside.all(ACTOR)] == [aside.others]
    add(two, "AGAIN")
    meet(one, two, tmp_path)
    assert "AGAIN" in units(one)


def test_lists_are_as_the_records_are_then(
    one: Pc, two: Pc, three: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    people = People(one.opened.site)
    place = Destination(org_unit_id=unit_of(one, "BEFORE"))
    asha = people.add(ACTOR, NewPerson(number="A-1", name="Asha", place=place))
    for pc in (two, three):
        pc.take(one.send(tmp_path, pc))
    clock.turn(timedelta(days=3))
    add(three, "AFTER")
    there = People(three.opened.site)
    late = Destination(org_unit_id=unit_of(three, "AFTER"))
    there.move(ACTOR, asha, late)
    there.add(ACTOR, NewPerson(number="B-1", name="Binod", place=late))
    two.take(three.send(tmp_path, two))
    assert listed(two) == [("A-1", "AFTER"), ("B-1", "AFTER")]
    revoke(one, three)

    two.take(one.send(tmp_path, two))

    assert listed(two) == [("A-1", "BEFORE")]
    anew = Derivations(two.opened.site, two.courses.index).rebuild(ACTOR)
    assert [one.key for one in anew if not one.was_right] == []


def listed(pc: Pc) -> list[tuple[str, str]]:
    found = People(pc.opened.site).list_people(ACTOR, PageRequest(sort="number"))
    return [(row.number, row.org_unit) for row in found.rows if row.number != "E-1"]


def test_it_is_the_same_whichever_file_comes_first(
    one: Pc, two: Pc, three: Pc, tmp_path: Path, clock: TurnedClock
) -> None:
    first, second = (another_pc(one, tmp_path / name, clock) for name in ("first", "second"))
    for pc in (two, three):
        pc.take(one.send(tmp_path, pc))
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    People(two.opened.site).organisation.add_org_unit(
        ACTOR, "BELOW", "Below", unit_of(two, "AFTER")
    )
    revoke(one, three)

    first.take(two.send(tmp_path, first))
    first.take(one.send(tmp_path, first))
    second.take(one.send(tmp_path, second))
    second.take(two.send(tmp_path, second))
    add(three, "LAST")
    last = three.send(tmp_path, first, second)
    for pc in (first, second):
        with pytest.raises(KeptAside):
            pc.take(last)

    hold_the_same(first, second)


def test_what_somebody_began_who_is_believed_stays_with_what_hangs_on_it(
    one: Pc, two: Pc, three: Pc, tmp_path: Path
) -> None:
    """One row that two PCs began, as papers are that both learnt."""
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    lost = unit_of(two, "AFTER")
    below = People(two.opened.site).organisation.add_org_unit(ACTOR, "BELOW", "Below", lost)
    revoke(one, three)
    meet(one, two, tmp_path)
    assert units(one).isdisjoint({"AFTER", "BELOW"})

    with one.opened.site.transaction(ACTOR, "org-unit.add") as unit:
        unit.add(OrgUnitRow(id=lost, site_id=one.opened.site_id, code="AFTER", name="AFTER"))
    meet(one, two, tmp_path)

    for pc in (two, one):
        with pc.opened.site.read() as session:
            if pc is two:
                assert session.get_one(OrgUnitRow, below).parent_id == lost
    assert is_sound(two)


def test_the_decision_over_it_travels(one: Pc, two: Pc, three: Pc, tmp_path: Path) -> None:
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    revoke(one, three)
    meet(one, two, tmp_path)

    leave(one)
    two.take(one.send(tmp_path, two))

    assert lying(one) == lying(two)
    assert [is_decided for _key, _count, is_decided in lying(two)] == [True]


def test_records_of_a_program_that_kept_it_are_set_back_with_the_next_file(
    one: Pc, two: Pc, three: Pc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(three, "AFTER")
    two.take(three.send(tmp_path, two))
    revoke(one, three)
    with monkeypatch.context() as patch:
        patch.setattr(Intake, "_set_back", lambda _intake: None)
        two.take(one.send(tmp_path, two))
    assert "AFTER" in units(two)
    add(one, "NEW")

    two.take(one.send(tmp_path, two))

    assert "AFTER" not in units(two)
    assert people(two) == people(one)
    meet(one, two, tmp_path)
    hold_the_same(one, two)
