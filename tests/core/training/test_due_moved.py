"""Somebody lets what is open be due on another day: it is kept who, when, why and what it was."""

import pytest

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.training import AssignmentEvent, NotOpen, ReasonNeeded, TrainingRefused
from tests.core.training.asked import (
    DAY,
    TODAY,
    Add,
    assigned,
    days_begin,
    newest,
    proved,
    required,
)
from tests.core.training.conftest import verified
from tests.support.clock import TurnedClock
from tests.support.teaching import School


def test_an_open_assignment_is_due_sooner_or_later_and_a_look_back_tells_what_it_was(
    school: School, meera: Actor, add: Add, clock: TurnedClock, site: Site
) -> None:
    asha, acts = add("E-1"), school.training.assignments
    fork = required(school, meera, due_days=30, grace_days=2)
    assigned(school, meera, "FORK", "E-1")
    assert assigned(school, meera, "FORK", "E-1", due=TODAY + 3 * DAY) == 0
    one = newest(school, meera, asha)
    days_begin(school, clock, 1)
    acts.move_due(meera, one.id, TODAY + 3 * DAY, "Customer audit")
    moved = newest(school, meera, asha)
    assert (moved.due_on, moved.late_after) == (TODAY + 3 * DAY, TODAY + 5 * DAY)
    (act,) = acts.detail(meera, one.id).acts
    assert (act.event, act.by_name, act.reason, act.until_on) == (
        AssignmentEvent.DUE_MOVED,
        "Meera Iyer",
        "Customer audit",
        TODAY + 3 * DAY,
    )
    (then,) = acts.of_person(meera, asha, TODAY)
    assert (then.due_on, then.late_after) == (TODAY + 30 * DAY, TODAY + 32 * DAY)
    days_begin(school, clock, 5)
    assert newest(school, meera, asha).stands.is_overdue
    acts.move_due(meera, one.id, TODAY + 60 * DAY, "The audit is put off")
    assert not newest(school, meera, asha).stands.is_overdue

    with pytest.raises(ReasonNeeded):
        acts.move_due(meera, one.id, TODAY + 70 * DAY, " ")
    with pytest.raises(TrainingRefused, match="That day is over"):
        acts.move_due(meera, one.id, TODAY, "Late")
    proved(school, meera, asha, fork)
    with pytest.raises(NotOpen):
        acts.move_due(meera, one.id, TODAY + 70 * DAY, "Done already")
    assert verified(site)
