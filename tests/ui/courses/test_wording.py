"""Lessons are worded the same wherever authors see them."""

from fractions import Fraction

import pytest

from app.core.courses import CompletionRule, lesson_kind
from app.ui.courses.wording import rule_words


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Fraction(9, 10), "done at 90%"),
        (Fraction(925, 1000), "done at 92.5%"),
        (Fraction(1), ""),
    ],
)
def test_a_share_is_told_to_a_tenth(share: Fraction, told: str) -> None:
    assert rule_words(lesson_kind("video"), CompletionRule(share=share)) == told
