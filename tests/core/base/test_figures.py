"""How shares are worded: by one rule, whoever reads them."""

from fractions import Fraction

import pytest

from app.core.base.figures import share


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(8, 11), "72.7%"),
        (Fraction(7999, 10_000), "79.9%"),
        (Fraction(4, 5), "80%"),
        (Fraction(0), "0%"),
        (0.9996, "99.9%"),
        (1.0, "100%"),
        (0.29, "29%"),
        (0.625, "62.5%"),
    ],
)
def test_what_falls_short_never_reads_as_reached(value: Fraction | float, words: str) -> None:
    assert share(value) == words
