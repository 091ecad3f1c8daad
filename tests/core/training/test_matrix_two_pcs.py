"""Two PCs of a site change the same cell of the matrix apart: nothing wins by itself, somebody decides."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.people import Destination, NewPerson, People, rebuild_listing
from app.core.training import RequirementType, Terms, Validity
from app.core.training.matrix import Cell, CellEdit, Matrix, Need, Proposal
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_two_pcs import TODAY
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.support.teaching import a_school

MEERA = Actor(account_id=new_id(), person_id=None, name="Meera", grants=SYSTEM.grants)


class Pair:
    """Two PCs that know Asha, who presses, and a requirement."""

    def __init__(self, one: Pc, two: Pc, folder: Path) -> None:
        self.pcs, self.folder = (one, two), folder
        self.schools = [a_school(pc.opened.site) for pc in self.pcs]
        people = People(one.opened.site)
        unit = people.organisation.add_org_unit(SYSTEM, "FIN", "Finance")
        role = people.organisation.add_job_role(SYSTEM, "PRESS", "Presser")
        place = Destination(org_unit_id=unit, job_role_id=role)
        self.asha: UUID = people.add(SYSTEM, NewPerson(number="E-7", name="Asha", place=place))
        terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
        new = NewRequirement(code="LOTO", title="Locks", type=RequirementType.SESSION, terms=terms)
        thing = self.schools[0].training.catalogue.add(MEERA, new)
        self.cell = Cell(owner_id=role, thing_id=thing)
        self.meet()

    def matrix(self, number: int) -> Matrix:
        return self.schools[number].training.matrix

    def say(self, number: int, need: Need) -> None:
        edit = CellEdit(cell=self.cell, need=need)
        self.matrix(number).apply(MEERA, Proposal(edits=(edit,)), reason=f"PC {number}")

    def meet(self) -> None:
        for sender in (0, 1, 0):
            stick = self.folder / f"stick {new_id().hex}"
            stick.mkdir()
            giver, taker = self.pcs[sender], self.pcs[1 - sender]
            taker.take(giver.send(stick, taker))
            with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
                rebuild_listing(unit)

    def contested(self, number: int) -> set[tuple[str, str]]:
        found = self.pcs[number].sync.conflicts(SYSTEM)
        return {(one.table, one.column) for one in found}


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    return Pair(one, two, tmp_path)


def test_two_pcs_that_change_one_entry_apart_are_told_under_conflicts(pair: Pair) -> None:
    pair.say(0, Need.MANDATORY)
    pair.meet()
    pair.say(0, Need.NOTHING)
    pair.say(1, Need.RECOMMENDED)
    pair.meet()

    for number in (0, 1):
        (conflict,) = [
            one
            for one in pair.pcs[number].sync.conflicts(SYSTEM)
            if (one.table, one.column) == ("matrix_entry", "need")
        ]
        assert conflict.needs_signature
        assert {one.value for one in conflict.values} == {Need.NOTHING, Need.RECOMMENDED}
        assert verified(pair.pcs[number].opened.site)
    assert pair.matrix(0).grid(MEERA).asked == pair.matrix(1).grid(MEERA).asked


def test_a_cell_that_two_pcs_filled_differently_is_in_doubt_until_somebody_says_it_again(
    pair: Pair,
) -> None:
    pair.say(0, Need.MANDATORY)
    pair.say(1, Need.RECOMMENDED)
    pair.meet()

    for number in (0, 1):
        grid = pair.matrix(number).grid(MEERA)
        assert {grid.need(pair.cell), *grid.in_doubt[pair.cell]} == {
            Need.MANDATORY,
            Need.RECOMMENDED,
        }
        assert len(pair.matrix(number).history(MEERA, pair.cell)) == 1
        assert verified(pair.pcs[number].opened.site)
    pair.say(1, Need.RECOMMENDED)
    pair.meet()
    for number in (0, 1):
        grid = pair.matrix(number).grid(MEERA)
        assert (grid.need(pair.cell), grid.in_doubt) == (Need.RECOMMENDED, {})


def test_clearing_a_cell_here_and_filling_it_otherwise_there_is_in_doubt(
    pair: Pair, clock: TurnedClock
) -> None:
    pair.say(0, Need.MANDATORY)
    pair.meet()
    clock.turn(timedelta(days=1))
    pair.say(0, Need.NOTHING)
    pair.say(1, Need.RECOMMENDED)
    pair.meet()

    for number in (0, 1):
        grid = pair.matrix(number).grid(MEERA)
        said = {grid.need(pair.cell), *grid.in_doubt[pair.cell]}
        assert said == {Need.NOTHING, Need.RECOMMENDED}


def test_two_pcs_that_say_the_same_agree_without_anybody_deciding(pair: Pair) -> None:
    pair.say(0, Need.MANDATORY)
    pair.say(1, Need.MANDATORY)
    pair.meet()

    for number in (0, 1):
        mine = pair.schools[number].training.assignments.of_person(MEERA, pair.asha)
        assert [one.cycle for one in mine] == [1]
        assert pair.matrix(number).grid(MEERA).need(pair.cell) is Need.MANDATORY
        assert ("matrix_entry", "need") not in pair.contested(number)
