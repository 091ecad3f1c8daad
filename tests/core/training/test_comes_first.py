"""What comes first: nothing meets what comes after it, whichever way it comes, and a waiver lets it pass."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.training.assignments import Assignments, State
from app.core.training.requirements import RequirementChange
from tests.core.training.conftest import verified
from tests.core.training.test_assignments import (
    TODAY,
    Add,
    certificate,
    newest,
    pass_days,
    required,
)
from tests.support.clock import TurnedClock
from tests.support.teaching import School


@pytest.fixture
def acts(school: School) -> Assignments:
    return school.training.assignments


def first(school: School, meera: Actor, after: UUID, *before: UUID) -> None:
    school.training.catalogue.change(meera, after, RequirementChange(prerequisites=before))


def test_what_stands_in_counts_once_what_comes_first_is_held(
    school: School, meera: Actor, add: Add, acts: Assignments
) -> None:
    asha = add("E-1")
    basic, loto, abroad = (required(school, meera, code) for code in ("BASIC", "LOTO", "ABROAD"))
    first(school, meera, loto, basic)
    school.training.catalogue.change(meera, loto, RequirementChange(substitutes=(abroad,)))
    acts.evidence.enter(meera, asha, abroad, certificate())
    school.training.begin_day(meera)
    blocked = newest(school, meera, asha, "LOTO")
    assert (blocked.stands.state, blocked.is_held) == (State.BLOCKED, False)
    assert newest(school, meera, asha, "ABROAD").is_held

    acts.evidence.enter(meera, asha, basic, certificate())
    assert newest(school, meera, asha, "LOTO").is_held
    assert school.training.begin_day(meera).assigned == 0
    assert verified(school.site)


def test_what_was_waived_blocks_nothing_while_the_waiver_lasts(
    school: School, meera: Actor, add: Add, acts: Assignments, clock: TurnedClock
) -> None:
    asha = add("E-1")
    basic, loto = required(school, meera, "BASIC"), required(school, meera, "LOTO")
    first(school, meera, loto, basic)

    def state(on: date | None = None) -> State:
        found = acts.of_person(meera, asha, on)
        return next(one.stands.state for one in found if one.code == "LOTO")

    assert state() is State.BLOCKED
    pass_days(clock, 2)
    mine = newest(school, meera, asha, "BASIC").id
    acts.waivers.waive(meera, mine, until_on=TODAY + timedelta(days=4), reason="Knows it")
    assert state() is State.ASSIGNED
    pass_days(clock, 3)
    assert state() is State.BLOCKED
    days = [state(TODAY + timedelta(days=day)) for day in range(6)]
    assert days == [State.BLOCKED] * 2 + [State.ASSIGNED] * 3 + [State.BLOCKED]
    acts.waivers.waive(meera, mine, until_on=None, reason="For good")
    acts.evidence.enter(meera, asha, loto, certificate())
    assert newest(school, meera, asha, "LOTO").is_held
