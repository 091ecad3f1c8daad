"""The matrix, whatever it says: what was shown is what is done, doing it twice changes nothing, and it is what a plain reckoning says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Actor
from app.core.people import People
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import State
from app.core.training.enrolment import Either, Not, OneOf
from app.core.training.matrix import Cell, CellEdit, Need, Proposal
from app.core.training.requirements import NewRequirement
from tests.core.training.conftest import SYSTEM
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
ROLES = ("R1", "R2", "")
CODES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Plant:
    """Eight people in two departments and two job roles, four requirements, two sets, two audiences."""

    school: School
    meera: Actor
    people: dict[UUID, tuple[str, str]]
    owners: dict[str, UUID]
    things: dict[str, UUID]

    def holds(self, owner: str, person: UUID) -> bool:
        unit, role = self.people[person]
        return {
            "R1": role == "R1",
            "R2": role == "R2",
            "FIN": unit == "FIN",
            "REST": unit != "FIN" or role == "R2",
        }[owner]

    def open(self) -> set[tuple[UUID, str]]:
        acts = self.school.training.assignments
        return {
            (person, one.code)
            for person in self.people
            for one in acts.of_person(self.meera, person)
            if one.stands.state is State.ASSIGNED
        }


SETS = {"AB": {"A", "B"}, "ALL": {"A", "B", "D"}}


@pytest.fixture
def plant(school: School, people: People, meera: Actor, add: Callable[..., UUID]) -> Plant:
    found = {}
    for number in range(8):
        unit, role = ("FIN", "PRESS")[number % 2], ROLES[number % 3]
        found[add(f"E-{number}", unit=unit, role=role)] = (unit, role)
    training, matrix = school.training, school.training.matrix
    kind = RequirementType.SESSION
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    things = {
        code: training.catalogue.add(
            meera, NewRequirement(code=code, title=f"Title {code}", type=kind, terms=terms)
        )
        for code in CODES
    }
    things["AB"] = matrix.curricula.add(meera, "AB", "Two", [things["A"], things["B"]])
    things["ALL"] = matrix.curricula.add(meera, "ALL", "Three", [things["AB"], things["D"]])
    owners: dict[str, UUID] = {one.code: one.id for one in people.organisation.job_roles(SYSTEM)}
    fin, second = OneOf("unit", ("FIN",)), OneOf("role", ("R2",))
    owners["FIN"] = matrix.audiences.add(meera, "FIN", "Finance", fin)
    owners["REST"] = matrix.audiences.add(meera, "REST", "Others", Either((Not(fin), second)))
    return Plant(school, meera, found, owners, things)


_cells = st.tuples(st.sampled_from(["R1", "R2", "FIN", "REST"]), st.sampled_from([*CODES, *SETS]))
_change = st.dictionaries(_cells, st.sampled_from(list(Need)), min_size=1, max_size=6)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6, deadline=None
)
@given(changes=st.lists(_change, min_size=1, max_size=3))
def test_what_a_change_would_do_is_what_it_does_and_what_the_grid_says(
    plant: Plant, changes: list[dict[tuple[str, str], Need]]
) -> None:
    matrix, meera = plant.school.training.matrix, plant.meera
    said: dict[tuple[str, str], Need] = {}
    _clear(plant)
    for change in changes:
        proposal = _proposal(plant, change)
        before = plant.open()
        tried = matrix.try_out(meera, proposal)
        assert plant.open() == before
        done = matrix.apply(meera, proposal, reason="Change", confirmed=tried.people)
        said |= change
        after = plant.open()

        assert (done.assigned, done.cancelled) == (tried.gain, tried.lose)
        assert {(one.person_id, one.code) for one in tried.gaining} == after - before
        assert {(one.person_id, one.code) for one in tried.losing} == before - after
        assert tried.people == len({person for person, _code in before ^ after})
        assert after == _reckoned(plant, said)
        for one in tried.cells:
            assert one.keep >= 0
        again = matrix.try_out(meera, proposal)
        assert (again.gain, again.lose, again.people) == (0, 0, 0)
        repeated = matrix.apply(meera, proposal, reason="Again")
        assert (repeated.assigned, repeated.cancelled) == (0, 0)
        day = plant.school.training.begin_day(meera)
        assert (day.assigned, day.cancelled, day.held_back) == (0, 0, ())


def _proposal(plant: Plant, change: dict[tuple[str, str], Need]) -> Proposal:
    return Proposal(
        edits=tuple(
            CellEdit(
                cell=Cell(owner_id=plant.owners[owner], thing_id=plant.things[thing]), need=need
            )
            for (owner, thing), need in change.items()
        )
    )


def _clear(plant: Plant) -> None:
    everything = {(owner, thing): Need.NOTHING for owner in plant.owners for thing in plant.things}
    matrix, proposal = plant.school.training.matrix, _proposal(plant, everything)
    people = matrix.try_out(plant.meera, proposal).people
    matrix.apply(plant.meera, proposal, reason="The next example", confirmed=people)
    assert plant.open() == set()


def _reckoned(plant: Plant, said: dict[tuple[str, str], Need]) -> set[tuple[UUID, str]]:
    return {
        (person, code)
        for (owner, thing), need in said.items()
        if need is Need.MANDATORY
        for person in plant.people
        if plant.holds(owner, person)
        for code in SETS.get(thing, {thing})
    }
