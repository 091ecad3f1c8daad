"""Reports of positions become stretches: short, touching, and never across a leap."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.learning import WatchedIntervals
from app.ui.learning.players.watching import TICK_MS, Watching


def test_playing_is_told_second_by_second_and_the_rest_at_a_pause():
    told: list[tuple[int, int]] = []
    watching = Watching(lambda start, end: told.append((start, end)))
    watching.jump(500)
    for position in (900, 1_499, 1_500, 2_100):
        watching.move(position)
    assert told == [(500, 1_500)]
    watching.flush()
    assert told == [(500, 1_500), (1_500, 2_100)]


def test_a_jump_is_not_playing():
    told: list[tuple[int, int]] = []
    watching = Watching(lambda start, end: told.append((start, end)))
    watching.move(400)
    watching.jump(9_000)
    watching.move(9_300)
    watching.flush()
    assert told == [(0, 400), (9_000, 9_300)]


def test_a_leap_between_two_reports_is_not_counted():
    told: list[tuple[int, int]] = []
    watching = Watching(lambda start, end: told.append((start, end)))
    watching.move(400)
    watching.move(60_000)
    watching.move(60_200)
    watching.flush()
    assert told == [(0, 400), (60_000, 60_200)]


@given(st.lists(st.integers(1, 2_500)))
def test_one_run_makes_one_stretch_told_in_parts_of_a_second_at_most(steps):
    told: list[tuple[int, int]] = []
    watching = Watching(lambda start, end: told.append((start, end)))
    position = 0
    for step in steps:
        position += step
        watching.move(position)
    watching.flush()
    assert all(end - start <= TICK_MS for start, end in told)
    assert WatchedIntervals.of(told) == WatchedIntervals.of([(0, position)])
