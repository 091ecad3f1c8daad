"""What whole rows disagree about is told under Conflicts on both PCs, and one decision ends it on both."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.people import Destination, People, PersonId
from app.core.people.models import PlacementRow
from app.core.reports import Reports, WordedConflict
from app.core.signatures import Proof, Undersigned
from app.core.sync import Conflict, SignatureNeeded
from app.core.training import LoopWaits, RequirementType, Terms, Validity
from app.core.training.matrix import Need
from app.core.training.requirements import NewRequirement, RequirementChange
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_matrix_two_pcs import MEERA, Pair
from tests.core.training.test_two_pcs import TODAY
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.signers import LOGIN, PASSWORD, Door, door_of, found_administrator


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    """Two PCs that know Asha, who presses, and what pressers are asked for."""
    one = first_pc(tmp_path / "one", clock)
    found_administrator(one)
    return Pair(one, another_pc(one, tmp_path / "two", clock), tmp_path)


def moves(pair: Pair, number: int, code: str) -> Callable[[], None]:
    """Return what moves Asha to a department, there from the founding on, with a job role of its name."""
    organisation = People(pair.pcs[0].opened.site).organisation
    place = Destination(
        org_unit_id=organisation.add_org_unit(SYSTEM, code, code.title()),
        job_role_id=organisation.add_job_role(SYSTEM, code, code.title()),
    )
    people = People(pair.pcs[number].opened.site)
    return lambda: people.move(SYSTEM, PersonId(pair.asha), place, reason=f"To {code}")


def where(pair: Pair, number: int) -> str:
    """Return where Asha is, by everything that says so."""
    site = pair.pcs[number].opened.site
    detail = People(site).person(SYSTEM, PersonId(pair.asha))
    grid = pair.matrix(number).grid(MEERA)
    asked_as = [row.code for row in grid.rows if row.people]
    lasting = [place.org_unit for place in detail.placements if place.to_on is None]
    assert [f"{code} · {code.title()}" for code in asked_as] == lasting or lasting == [
        code.title() for code in asked_as
    ]
    (code,) = asked_as
    return code


def disputed(pair: Pair, number: int, table: str) -> list[Conflict]:
    return [one for one in pair.pcs[number].sync.conflicts(SYSTEM) if one.table == table]


def worded(pair: Pair, number: int, conflict: Conflict) -> WordedConflict:
    travel = Reports(pair.pcs[number].opened.site).travel
    return travel.worded(SYSTEM, [conflict])[0]


class TestTwoPlaces:
    """Two PCs that move somebody apart."""

    @pytest.fixture
    def moved(self, pair: Pair, clock: TurnedClock) -> Pair:
        to_lab, to_pack = moves(pair, 0, "LAB"), moves(pair, 1, "PACK")
        pair.meet()
        clock.turn(timedelta(days=3))
        to_lab()
        clock.turn(timedelta(minutes=1))
        to_pack()
        pair.meet()
        return pair

    def test_a_person_is_in_one_place_and_the_other_is_told_until_somebody_decides(
        self, moved: Pair
    ) -> None:
        assert where(moved, 0) == where(moved, 1)
        for number in (0, 1):
            (conflict,) = disputed(moved, number, "person")
            texts = [value.text for value in worded(moved, number, conflict).values]
            assert not conflict.needs_signature
            assert {value.reason for value in conflict.values} == {"To LAB", "To PACK"}
            assert {text.split(" · ")[0] for text in texts} == {"LAB", "PACK"}
            assert moved.pcs[number].sync.conflicts_open(SYSTEM) >= 1

    @pytest.mark.parametrize("is_shown", [True, False])
    def test_a_decision_holds_on_both(self, moved: Pair, *, is_shown: bool) -> None:
        (conflict,) = disputed(moved, 1, "person")
        chosen = next(one for one in conflict.values if one.is_shown is is_shown)
        moved.pcs[1].sync.decide(SYSTEM, conflict, chosen, "Asked her")
        moved.meet()

        for number in (0, 1):
            assert disputed(moved, number, "person") == []
            assert where(moved, number) == chosen.reason.removeprefix("To ")
            assert verified(moved.pcs[number].opened.site)

    def test_whoever_moves_them_next_decides_too(self, moved: Pair, clock: TurnedClock) -> None:
        to_store = moves(moved, 1, "STORE")
        moved.meet()
        clock.turn(timedelta(days=2))
        to_store()
        moved.meet()

        for number in (0, 1):
            assert (where(moved, number), disputed(moved, number, "person")) == ("STORE", [])
            with moved.pcs[number].opened.site.read() as session:
                open_ones = sa.select(PlacementRow.id).where(PlacementRow.to_on.is_(None))
                assert len(session.scalars(open_ones).all()) == 1


class TestPrerequisiteLoops:
    """Each PC says one half of a loop."""

    @pytest.fixture
    def looped(self, pair: Pair) -> Pair:
        catalogue = pair.schools[0].training.catalogue
        terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
        kind = RequirementType.EXTERNAL
        for code in ("LIFT", "RIG"):
            catalogue.add(MEERA, NewRequirement(code=code, title=code, type=kind, terms=terms))
        pair.meet()
        self.say_first(pair, 0, "LIFT", "RIG")
        self.say_first(pair, 1, "RIG", "LOTO")
        self.say_first(pair, 1, "LOTO", "LIFT")
        pair.meet()
        return pair

    def ids(self, pair: Pair) -> dict[str, UUID]:
        found = pair.schools[0].training.catalogue.all(MEERA)
        return {one.code: one.id for one in found}

    def say_first(self, pair: Pair, number: int, code: str, first: str) -> None:
        ids = self.ids(pair)
        change = RequirementChange(prerequisites=(ids[first],))
        pair.schools[number].training.catalogue.change(MEERA, ids[code], change)

    def first(self, pair: Pair, number: int) -> set[tuple[str, str]]:
        codes = {key: code for code, key in self.ids(pair).items()}
        catalogue = pair.schools[number].training.catalogue
        return {
            (codes[key], link.code) for key in codes for link in catalogue.detail(MEERA, key).links
        }

    def test_a_loop_is_told_and_ends_by_a_signed_decision_which_takes_one_link_out(
        self, looped: Pair
    ) -> None:
        for number in (0, 1):
            (conflict,) = disputed(looped, number, "requirement")
            assert conflict.needs_signature
            assert sorted(one.text for one in worded(looped, number, conflict).values) == [
                "LIFT before LOTO · Locks",
                "LOTO · Locks before RIG",
                "RIG before LIFT",
            ]
            assert verified(looped.pcs[number].opened.site)
        door = door_of(looped.pcs[0])
        meera = door.enter()
        door.accept(meera)
        (conflict,) = disputed(looped, 0, "requirement")
        texts = worded(looped, 0, conflict).values
        assert {one.text: one.then for one in texts}["RIG before LIFT"] == (
            "This ends: LIFT before LOTO · Locks"
        )
        chosen = next(one.standing for one in texts if one.text == "RIG before LIFT")
        pen = door.signatures.pen(meera, Proof(password=PASSWORD))
        sync = looped.pcs[0].sync
        signed = Undersigned(pen, sync.decision_text(meera, conflict, chosen))
        sync.decide(meera, conflict, chosen, "As rigged", signed)
        looped.meet()

        for number in (0, 1):
            assert disputed(looped, number, "requirement") == []
            assert self.first(looped, number) == {("LIFT", "RIG"), ("RIG", "LOTO")}

    def decide(self, pair: Pair, number: int, text: str) -> None:
        """Let Meera, who has one password everywhere, let something hold as a PC shows it."""
        door = door_of(pair.pcs[number])
        meera = door.enter()
        door.accept(meera)
        (conflict,) = disputed(pair, number, "requirement")
        values = worded(pair, number, conflict).values
        chosen = next(one.standing for one in values if one.text == text)
        pen = door.signatures.pen(meera, Proof(name=LOGIN, password=PASSWORD))
        sync = pair.pcs[number].sync
        signed = Undersigned(pen, sync.decision_text(meera, conflict, chosen))
        sync.decide(meera, conflict, chosen, f"PC {number} rigs so", signed)

    def test_decided_apart_it_is_told_on_both_with_who_chose_what_until_somebody_decides(
        self, looped: Pair, clock: TurnedClock
    ) -> None:
        door = door_of(looped.pcs[0])
        door.accept(door.enter())
        looped.meet()
        kept = ("RIG before LIFT", "LOTO · Locks before RIG")
        for times in (1, 2):
            for number in (0, 1):
                clock.turn(timedelta(minutes=1))
                self.decide(looped, number, kept[number])
                assert disputed(looped, number, "requirement") == []
            looped.meet()

            for number in (0, 1):
                assert self.first(looped, number) == {("LIFT", "RIG"), ("RIG", "LOTO")}
                assert looped.pcs[number].sync.conflicts_open(SYSTEM) == 1
                (conflict,) = disputed(looped, number, "requirement")
                assert conflict.needs_signature
                told = {
                    value.text: (
                        [one.choice.reason for one in value.chosen],
                        value.standing.is_shown,
                    )
                    for value in worded(looped, number, conflict).values
                }
                assert told == {
                    kept[0]: (["PC 0 rigs so"] * times, True),
                    kept[1]: (["PC 1 rigs so"] * times, True),
                    "LIFT before LOTO · Locks": ([], False),
                }
                assert verified(looped.pcs[number].opened.site)
        clock.turn(timedelta(minutes=1))
        self.decide(looped, 1, kept[1])
        looped.meet()

        for number in (0, 1):
            assert looped.pcs[number].sync.conflicts_open(SYSTEM) == 0
            assert self.first(looped, number) == {("RIG", "LOTO"), ("LOTO", "LIFT")}
            assert verified(looped.pcs[number].opened.site)

    def test_nobody_ends_a_link_of_a_loop_past_the_decision(self, looped: Pair) -> None:
        catalogue = looped.schools[0].training.catalogue
        ids = self.ids(looped)
        with pytest.raises(LoopWaits):
            catalogue.change(MEERA, ids["LIFT"], RequirementChange(prerequisites=()))
        again = RequirementChange(title="Lifting", prerequisites=(ids["RIG"],))
        catalogue.change(MEERA, ids["LIFT"], again)  # says nothing else of what comes first

        assert disputed(looped, 0, "requirement") != []


class TestCellsInDoubt:
    """Two PCs that fill a cell apart."""

    @pytest.fixture
    def filled(self, pair: Pair) -> Pair:
        pair.say(0, Need.MANDATORY)
        pair.say(1, Need.RECOMMENDED)
        pair.meet()
        return pair

    @pytest.fixture
    def door(self, filled: Pair) -> Door:
        return door_of(filled.pcs[0])

    @pytest.fixture
    def meera(self, door: Door) -> Actor:
        actor = door.enter()
        door.accept(actor)
        return actor

    @pytest.mark.parametrize("need", [Need.MANDATORY, Need.RECOMMENDED])
    def test_they_are_told_and_a_signed_decision_holds_on_both(
        self, filled: Pair, door: Door, meera: Actor, need: Need
    ) -> None:
        for number in (0, 1):
            (conflict,) = disputed(filled, number, "matrix_entry")
            assert conflict.needs_signature
            assert {one.value for one in conflict.values} == {Need.MANDATORY, Need.RECOMMENDED}
            said = {one.text for one in worded(filled, number, conflict).values}
            assert said == {"Mandatory", "Recommended"}
        (conflict,) = disputed(filled, 0, "matrix_entry")
        chosen = next(one for one in conflict.values if one.value is need)
        sync = filled.pcs[0].sync
        with pytest.raises(SignatureNeeded):
            sync.decide(meera, conflict, chosen, "By the safety rules")
        pen = door.signatures.pen(meera, Proof(password=PASSWORD))
        signed = Undersigned(pen, sync.decision_text(meera, conflict, chosen))
        sync.decide(meera, conflict, chosen, "By the safety rules", signed)
        filled.meet()

        for number in (0, 1):
            grid = filled.matrix(number).grid(MEERA)
            assert (grid.need(filled.cell), grid.in_doubt) == (need, {})
            assert disputed(filled, number, "matrix_entry") == []
            assert verified(filled.pcs[number].opened.site)
