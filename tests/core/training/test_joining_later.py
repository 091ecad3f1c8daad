"""Nothing is due before somebody joins, whoever asked for it and however often HR puts the day off."""

from datetime import date
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.people import People, PersonChange, PersonId
from app.core.training import AssignmentEvent, DueRule
from app.core.training.assignments import State
from app.core.training.enrolment import All, Between
from tests.core.training.asked import (
    DAY,
    IN_FINANCE,
    TODAY,
    Add,
    assigned,
    days_begin,
    newest,
    required,
    ruled,
)
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School


@pytest.fixture
def fork(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return required(school, meera, due_rule=DueRule.AFTER_JOINING, due_days=7, grace_days=2)


def joins(people: People, person: UUID, on: date) -> None:
    change = PersonChange(joined_on=on)
    people.edit(SYSTEM, PersonId(person), change, "HR corrects it")


def test_a_joining_that_is_put_off_puts_off_what_is_due_and_back_again(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, site: Site
) -> None:
    asha = add("E-1", joined_on=TODAY)
    ruled(school, meera, fork)
    assert newest(school, meera, asha).due_on == TODAY + 7 * DAY
    for on, due in ((10, 17), (20, 27), (400, 407), (3, 10), (0, 7)):
        joins(people, asha, TODAY + on * DAY)
        one = newest(school, meera, asha)
        assert (one.due_on, one.late_after) == (TODAY + due * DAY, TODAY + (due + 2) * DAY)
    acts = school.training.assignments.detail(meera, newest(school, meera, asha).id).acts
    assert {act.event for act in acts} == {AssignmentEvent.DUE_MOVED}
    assert acts[0].reason == "Joins on 3 Dec 2026"
    assert verified(site)


def test_a_day_that_absences_made_of_it_is_not_taken_back_by_a_change_of_the_person(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, clock: TurnedClock
) -> None:
    asha = add("E-1", joined_on=TODAY)
    ruled(school, meera, fork)
    joins(people, asha, TODAY + 2 * DAY)
    absences = school.training.assignments.absences
    absences.note(meera, asha, TODAY + 3 * DAY, TODAY + 8 * DAY, "Illness")
    days_begin(school, clock, 8)
    assert newest(school, meera, asha).due_on == TODAY + 14 * DAY
    people.edit(SYSTEM, PersonId(asha), PersonChange(shift="Night"), "Moved")
    assert newest(school, meera, asha).due_on == TODAY + 14 * DAY


def test_who_is_asked_by_hand_before_joining_has_the_days_from_then_on(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, clock: TurnedClock
) -> None:
    required(school, meera, "WELD")
    asha, ravi = add("E-1", joined_on=TODAY + 30 * DAY), add("E-2", joined_on=TODAY)
    for code, due in (("FORK", TODAY + 3 * DAY), ("WELD", None)):
        assigned(school, meera, code, "E-1", "E-2", due=due)
    found = {
        (person, one.code): one.due_on
        for person in (asha, ravi)
        for one in school.training.assignments.of_person(meera, person)
    }
    assert found == {
        (asha, "FORK"): TODAY + 33 * DAY,
        (ravi, "FORK"): TODAY + 3 * DAY,
        (asha, "WELD"): TODAY + 35 * DAY,
        (ravi, "WELD"): TODAY + 5 * DAY,
    }
    days_begin(school, clock, 10, step=5)
    mine = school.training.assignments.of_person(meera, asha)
    assert not any(one.stands.is_overdue for one in mine)

    joins(people, ravi, TODAY + 60 * DAY)  # what was said has as many days as it had
    assert {one.due_on for one in school.training.assignments.of_person(meera, ravi)} == {
        TODAY + 67 * DAY,
        TODAY + 65 * DAY,
    }


def test_an_absence_without_an_end_is_over_for_who_left_and_joins_again(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, clock: TurnedClock
) -> None:
    asha = PersonId(add("E-1", joined_on=date(2020, 1, 1)))
    ruled(school, meera, fork)
    absences = school.training.assignments.absences
    absences.note(meera, asha, TODAY, None, "Illness")
    days_begin(school, clock, 5, step=5)
    people.leave(SYSTEM, asha, TODAY + 5 * DAY)
    days_begin(school, clock, 30, step=10)
    people.rejoin(SYSTEM, asha)

    again = newest(school, meera, asha)
    assert (again.stands.state, again.due_on) == (State.ASSIGNED, TODAY + 42 * DAY)
    (absence,) = absences.of_person(meera, asha)
    assert (absence.to_on, absence.is_over) == (TODAY + 35 * DAY, True)
    days_begin(school, clock, 10, step=5)
    assert newest(school, meera, asha).stands.is_overdue


def test_an_absence_lasts_for_who_was_put_out_by_mistake_and_is_back_on_the_day(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, clock: TurnedClock
) -> None:
    asha = PersonId(add("E-1", joined_on=date(2020, 1, 1)))
    ruled(school, meera, fork)
    school.training.assignments.absences.note(meera, asha, TODAY, None, "Illness")
    days_begin(school, clock, 2)
    people.leave(SYSTEM, asha, TODAY + 2 * DAY)
    people.rejoin(SYSTEM, asha)
    assert newest(school, meera, asha).stands.state is State.PAUSED


def test_who_is_taken_back_by_hand_is_a_new_joiner_too(
    school: School, meera: Actor, add: Add, fork: UUID, people: People, clock: TurnedClock
) -> None:
    asha = PersonId(add("E-1", joined_on=date(2020, 1, 1)))
    since = Between("joined_on", first=TODAY)
    ruled(school, meera, fork, condition=All((IN_FINANCE, since)))
    people.leave(SYSTEM, asha, TODAY)
    assert school.training.assignments.of_person(meera, asha) == ()
    days_begin(school, clock, 60, step=20)
    people.rejoin(SYSTEM, asha)
    assert newest(school, meera, asha).due_on == TODAY + 67 * DAY
