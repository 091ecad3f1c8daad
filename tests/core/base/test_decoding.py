"""Which Unicode encoding bytes are in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.decoding import unicode_encoding, with_line_feeds

LETTERS = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufeff")
)


@given(LETTERS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_comes_back_whatever_it_was_written_in(text: str, encoding: str) -> None:
    found = unicode_encoding(text.encode(encoding))

    assert found is not None
    assert text.encode(encoding).decode(found) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Is the valve shut?", "वाल्व बंद है या नहीं, यह देखो"])
def test_zeros_tell_utf_16_without_a_mark(text: str, encoding: str) -> None:
    assert unicode_encoding(text.encode(encoding)) == encoding


def test_a_code_page_is_not_taken_for_unicode() -> None:
    assert unicode_encoding("Où est né l'élève ?".encode("cp1252")) is None


def test_one_zero_in_a_long_text_does_not_make_it_utf_16() -> None:
    assert unicode_encoding(b"a valve, " * 100 + b"\0") == "utf-8"


def test_every_line_end_becomes_a_line_feed() -> None:
    assert with_line_feeds("a\r\nb\rc\n\r") == "a\nb\nc\n\n"
