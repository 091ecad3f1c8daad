"""People merged and parted on several PCs, between edits and journeys: the same everywhere, nothing lost.

I4: equal entries give equal tables; an undo puts every record back under whom it was written for.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from app.core.base.errors import UserFacingError
from app.core.journal import rows_aside
from app.core.people import (
    Destination,
    NewPerson,
    People,
    PersonChange,
    PersonId,
    SignIn,
    rebuild_listing,
    rebuild_reach,
)
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonRow, PlacementRow
from tests.core.sync.test_exchange import is_sound, tables
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc

ADD, EDIT, ACCOUNT, MERGE, PART, SEND = "add", "edit", "account", "merge", "part", "send"
Step = tuple[int, str, int, int]

steps = st.tuples(
    st.integers(0, 2),
    st.sampled_from([ADD, EDIT, ACCOUNT, MERGE, MERGE, PART, SEND, SEND]),
    st.integers(0, 20),
    st.integers(0, 20),
)


class Plant:
    """Three PCs of one plant, and what was written on them for whom."""

    def __init__(self, folder: Path, clock: TurnedClock) -> None:
        first = first_pc(folder / "0", clock)
        self.unit = People(first.opened.site).organisation.add_org_unit(ACTOR, "P1", "Press")
        self.pcs = [first]
        self.clock = clock
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.people: list[PersonId] = []
        self.accounts = 0
        self.written: dict[UUID, UUID] = {}
        """Placements, each with the person it was written for."""
        for number in (1, 2):
            self.pcs.append(another_pc(first, folder / str(number), clock))
        for other in self.pcs[1:]:
            self._send(first, other)

    def do(self, step: Step) -> None:
        """Let one thing happen; what a PC refuses, because of what it knows, does not."""
        here, act, which, other = step
        pc, people = self.pcs[here], People(self.pcs[here].opened.site)
        self.clock.turn(timedelta(seconds=1))
        with suppress(UserFacingError):
            if act == ADD:
                self._add(pc, which)
            elif act == SEND:
                self._send(pc, self.pcs[(here + 1 + which % 2) % 3])
            elif self.people:
                one = self.people[which % len(self.people)]
                two = self.people[other % len(self.people)]
                ACTS[act](self, people, pc, one, two)

    def _add(self, pc: Pc, which: int) -> None:
        place = Destination(org_unit_id=self.unit)
        new = NewPerson(number=f"E-{len(self.people)}", name=f"Name {which % 3}", place=place)
        person = People(pc.opened.site).add(ACTOR, new)
        self.people.append(person)
        with pc.opened.site.read() as session:
            for row in session.scalars(
                sa.select(PlacementRow).where(PlacementRow.person_id == person)
            ):
                self.written[row.id] = person

    def give_account(self, _people: People, pc: Pc, one: PersonId, _two: PersonId) -> None:
        """Let somebody sign in."""
        accounts = SignIn(pc.opened.site).accounts
        with pc.opened.site.read() as session:
            has = session.scalar(sa.select(AccountRow.id).where(AccountRow.person_id == one))
            is_here = session.get(PersonRow, one) is not None
        if has is None and is_here:
            accounts.give_account(ACTOR, one)
            self.accounts += 1

    def merge(self, people: People, _pc: Pc, one: PersonId, two: PersonId) -> None:
        """Say that two are one."""
        people.merging.merge(ACTOR, one, two, "Looks it")

    def part(self, people: People, _pc: Pc, one: PersonId, _two: PersonId) -> None:
        """Say that they are not."""
        people.merging.undo(ACTOR, one, "Looked again")

    def edit(self, people: People, pc: Pc, one: PersonId, two: PersonId) -> None:
        """Correct a name, of whoever is shown."""
        with pc.opened.site.read() as session:
            is_here = session.get(PersonRow, one) is not None
        if is_here:
            people.edit(ACTOR, one, PersonChange(name=f"Name {two}"))

    def _send(self, sender: Pc, reader: Pc) -> None:
        outcome = reader.take(sender.send(self.stick, reader))
        assert outcome.troubles == []
        with reader.opened.site.transaction(ACTOR, "test.settle") as unit:
            rebuild_reach(unit)
            rebuild_listing(unit)

    def meet(self) -> None:
        """Let everybody have everything."""
        for sender, reader in [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2)]:
            self._send(self.pcs[sender], self.pcs[reader])


ACTS: dict[str, Callable[[Plant, People, Pc, PersonId, PersonId], None]] = {
    EDIT: Plant.edit,
    ACCOUNT: Plant.give_account,
    MERGE: Plant.merge,
    PART: Plant.part,
}


def everybody(pc: Pc, model: type[PersonRow] | type[AccountRow]) -> set[UUID]:
    with pc.opened.site.read() as session:
        return {*session.scalars(sa.select(model.id)), *(o.id for o in rows_aside(session, model))}


def check(plant: Plant) -> None:
    plant.meet()
    told = [without_files(tables(pc)) for pc in plant.pcs]
    assert told[0] == told[1] == told[2]
    for pc in plant.pcs:
        assert everybody(pc, PersonRow) == set(plant.people)
        assert len(everybody(pc, AccountRow)) == plant.accounts


def without_files(told: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Leave out what each PC noted of the last files, which the others have not got yet."""
    return {name: rows for name, rows in told.items() if name not in {"sent_file", "saved_file"}}


@pytest.fixture
def make_plant(tmp_path: Path) -> Iterator[Callable[[], Plant]]:
    made: list[Plant] = []

    def make() -> Plant:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Plant(folder, TurnedClock()))
        return made[-1]

    yield make
    for plant in made:
        for pc in plant.pcs:
            pc.opened.site.close()


@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(  # both say who stays, each the other one; then one PC parts them and a third edits
    history=[
        (0, ADD, 0, 0), (0, ADD, 1, 0), (0, ACCOUNT, 0, 0), (0, ACCOUNT, 1, 0),
        (0, SEND, 0, 0), (0, SEND, 1, 0), (1, MERGE, 0, 1), (2, MERGE, 1, 0),
        (1, SEND, 0, 0), (0, EDIT, 0, 9), (0, PART, 1, 0), (2, SEND, 0, 0),
    ]
)  # fmt: skip
@given(history=st.lists(steps, min_size=8, max_size=24))
def test_everybody_ends_with_the_same_people_and_an_undo_puts_all_back(
    make_plant: Callable[[], Plant], history: list[Step]
) -> None:
    plant = make_plant()
    for step in [(0, ADD, 0, 0), (1, ADD, 1, 0), (2, ADD, 0, 0), *history]:
        plant.do(step)
    check(plant)

    part_all(plant)
    check(plant)

    for pc in plant.pcs:
        with pc.opened.site.read() as session:
            placed = {row.id: row.person_id for row in session.scalars(sa.select(PlacementRow))}
            assert rows_aside(session, PersonRow) == ()
        assert placed == plant.written
        assert is_sound(pc)


def part_all(plant: Plant) -> None:
    merging = People(plant.pcs[0].opened.site).merging
    while merged := merging.merged(ACTOR):
        merging.undo(ACTOR, merged[0].id, "All of it")


def test_two_decisions_that_contradict_wait_for_a_third(make_plant: Callable[[], Plant]) -> None:
    plant = make_plant()
    for step in [(0, ADD, 0, 0), (0, ADD, 0, 0), (0, SEND, 0, 0), (0, SEND, 1, 0)]:
        plant.do(step)
    one, two = plant.people
    plant.do((1, MERGE, 0, 1))
    plant.do((2, MERGE, 1, 0))
    plant.meet()
    pc = plant.pcs[0]
    assert {(found.table, found.column) for found in pc.sync.conflicts(ACTOR)} == {
        ("person", "merged_as_id")
    }
    assert shown_at(pc) == {two}

    for conflict in pc.sync.conflicts(ACTOR):
        value = next(value for value in conflict.values if value.value == one)
        pc.sync.decide(ACTOR, conflict, value, "The first was right")

    assert pc.sync.conflicts(ACTOR) == ()
    check(plant)
    assert [shown_at(each) for each in plant.pcs] == [{one}] * 3


def test_one_decision_made_twice_is_no_conflict(make_plant: Callable[[], Plant]) -> None:
    plant = make_plant()
    for step in [(0, ADD, 0, 0), (0, ADD, 0, 0), (0, SEND, 0, 0), (0, SEND, 1, 0)]:
        plant.do(step)

    plant.do((1, MERGE, 0, 1))
    plant.do((2, MERGE, 0, 1))

    check(plant)
    assert all(pc.sync.conflicts(ACTOR) == () for pc in plant.pcs)


def shown_at(pc: Pc) -> set[UUID]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(PersonRow.id)))
