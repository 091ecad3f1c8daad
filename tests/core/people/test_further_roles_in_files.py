"""An HR file says what people do beside their job role: gained, lost, kept, made, taken back."""

from datetime import date, timedelta

import pytest

from app.core.base.errors import NotFound
from app.core.people import People
from app.core.people.imports import FieldChange, FileHasErrors, PeoplePlan
from app.core.people.imports.wish import ImportWish
from app.core.spreadsheets import GivenFile
from tests.core.people.conftest import SYSTEM, Plant
from tests.support.clock import TurnedClock

TODAY = date(2026, 11, 23)
HEAD = "Emp No,Name,Department,Job Title,Secondary Job Title\n"
FIRST = HEAD + 'E-7,Ravi Iyer,PRESS,Operator,"First aider; Crane driver, operator"\n'


def take(people: People, text: str) -> PeoplePlan:
    plan = people.imports.plan(SYSTEM, text.encode())
    people.imports.apply(SYSTEM, plan)
    return plan


def held(people: People) -> dict[str, tuple[date, date | None]]:
    found = people.find(SYSTEM, "E-7").further_roles
    return {one.job_role: (one.from_on, one.to_on) for one in found}


def test_a_file_gives_and_ends_further_roles_and_says_so_before(
    people: People, plant: Plant, clock: TurnedClock
) -> None:
    made = take(people, FIRST)
    assert made.new_job_roles == ("Crane driver", "First aider")
    always = (TODAY, None)
    assert held(people) == {"First aider": always, "Crane driver": always}
    assert people.imports.plan(SYSTEM, FIRST.encode()).does_nothing

    clock.turn(timedelta(days=1))
    next_day = TODAY + timedelta(days=1)
    without = "Emp No,Name,Department,Job Title\nE-7,Ravi Iyer,PRESS,Operator\n"
    assert take(people, without).does_nothing
    changed = take(people, HEAD + "E-7,Ravi Iyer,PRESS,Operator,First aider; Welder\n")
    (change,) = changed.changed[0].changes
    assert change == FieldChange(
        "further_roles", "Crane driver, First aider", "First aider, Welder"
    )
    now = {"Crane driver": (TODAY, next_day), "First aider": always, "Welder": (next_day, None)}
    assert held(people) == now

    newest = people.imports.past(SYSTEM)[0]
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, newest.deed.id))
    assert held(people) == {"First aider": always, "Crane driver": always}

    ended = take(people, HEAD + "E-7,Ravi Iyer,PRESS,Operator,\n")
    assert [one.field for one in ended.changed[0].changes] == ["further_roles"]
    assert (len(ended.changed), len(ended.moved)) == (1, 1)
    assert {to_on for _from_on, to_on in held(people).values()} == {next_day}


def test_who_is_back_in_a_file_has_what_it_says_from_that_day(
    people: People, plant: Plant, clock: TurnedClock
) -> None:
    take(people, FIRST)
    clock.turn(timedelta(days=5))
    left_on, back_on = TODAY + timedelta(days=2), TODAY + timedelta(days=5)
    people.leave(SYSTEM, people.find(SYSTEM, "E-7").id, left_on, "Went home")
    again = HEAD + "E-7,Ravi Iyer,PRESS,Operator,First aider\n"
    hr_set = people.imports.read(SYSTEM, [GivenFile(name="", content=again.encode())])
    wish = ImportWish(returning=frozenset({"E-7"}))
    people.imports.apply(SYSTEM, people.imports.look(SYSTEM, hr_set, wish))
    found = people.find(SYSTEM, "E-7").further_roles
    assert {(one.job_role, one.from_on, one.to_on) for one in found} == {
        ("First aider", TODAY, left_on),
        ("Crane driver", TODAY, left_on),
        ("First aider", back_on, None),
    }


def test_an_unknown_further_role_is_an_error_of_its_row_where_none_are_made(
    people: People, plant: Plant
) -> None:
    hr_set = people.imports.read(SYSTEM, [GivenFile(name="", content=FIRST.encode())])
    plan = people.imports.look(SYSTEM, hr_set, ImportWish(new_places=False))
    (error,) = plan.errors
    assert (error.line, error.field, error.text) == (2, "further_roles", "First aider")
    with pytest.raises(FileHasErrors):
        people.imports.apply(SYSTEM, plan)
    with pytest.raises(NotFound):
        people.find(SYSTEM, "E-7")
