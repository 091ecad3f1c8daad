"""A rule that would suddenly reach many waits for somebody, and says so until that somebody has looked."""

from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.people import People
from app.core.people.imports import ImportWish
from app.core.spreadsheets import GivenFile
from app.core.training import DueRule
from app.core.training.assignments import State
from tests.core.training.asked import DAY, TODAY, Add, days_begin, newest, required, ruled
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.teaching import School

HEADINGS = "Employee Number,Name,Department,Date of Joining\n"


@pytest.fixture
def gst(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return required(school, meera, "GST", due_rule=DueRule.AFTER_JOINING, due_days=1)


def imported(people: People, count: int, joined_on: str) -> None:
    lines = "".join(f"N-{one},Person {one},FIN,{joined_on}\n" for one in range(count))
    file = GivenFile(name="hr.csv", content=(HEADINGS + lines).encode())
    plan = people.imports.look(SYSTEM, people.imports.read(SYSTEM, [file]), ImportWish())
    people.imports.apply(SYSTEM, plan)


def test_a_new_day_tells_the_rule_it_held_back_until_somebody_runs_it(
    school: School, meera: Actor, add: Add, gst: UUID, clock: TurnedClock, people: People
) -> None:
    rules, asha = school.training.enrolment, add("E-1")
    rule = ruled(school, meera, gst)
    imported(people, 60, f"{TODAY + DAY}")
    assert rules.held_back(meera) == ()
    days_begin(school, clock, 1)
    assert rules.held_back(meera) == ("Rule FIN",)
    assert [one.is_held_back for one in rules.rules(meera)] == [True]
    days_begin(school, clock, 1)
    assert rules.held_back(meera) == ("Rule FIN",)

    assert rules.run(meera, rule, confirmed=60).assigned == 60
    assert rules.held_back(meera) == ()
    assert newest(school, meera, people.find(SYSTEM, "N-7").id).stands.state is State.ASSIGNED
    days_begin(school, clock, 1)
    assert rules.held_back(meera) == ()
    assert newest(school, meera, asha).stands.state is State.ASSIGNED


def test_an_import_of_many_tells_the_rule_it_held_back_until_it_is_switched_off(
    school: School, meera: Actor, add: Add, gst: UUID, people: People
) -> None:
    add("E-1")
    rules, rule = school.training.enrolment, ruled(school, meera, gst)
    imported(people, 501, f"{TODAY}")
    assert rules.held_back(meera) == ("Rule FIN",)
    rules.switch_off(meera, rule)
    assert rules.held_back(meera) == ()
