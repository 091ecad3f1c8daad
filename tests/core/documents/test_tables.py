"""Tables on paper: every row is there, headers repeat, the digest fits the rows."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from app.core.base.errors import Cancelled
from app.core.documents import Align, Column, Paper, TableDocument, render_table, rows_digest
from app.core.documents.table_layout import Row, column_widths, paginated, set_row

NAMES = ("श्रीमती क्षितिज्ञा द्विवेदी", "ஸ்ரீனிவாசன்", "కొండా శ్రీకృష్ణ", "Ravi Kumar")
COLUMNS = (Column("Number"), Column("Name"), Column("Requirement"), Column("Score", Align.RIGHT))


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"E-{10000 + index}", NAMES[index % 4], "Working at height, level 2", f"{index % 101}%")
        for index in range(count)
    )


def document(count: int) -> TableDocument:
    return TableDocument(
        title="Training status by person",
        subtitle="As of 23 Nov 2026",
        filters=("Department: Production", "Status: all"),
        columns=COLUMNS,
        rows=rows(count),
        site="Pune",
        made_by="अनिल कुमार",
        made_at=datetime(2026, 11, 23, 5, 12, tzinfo=UTC),
    )


def pages_of(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in opened]
    finally:
        opened.close()


def test_a_table_of_500_rows_shows_each_once_with_header_and_count_on_every_page() -> None:
    table = document(500)
    pages = pages_of(render_table(table))
    text = "".join(pages)
    assert all(text.count(number) == 1 for number, *_rest in table.rows)
    assert text.count(NAMES[0]) == 125
    for index, page in enumerate(pages, start=1):
        assert "Requirement" in page
        assert f"Page {index} of {len(pages)}" in page
        assert rows_digest(table) in page
        assert "Pune · Made by अनिल कुमार, 23 Nov 2026, 10:42" in page


def test_the_digest_is_the_documented_one() -> None:
    told = "Number\x1fName\x1fRequirement\x1fScore\x1f\x1e"
    told += "E-10000\x1fश्रीमती क्षितिज्ञा द्विवेदी\x1fWorking at height, level 2\x1f0%\x1f\x1e"
    assert rows_digest(document(1)) == hashlib.sha256(told.encode()).hexdigest()


def test_a_moved_cell_border_changes_the_digest() -> None:
    base = document(0)
    first = replace(base, rows=(("ab", "c", "", ""),))
    second = replace(base, rows=(("a", "bc", "", ""),))
    assert rows_digest(first) != rows_digest(second)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert render_table(document(40)) == render_table(document(40))


@pytest.mark.parametrize("paper", list(Paper))
def test_an_empty_table_says_so(paper: Paper) -> None:
    (page,) = pages_of(render_table(replace(document(0), paper=paper)))
    assert "No rows." in page


def test_columns_fill_the_page_and_the_widest_gives_way() -> None:
    short = ("1", "23 Nov 2026", "word " * 60)
    widths = column_widths(("No.", "Date", "Text"), [short], [None, None, None], 500)
    assert sum(widths) == pytest.approx(500, abs=0.1)
    assert len(set_row(short, widths).cells[1]) == 1
    assert len(set_row(short, widths).cells[2]) > 1


def test_a_row_is_not_torn_between_pages() -> None:
    row = set_row(("one two three four",), (40.0,))
    pages = paginated([row] * 10, row.height * 2.5, row.height * 3.5)
    assert [len(page) for page in pages] == [2, 3, 3, 2]


def test_a_row_higher_than_a_page_does_not_hang() -> None:
    high = Row(cells=(set_row(("word " * 200,), (40.0,)).cells[0],))
    assert [len(page) for page in paginated([high, high], 100, 100)] == [1, 1]


def test_work_on_a_long_table_can_be_stopped() -> None:
    class Impatient:
        def step(self, done: int, total: int, note: str = "") -> None:
            if done >= 100:
                raise Cancelled

    with pytest.raises(Cancelled):
        render_table(document(300), Impatient())
