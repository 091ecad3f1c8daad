"""The first-view lock: back at will, forward only where the learner has been."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.learning.intervals import WatchedIntervals
from app.core.learning.seek_rule import TOLERANCE_MS, allowed_position

positions = st.integers(min_value=-10, max_value=20_000)
viewings = st.lists(
    st.tuples(st.integers(0, 9_000), st.integers(0, 9_000)).map(lambda pair: (min(pair), max(pair)))
).map(WatchedIntervals.of)


def test_going_back_is_always_allowed():
    assert allowed_position(200, WatchedIntervals.of([(0, 5_000)]), unlocked=False) == 200


def test_a_jump_past_the_watched_part_lands_on_its_end():
    assert allowed_position(60_000, WatchedIntervals.of([(0, 5_000)]), unlocked=False) == 5_000


def test_a_jump_just_past_the_watched_part_is_within_the_tolerance():
    viewing = WatchedIntervals.of([(0, 5_000)])
    assert allowed_position(5_000 + TOLERANCE_MS, viewing, unlocked=False) == 5_000 + TOLERANCE_MS
    assert allowed_position(5_001 + TOLERANCE_MS, viewing, unlocked=False) == 5_000


def test_a_part_watched_further_on_may_be_visited_again():
    viewing = WatchedIntervals.of([(0, 5_000), (60_000, 70_000)])
    assert allowed_position(65_000, viewing, unlocked=False) == 65_000
    assert allowed_position(30_000, viewing, unlocked=False) == 5_000


def test_after_completion_every_jump_is_free():
    assert allowed_position(60_000, WatchedIntervals(), unlocked=True) == 60_000


@given(positions, viewings)
def test_a_locked_jump_never_lands_beyond_the_request_or_the_watched_part(requested, viewing):
    landed = allowed_position(requested, viewing, unlocked=False)
    assert 0 <= landed <= max(requested, 0)
    reach = max((end for start, end in viewing.spans if start <= landed), default=0)
    assert landed <= reach + TOLERANCE_MS


@given(positions, viewings, viewings)
def test_watching_more_never_forbids_a_place_that_was_allowed(requested, viewing, more):
    if allowed_position(requested, viewing, unlocked=False) == max(requested, 0):
        assert allowed_position(requested, viewing.merge(more), unlocked=False) == max(requested, 0)
