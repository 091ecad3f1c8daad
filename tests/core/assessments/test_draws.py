"""Draws that come out the same for ever."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.draws import Draws, new_seed

FIRST_NUMBERS = [135, 382, 348, 654, 22, 969, 151, 656]
FIRST_ORDER = "ahedfcbg"
FIRST_SAMPLE = (8, 10, 22, 35, 54)


def test_the_stream_is_the_one_documented() -> None:
    draws = Draws(42, "options/x")
    assert [draws.below(1000) for _ in range(8)] == FIRST_NUMBERS
    assert Draws(7, "draw/0").shuffled("abcdefgh") == tuple(FIRST_ORDER)
    assert Draws(-1, "draw/0").sample(range(100), 5) == FIRST_SAMPLE


def test_another_label_or_seed_is_another_stream() -> None:
    streams = {Draws(seed, label).shuffled(range(30)) for seed in (1, 2) for label in ("a", "b")}
    assert len(streams) == 4


def test_every_order_is_as_likely() -> None:
    counts = Counter(Draws(seed, "fair").shuffled("abc") for seed in range(6000))
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())


@given(st.integers(-(2**63), 2**63 - 1), st.lists(st.integers(), max_size=30), st.data())
def test_a_sample_keeps_the_order_it_found(
    seed: int, items: list[int], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(items)))
    places = Draws(seed, "x").sample(range(len(items)), count)
    assert len(places) == count
    assert list(places) == sorted(set(places))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        Draws(1, "x").below(0)
    with pytest.raises(ValueError, match="cannot draw 3 of 2"):
        Draws(1, "x").sample("ab", 3)


def test_a_seed_fits_a_database() -> None:
    assert all(0 <= new_seed() < 2**63 for _ in range(50))
