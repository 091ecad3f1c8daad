"""Percentages and the shares that they mean."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.formats.shares import even_shares, percent_of, share_of


@pytest.mark.parametrize(
    ("percent", "share"),
    [
        ("50", "1/2"),
        ("33.33333", "1/3"),
        ("66.67", "2/3"),
        ("-16.66667", "-1/6"),
        ("12.5", "1/8"),
        ("33", "33/100"),
        ("33.3", "333/1000"),
        ("0", "0"),
        ("-100", "-1"),
    ],
)
def test_a_percentage_means_a_share(percent: str, share: str) -> None:
    assert share_of(Decimal(percent)) == Fraction(share)


@pytest.mark.parametrize(
    ("percents", "shares"),
    [
        (("33", "33", "33", "-100"), ("1/3", "1/3", "1/3", "-1")),
        (("50", "50"), ("1/2", "1/2")),
        (("30", "30", "30"), ("3/10", "3/10", "3/10")),
        (("33.33333", "33.33333", "33.33333"), ("1/3", "1/3", "1/3")),
        (("60", "40"), ("3/5", "2/5")),
        (("0", "-50"), ("0", "-1/2")),
    ],
)
def test_equal_shares_that_miss_the_whole_by_rounding_share_it(
    percents: tuple[str, ...], shares: tuple[str, ...]
) -> None:
    expected = tuple(Fraction(share) for share in shares)
    assert even_shares([Decimal(percent) for percent in percents]) == expected


@given(st.fractions(-1, 1, max_denominator=10))
def test_a_share_of_small_parts_survives(share: Fraction) -> None:
    assert share_of(Decimal(percent_of(share))) == share
