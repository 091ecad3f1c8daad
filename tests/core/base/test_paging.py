"""Lists that are at hand whole: searched and cut as those from the database are."""

import pytest

from app.core.base.paging import Page, PageRequest, has_words


def test_a_stretch_is_cut_out_and_the_whole_is_counted() -> None:
    page = Page.cut("abcde", PageRequest(offset=1, limit=2))
    assert page == Page(rows=("b", "c"), total=5)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", True), ("FIRE", True), ("safe fire", True), ("fire water", False), ("  ", True)],
)
def test_every_word_of_a_search_has_to_stand_in_the_row(text: str, found: bool) -> None:
    assert has_words("F-01 Fire safety", text) is found
