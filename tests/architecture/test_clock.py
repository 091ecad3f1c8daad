"""The clock that tests turn behaves like a PC's."""

from datetime import timedelta

import pytest

from app.core.base.clock import Clock
from tests.support.clock import SOME_MORNING, TurnedClock


def test_turning_moves_both_times(clock: TurnedClock) -> None:
    start = clock.monotonic()

    clock.turn(timedelta(minutes=5))

    assert clock.now() - SOME_MORNING == timedelta(minutes=5)
    assert clock.monotonic() - start == pytest.approx(300)


def test_a_wall_clock_set_back_leaves_the_other(clock: TurnedClock) -> None:
    start = clock.monotonic()

    clock.set_wall(SOME_MORNING - timedelta(days=3))

    assert clock.now() < SOME_MORNING
    assert clock.monotonic() == start


def test_it_is_a_clock(clock: Clock) -> None:
    assert clock.now().utcoffset() == timedelta(0)
