"""Figures as people read them."""

from app.core.base.figures import percent


def test_a_score_just_below_the_pass_mark_never_shows_as_the_pass_mark() -> None:
    assert percent(79_999, 100_000) == "79.9%"
    assert percent(2, 3) == "66.6%"
    assert percent(1, 1) == "100%"


def test_of_nothing_there_is_no_share() -> None:
    assert percent(0, 0) == "–"
