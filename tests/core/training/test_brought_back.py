"""A retired requirement that is brought back is asked again of who had it: once, and not of who holds it."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.people import People, PersonId
from app.core.training import Source, asked_in_words, had_in_words
from app.core.training.assignments import State
from tests.core.training.asked import (
    DAY,
    TODAY,
    Add,
    assigned,
    cycles,
    days_begin,
    newest,
    proved,
    required,
    ruled,
    states,
)
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School


@pytest.fixture
def fork(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return required(school, meera)


def test_who_had_it_when_it_ended_has_the_next_cycle_due_by_its_terms(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, site: Site
) -> None:
    asha, ravi, gone, off = (add(f"E-{one}") for one in (1, 2, 3, 4))
    assigned(school, meera, "FORK", "E-1", "E-3", "E-4")
    acts, catalogue = school.training.assignments, school.training.catalogue
    acts.cancel(meera, newest(school, meera, off).id, "Drives no more")
    clock.turn(timedelta(hours=1))
    catalogue.retire(meera, fork, TODAY, "No forklifts")
    people = People(site)
    people.leave(SYSTEM, PersonId(gone), on=TODAY)
    days_begin(school, clock, 30, step=10)

    assert school.training.brought_back.would_ask(meera, fork) == 1
    assert "1 person had it when it ended" in had_in_words(1)
    asked = catalogue.bring_back(meera, fork, "Forklifts again")
    assert asked == 1
    assert asked_in_words(asked) == "It can be assigned again. 1 person has it to do."
    again = newest(school, meera, asha)
    assert (again.cycle, again.stands.state) == (2, State.ASSIGNED)
    assert again.due_on == TODAY + 35 * DAY
    assert acts.detail(meera, again.id).why.origin == "Asked for again: Drives"
    assert states(school, meera, ravi) == []
    assert states(school, meera, gone) == [State.CANCELLED]
    assert states(school, meera, off) == [State.CANCELLED]

    days_begin(school, clock, 2)
    catalogue.retire(meera, fork, clock.now().date(), "Again none")
    assert catalogue.bring_back(meera, fork, "By mistake") == 1
    assert [one.cycle for one in cycles(school, meera, asha)] == [1, 2, 3]
    assert verified(site)


def test_who_holds_it_is_asked_nothing_and_who_held_it_is(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock, site: Site
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    assigned(school, meera, "FORK", "E-1", "E-2")
    proved(school, meera, ravi, fork)
    school.training.catalogue.retire(meera, fork, TODAY + 10 * DAY, "No forklifts")
    days_begin(school, clock, 12, step=6)
    proved(school, meera, asha, fork, TODAY + 11 * DAY)
    assert school.training.catalogue.bring_back(meera, fork, "x") == 0
    assert states(school, meera, asha) == [State.CANCELLED, State.COMPLETED]
    assert states(school, meera, ravi) == [State.COMPLETED]

    day = clock.now().date()
    school.training.catalogue.retire(meera, fork, day, "None again")
    days_begin(school, clock, 400, step=100)
    assert states(school, meera, ravi) == [State.COMPLETED, State.CANCELLED]
    assert school.training.catalogue.bring_back(meera, fork, "x") == 2
    again = newest(school, meera, ravi)
    assert (again.stands.state, again.source) == (State.ASSIGNED, Source.MANUAL)
    days_begin(school, clock, 1)
    assert len(cycles(school, meera, ravi)) == 3
    assert verified(site)


def test_a_waiver_outlasts_retiring_and_coming_back(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    assigned(school, meera, "FORK", "E-1")
    one = newest(school, meera, asha)
    school.training.assignments.waivers.waive(meera, one.id, until_on=None, reason="Medical")
    school.training.catalogue.retire(meera, fork, TODAY, "No forklifts")
    clock.turn(DAY)
    school.training.catalogue.bring_back(meera, fork, "x")
    assert states(school, meera, asha) == [State.CANCELLED, State.WAIVED]


def test_rules_give_it_again_as_they_ask_now(
    school: School, meera: Actor, add: Add, fork: UUID, clock: TurnedClock
) -> None:
    asha, ravi = add("E-1"), add("E-2")
    ruled(school, meera, fork)
    clock.turn(DAY)
    school.training.begin_day(SYSTEM)
    assert newest(school, meera, asha).source is Source.RULE
    school.training.catalogue.retire(meera, fork, clock.now().date(), "No forklifts")
    days_begin(school, clock, 3)
    assert school.training.catalogue.bring_back(meera, fork, "x") == 2
    for person in (asha, ravi):
        again = newest(school, meera, person)
        assert (again.cycle, again.source) == (2, Source.RULE)
    days_begin(school, clock, 2)
    assert [one.cycle for one in cycles(school, meera, asha)] == [1, 2]
