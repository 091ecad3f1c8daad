"""Grids on paper: every mark once, heads and legend on every page, split as far as it takes."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from app.core.documents import GridDocument, GridHead, GridLine, GridMark, Paper, render_grid

LEGEND = {"M": GridMark("Mandatory", "#D9E6FF", "#123A8C"), "R": GridMark("Recommended")}


def document(columns: int, rows: int) -> GridDocument:
    """Return a grid in which the first cell of row n is M and all others are empty."""
    return GridDocument(
        title="Training matrix",
        facts=(("Site", "Pune plant"), ("As of", "23 Nov 2026")),
        corner="Job role",
        columns=tuple(GridHead(f"Q-{number:03d}", "अग्नि सुरक्षा") for number in range(columns)),
        rows=tuple(
            GridLine(f"Role {number:03d}", "12 people", ("M", *[""] * (columns - 1)))
            for number in range(rows)
        ),
        legend=LEGEND,
        site="Pune plant",
        made_by="Meera Iyer",
        made_at=datetime(2026, 11, 23, 4, tzinfo=UTC),
    )


def pages_of(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in opened]
    finally:
        opened.close()


def test_a_grid_is_split_over_pages_each_with_its_heads_legend_and_place() -> None:
    pages = pages_of(render_grid(document(100, 60)))

    assert len(pages) == 6
    for number, page in enumerate(pages, start=1):
        assert "Training matrix" in page
        assert "23 Nov 2026" in page
        assert "Mandatory" in page
        assert f"Page {number} of 6" in page
    whole = "".join(pages)
    assert all(whole.count(f"Q-{number:03d}") == 2 for number in range(100))
    assert all(whole.count(f"Role {number:03d}") == 3 for number in range(60))
    assert "Columns 1 to 34 of 100" in pages[0]


def test_a_small_grid_is_one_page_of_a3_across() -> None:
    opened = pypdfium2.PdfDocument(render_grid(document(12, 9)))
    sizes = [page.get_size() for page in opened]
    opened.close()
    assert sizes == [pytest.approx(Paper.A3_LANDSCAPE.value)]


def test_the_same_grid_gives_the_same_bytes_and_another_mark_another_digest() -> None:
    one = document(3, 3)
    other = replace(one, rows=(replace(one.rows[0], marks=("R", "", "")), *one.rows[1:]))

    assert render_grid(one) == render_grid(document(3, 3))
    assert one.digest != other.digest


def test_an_empty_grid_says_so() -> None:
    (page,) = pages_of(render_grid(document(0, 0)))
    assert "No rows." in page
