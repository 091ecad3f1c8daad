"""Grids on paper: marks in narrow columns under heads that stand upright, split over as many pages as it takes.

Every page has the title block, the heads of its columns and of its rows, the legend, and its place
among the pages. A mark is a letter on a shade: in mono the letter alone tells it.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.base import figures
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.documents.fonts import Weight
from app.core.documents.pages import Align, Pages, Paper, Path
from app.core.documents.shaping import Line, set_line, wrap

_MARGIN = 32.0
_TITLE_SIZE, _BODY_SIZE, _SMALL_SIZE, _MARK_SIZE = 17.0, 8.0, 7.0, 8.5
_HEAD_WIDTH = 210.0
"""Of the column that names the rows."""
_HEAD_HEIGHT = 128.0
_ROW_HEIGHT = 15.0
_NARROWEST, _WIDEST = 19.0, 34.0
_FOOTER = 30.0
_LEGEND = 22.0
_INK, _QUIET, _HAIR, _BAND = "#141926", "#465066", "#AAB2C2", "#F4F6FA"
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class GridMark:
    """How a mark is drawn and what it means."""

    words: str
    shade: str = "#FFFFFF"
    ink: str = _INK


@dataclass(frozen=True, slots=True)
class GridHead:
    """What a column is: its code, and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class GridLine:
    """A row: its head, what is said beside it, and its marks, one a column; "" for none."""

    title: str
    beside: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDocument:
    """Everything that is printed with a grid."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """Of the title block: name and value, as site and day."""
    corner: str
    """What the rows are."""
    columns: tuple[GridHead, ...]
    rows: tuple[GridLine, ...]
    legend: Mapping[str, GridMark]
    """By letter, in the order in which they are explained."""
    site: str
    made_by: str
    made_at: datetime
    paper: Paper = Paper.A3_LANDSCAPE
    language: str = "en"

    @property
    def digest(self) -> str:
        """Return the SHA-256 of heads and marks: cells end with U+001F, rows with U+001E."""
        digest = hashlib.sha256()
        heads = ("", *(one.code for one in self.columns))
        for row in (heads, *((one.title, *one.marks) for one in self.rows)):
            digest.update("".join(f"{cell}\x1f" for cell in row).encode() + b"\x1e")
        return digest.hexdigest()


def render_grid(document: GridDocument, progress: Progress | None = None) -> bytes:
    """Return `document` as a PDF. The same document gives the same bytes."""
    return _GridPrinter(document, progress or NoProgress()).render()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one page shows: columns and rows from a place up to another."""

    first_column: int
    last_column: int
    first_row: int
    last_row: int


class _GridPrinter:
    def __init__(self, document: GridDocument, progress: Progress) -> None:
        self._document, self._progress = document, progress
        self._pages = Pages(
            document.paper,
            title=document.title,
            author=document.site,
            made_at=document.made_at,
            language=document.language,
        )
        self._width = self._pages.width - 2 * _MARGIN
        room = self._width - _HEAD_WIDTH
        count = max(1, len(document.columns))
        self._bands = math.ceil(count / int(room // _NARROWEST))
        self._across = math.ceil(count / self._bands)
        self._cell = min(_WIDEST, room / self._across)
        self._block_height = self._measure_block()
        down = self._pages.height - 2 * _MARGIN - _FOOTER - _LEGEND - _HEAD_HEIGHT
        self._down = max(1, int((down - self._block_height) // _ROW_HEIGHT))

    def render(self) -> bytes:
        """Draw page after page: all columns of the first rows, then those of the next."""
        sheets = self._sheets()
        digest = self._document.digest
        for number, sheet in enumerate(sheets, start=1):
            if number > 1:
                self._pages.next_page()
            top = self._draw_block(sheet)
            top = self._draw_heads(sheet, top)
            self._draw_rows(sheet, top)
            self._draw_legend()
            self._draw_footer(number, len(sheets), digest)
            self._progress.step(number, len(sheets))
        return self._pages.finish()

    def _sheets(self) -> list[_Sheet]:
        columns, rows = len(self._document.columns), len(self._document.rows)
        return [
            _Sheet(
                first_column=min(columns, band * self._across),
                last_column=min(columns, (band + 1) * self._across),
                first_row=first,
                last_row=min(rows, first + self._down),
            )
            for first in range(0, max(1, rows), self._down)
            for band in range(self._bands)
        ]

    def _measure_block(self) -> float:
        return _TITLE_SIZE * 1.5 + _BODY_SIZE * 1.8 + 10

    def _draw_block(self, sheet: _Sheet) -> float:
        document, y = self._document, self._pages.height - _MARGIN - _TITLE_SIZE
        right = self._pages.width - _MARGIN
        self._pages.text(_MARGIN, y, document.title, _TITLE_SIZE, weight=Weight.BOLD, colour=_INK)
        part = self._part(sheet)
        if part:
            self._pages.text(right, y, part, _BODY_SIZE, colour=_QUIET, align=Align.RIGHT)
        y -= _BODY_SIZE * 2
        x = _MARGIN
        for name, value in document.facts:
            head, said = set_line(f"{name}: "), set_line(value, Weight.SEMIBOLD)
            self._pages.line_of_text(x, y, head, _BODY_SIZE, colour=_QUIET)
            x += head.width(_BODY_SIZE)
            self._pages.line_of_text(x, y, said, _BODY_SIZE, colour=_INK)
            x += said.width(_BODY_SIZE) + 22
        return self._pages.height - _MARGIN - self._block_height

    def _part(self, sheet: _Sheet) -> str:
        document = self._document
        if sheet.last_column - sheet.first_column == len(document.columns) and (
            sheet.last_row - sheet.first_row == len(document.rows)
        ):
            return ""
        return _("Columns {first} to {last} of {columns}, rows {top} to {end} of {rows}").format(
            first=figures.number(sheet.first_column + 1),
            last=figures.number(sheet.last_column),
            columns=figures.number(len(document.columns)),
            top=figures.number(sheet.first_row + 1),
            end=figures.number(sheet.last_row),
            rows=figures.number(len(document.rows)),
        )

    def _draw_heads(self, sheet: _Sheet, top: float) -> float:
        bottom = top - _HEAD_HEIGHT
        corner = set_line(self._document.corner, Weight.SEMIBOLD)
        self._pages.line_of_text(_MARGIN + 4, bottom + 6, corner, _BODY_SIZE, colour=_INK)
        for place in range(sheet.first_column, sheet.last_column):
            head = self._document.columns[place]
            x = self._x(sheet, place)
            code = _shortened(head.code, Weight.SEMIBOLD, _BODY_SIZE, _HEAD_HEIGHT - 10)
            title = _shortened(head.title, Weight.REGULAR, _SMALL_SIZE, _HEAD_HEIGHT - 10)
            middle = x + self._cell / 2
            self._pages.line_upwards(middle - 1, bottom + 5, code, _BODY_SIZE, colour=_INK)
            self._pages.line_upwards(middle + 7, bottom + 5, title, _SMALL_SIZE, colour=_QUIET)
            self._line_down(x, top, _HEAD_HEIGHT)
        self._pages.rule(_MARGIN, bottom, self._across_of(sheet), colour=_INK, thickness=1.0)
        return bottom

    def _draw_rows(self, sheet: _Sheet, top: float) -> None:
        y = top
        for number in range(sheet.first_row, sheet.last_row):
            if number % 2:
                band = Path().rectangle(_MARGIN, y - _ROW_HEIGHT, _HEAD_WIDTH, _ROW_HEIGHT)
                self._pages.fill(band, _BAND)
            self._draw_row(sheet, self._document.rows[number], y)
            y -= _ROW_HEIGHT
            self._pages.rule(_MARGIN, y, self._across_of(sheet), colour=_HAIR, thickness=0.25)
        for place in range(sheet.first_column, sheet.last_column + 1):
            self._line_down(self._x(sheet, place), top, top - y)
        if not self._document.rows:
            self._pages.text(_MARGIN + 4, y - 12, _("No rows."), _BODY_SIZE, colour=_QUIET)

    def _draw_row(self, sheet: _Sheet, row: GridLine, y: float) -> None:
        base = y - _ROW_HEIGHT + 4.6
        beside = _shortened(row.beside, Weight.REGULAR, _SMALL_SIZE, _HEAD_WIDTH / 2 - 6)
        room = _HEAD_WIDTH - 12 - beside.width(_SMALL_SIZE)
        title = _shortened(row.title, Weight.REGULAR, _BODY_SIZE, room)
        self._pages.line_of_text(_MARGIN + 4, base, title, _BODY_SIZE, colour=_INK)
        self._pages.line_of_text(
            _MARGIN + _HEAD_WIDTH - 5, base, beside, _SMALL_SIZE, colour=_QUIET, align=Align.RIGHT
        )
        for place in range(sheet.first_column, sheet.last_column):
            mark = row.marks[place]
            if mark:
                self._draw_mark(mark, self._x(sheet, place), y, base)

    def _draw_mark(self, mark: str, x: float, y: float, base: float) -> None:
        look = self._document.legend.get(mark, GridMark(words=""))
        square = Path().rectangle(x, y - _ROW_HEIGHT, self._cell, _ROW_HEIGHT)
        self._pages.fill(square, look.shade)
        letter = set_line(mark, Weight.BOLD)
        self._pages.line_of_text(
            x + self._cell / 2, base, letter, _MARK_SIZE, colour=look.ink, align=Align.CENTRE
        )

    def _draw_legend(self) -> None:
        x, y = _MARGIN, _MARGIN + _FOOTER + 4
        for mark, look in self._document.legend.items():
            words = set_line(look.words)
            width = 18 + words.width(_SMALL_SIZE)
            if x + width > self._pages.width - _MARGIN:
                break
            self._pages.fill(Path().rectangle(x, y - 3, 13, 11), look.shade)
            self._pages.stroke(Path().rectangle(x, y - 3, 13, 11), _HAIR, 0.5)
            letter = set_line(mark, Weight.BOLD)
            self._pages.line_of_text(
                x + 6.5, y, letter, _SMALL_SIZE + 0.5, colour=look.ink, align=Align.CENTRE
            )
            self._pages.line_of_text(x + 17, y, words, _SMALL_SIZE, colour=_INK)
            x += width + 14

    def _draw_footer(self, number: int, count: int, digest: str) -> None:
        document, pages, y = self._document, self._pages, _MARGIN + 12
        made = _("Made by {name}, {moment}").format(
            name=document.made_by, moment=figures.moment(document.made_at)
        )
        page = _("Page {number} of {count}").format(number=number, count=count)
        right = pages.width - _MARGIN
        pages.rule(_MARGIN, y + 11, self._width, colour=_HAIR, thickness=0.25)
        pages.text(_MARGIN, y, f"{document.site} · {made}", _SMALL_SIZE, colour=_QUIET)
        pages.text(right, y, page, _SMALL_SIZE, colour=_INK, align=Align.RIGHT)
        told = _("SHA-256 of the rows: {digest}").format(digest=digest)
        pages.text(_MARGIN, y - 10, told, 6.0, colour=_QUIET)

    def _x(self, sheet: _Sheet, place: int) -> float:
        return _MARGIN + _HEAD_WIDTH + (place - sheet.first_column) * self._cell

    def _across_of(self, sheet: _Sheet) -> float:
        return _HEAD_WIDTH + (sheet.last_column - sheet.first_column) * self._cell

    def _line_down(self, x: float, top: float, height: float) -> None:
        self._pages.stroke(Path().move(x, top).line((x, top - height)), _HAIR, 0.25)


def _shortened(text: str, weight: Weight, size: float, width: float) -> Line:
    """Return as much of a text as has room on one line."""
    whole = set_line(text, weight)
    if whole.width(size) <= width or not text:
        return whole
    first = wrap(text, weight, size, max(1.0, width - size))[0]
    return set_line(first.text.rstrip() + _ELLIPSIS, weight)
