"""What is valid up to one day for all: when that is over people are asked again, and somebody is told."""

from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.training import Source, Terms, TrainingRefused, Validity
from app.core.training.assignments import State
from app.core.training.requirements import RequirementChange
from tests.core.training.asked import (
    DAY,
    TODAY,
    Add,
    assigned,
    days_begin,
    newest,
    proved,
    required,
    states,
)
from tests.support.clock import TurnedClock
from tests.support.teaching import School

LAST = TODAY + 40 * DAY


@pytest.fixture
def licence(school: School, meera: Actor) -> UUID:
    return required(
        school, meera, validity=Validity.UNTIL_DAY, valid_count=None, valid_until_on=LAST
    )


def test_from_the_day_after_the_last_who_held_it_is_asked_again(
    school: School, meera: Actor, add: Add, licence: UUID, clock: TurnedClock
) -> None:
    asha = add("E-1")
    assigned(school, meera, "FORK", "E-1")
    proved(school, meera, asha, licence)
    days_begin(school, clock, 40, step=8)
    assert states(school, meera, asha) == [State.COMPLETED]
    days_begin(school, clock, 1)
    again = newest(school, meera, asha)
    assert (again.source, again.stands.state, again.due_on) == (
        Source.RENEWAL,
        State.ASSIGNED,
        LAST + DAY,
    )
    days_begin(school, clock, 2)
    overdue = PageRequest(filters=(("overdue", "yes"),))
    assert school.training.assignments.page(meera, overdue).total == 1
    assert len(states(school, meera, asha)) == 2

    with pytest.raises(TrainingRefused, match="valid until 2 Jan 2027 only"):
        proved(school, meera, asha, licence, LAST + 2 * DAY)
    proved(school, meera, asha, licence, LAST)  # for the record, it holds no more either
    assert newest(school, meera, asha).stands.state is State.ASSIGNED
    say_last_day(school, meera, licence, LAST + 3 * DAY, LAST + 300 * DAY)
    proved(school, meera, asha, licence, LAST + 3 * DAY)
    assert newest(school, meera, asha).stands.state is State.COMPLETED


def say_last_day(
    school: School, meera: Actor, licence: UUID, from_on: object, last: object
) -> None:
    terms = Terms(from_on=from_on, validity=Validity.UNTIL_DAY, valid_until_on=last)  # type: ignore[arg-type]  # days of a test
    school.training.catalogue.change(meera, licence, RequirementChange(terms=terms), reason="2027")


def test_that_a_last_day_nears_is_told_until_a_later_one_is_said(
    school: School, meera: Actor, licence: UUID, clock: TurnedClock
) -> None:
    catalogue = school.training.catalogue

    def told() -> tuple[tuple[str, ...], object]:
        (one,) = catalogue.all(meera)
        return catalogue.lacking_last_day(meera), one.last_day

    assert told() == ((), None)
    clock.turn(10 * DAY)
    assert told() == (("Licence FORK",), LAST)
    clock.turn(60 * DAY)
    assert told() == (("Licence FORK",), LAST)
    say_last_day(school, meera, licence, TODAY + 70 * DAY, TODAY + 400 * DAY)
    assert told() == ((), None)
    clock.turn(320 * DAY)
    say_last_day(school, meera, licence, TODAY + 401 * DAY, TODAY + 800 * DAY)
    assert told() == ((), None)  # said in time


def test_what_is_retired_needs_no_last_day(
    school: School, meera: Actor, licence: UUID, clock: TurnedClock
) -> None:
    clock.turn(20 * DAY)
    school.training.catalogue.retire(meera, licence, TODAY + 20 * DAY, "Asked for no more")
    assert school.training.catalogue.lacking_last_day(meera) == ()
