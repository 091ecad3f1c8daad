"""Pages set in type: whatever a cleaned page nests, it becomes sheets on which all of its words stand."""

from datetime import UTC, datetime

import pytest
from pypdfium2 import PdfDocument

from app.core.documents import set_in_type

MADE_AT = datetime(2026, 11, 23, tzinfo=UTC)


def sheets(safe_html: str) -> list[str]:
    """Return the words of each sheet of a page, spaces aside."""
    made = set_in_type(safe_html, {}, title="SOP-1", author="", made_at=MADE_AT, language="en")
    with PdfDocument(made.content) as document:
        told = ["".join(one.get_textpage().get_text_range().split()) for one in document]
    assert len(told) == made.count
    return told


@pytest.mark.parametrize(
    "safe_html",
    [
        "<ul><li>" * 60 + "word" + "</li></ul>" * 60,
        "<table>" + "<tr>" + "<td colspan=900>word</td>" * 90 + "</tr></table>",
        "<table><tr><td>" * 12 + "word" + "</td></tr></table>" * 12,
        "<td>word</table></li></ol><ol start='99999999999999'><li>word",
        "<table><tr><td rowspan=5>word<tr><td>word<tr></table>",
        "<p>" + "word" * 900 + "</p>",
        "<pre>word\n\n\tword</pre><blockquote>" * 30,
    ],
)
def test_what_is_nested_or_left_open_is_set_all_the_same(safe_html: str) -> None:
    assert "".join(sheets(safe_html)).count("w") == safe_html.count("w") - safe_html.count("row")


def test_a_row_that_is_higher_than_a_sheet_goes_on_upon_the_next() -> None:
    cells = "".join(f"<td>{'<p>line</p>' * count}</td>" for count in (200, 3))
    told = sheets(f"<p>before</p><table><tr>{cells}</tr></table><p>after</p>")

    assert len(told) > 2
    assert sum(sheet.count("line") for sheet in told) == 203
    assert "after" in told[-1]


def test_what_is_struck_out_and_raised_stays_among_the_words() -> None:
    (told,) = sheets("<p>10<sup>3</sup> <s>old</s> <strong>bo</strong>ld H<sub>2</sub>O</p><hr>")

    assert told == "103oldboldH2O1"
