"""What of a recording was watched: unions that come out the same in whatever order they arrive."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.learning.intervals import WatchedIntervals

moments = st.integers(min_value=0, max_value=3_000)
stretches = st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair)))
stretch_lists = st.lists(stretches, max_size=12)
viewings = stretch_lists.map(WatchedIntervals.of)


def moments_in(stretch_list: list[tuple[int, int]]) -> set[int]:
    return {moment for start, end in stretch_list for moment in range(start, end)}


@given(stretch_lists)
def test_a_union_holds_exactly_the_moments_of_its_stretches(stretch_list):
    viewing = WatchedIntervals.of(stretch_list)
    expected = moments_in(stretch_list)
    assert moments_in(list(viewing.spans)) == expected
    assert viewing.total == len(expected)
    assert all(viewing.contains(moment) == (moment in expected) for moment in range(0, 3_001, 97))


@given(stretch_lists, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(stretch_list, chance):
    shuffled = list(stretch_list)
    chance.shuffle(shuffled)
    one_by_one = WatchedIntervals()
    for start, end in shuffled:
        one_by_one = one_by_one.add(start, end)
    assert one_by_one == WatchedIntervals.of(stretch_list)


@given(viewings, viewings, viewings)
def test_merging_is_commutative_associative_and_idempotent(one, other, third):
    assert one.merge(other) == other.merge(one)
    assert one.merge(other).merge(third) == one.merge(other.merge(third))
    assert one.merge(one) == one


@given(viewings, stretches, st.integers(min_value=1, max_value=4_000))
def test_watching_more_never_takes_anything_away(viewing, stretch, duration):
    more = viewing.add(*stretch)
    assert more.total >= viewing.total
    assert more.share(duration) >= viewing.share(duration)


@given(viewings, st.integers(min_value=-5, max_value=4_000))
def test_a_share_lies_between_nothing_and_all(viewing, duration):
    assert 0 <= viewing.share(duration) <= 1


@given(viewings)
def test_what_is_stored_comes_back(viewing):
    assert WatchedIntervals.from_json(viewing.to_json()) == viewing
    assert WatchedIntervals.from_bytes(viewing.to_bytes()) == viewing


@given(st.binary(max_size=60))
def test_foreign_bytes_are_read_or_refused_never_anything_else(untrusted_bytes):
    try:
        viewing = WatchedIntervals.from_bytes(untrusted_bytes)
    except ValueError:
        return
    assert WatchedIntervals.from_bytes(viewing.to_bytes()) == viewing


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "[[1,2,3]]", "[[5,2]]", "[[-1,2]]", "[[0,true]]", "[[0,1.5]]", "nonsense"]
)
def test_text_that_is_no_viewing_is_refused(text):
    with pytest.raises(ValueError):
        WatchedIntervals.from_json(text)


def test_stretches_that_touch_become_one():
    assert WatchedIntervals.of([(500, 900), (0, 500)]).spans == ((0, 900),)


def test_a_share_counts_each_moment_once_and_none_past_the_end():
    viewing = WatchedIntervals.of([(0, 600), (300, 900), (2_000, 5_000)])
    assert viewing.share(3_000) == Fraction(1_900, 3_000)


def test_the_stored_bytes_of_an_hour_in_one_go_are_few():
    assert len(WatchedIntervals.of([(0, 3_600_000)]).to_bytes()) <= 5


@pytest.mark.parametrize("spans", [((5, 5),), ((-1, 3),), ((0, 5), (5, 9)), ((7, 9), (0, 2))])
def test_a_form_that_is_not_normal_is_refused(spans):
    with pytest.raises(ValueError):
        WatchedIntervals(spans)
