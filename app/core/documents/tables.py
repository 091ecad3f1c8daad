"""Tables on paper: title, filters, repeated header, hairlines, and a footer that can be checked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from app.core.base import figures
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.documents.fonts import Weight
from app.core.documents.pages import Align, Pages, Paper
from app.core.documents.shaping import Line, set_line, wrap
from app.core.documents.table_layout import (
    BODY_SIZE,
    LEADING,
    PADDING_ACROSS,
    PADDING_DOWN,
    Row,
    column_widths,
    paginated,
    set_row,
)

_MARGIN = 40.0
_FOOTER = 56.0
_TITLE_SIZE = 18.0
_SUBTITLE_SIZE = 10.5
_SMALL_SIZE = 7.5
_INK, _QUIET, _HAIR = "#141926", "#465066", "#AAB2C2"
_ROWS_A_STEP = 100
_BASELINE = 0.72
"""Where the baseline lies within a line's leading, from its top."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how its cells align, its width in points (None: what it needs)."""

    title: str
    align: Align = Align.LEFT
    width: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDocument:
    """Everything that is printed with a table. Cells are already worded."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    site: str
    made_by: str
    made_at: datetime
    subtitle: str = ""
    filters: tuple[str, ...] = ()
    paper: Paper = Paper.A4_PORTRAIT
    language: str = "en"
    settings: str = ""
    """Fingerprint of the settings in force, where it is printed."""


def rows_digest(document: TableDocument) -> str:
    """Return the SHA-256 of headings and rows, as hexadecimal digits.

    Over UTF-8 text: cells end with U+001F, rows with U+001E; the headings are the first row.
    """
    digest = hashlib.sha256()
    for row in (tuple(column.title for column in document.columns), *document.rows):
        digest.update("".join(f"{cell}\x1f" for cell in row).encode() + b"\x1e")
    return digest.hexdigest()


def render_table(document: TableDocument, progress: Progress | None = None) -> bytes:
    """Return `document` as a PDF. The same document gives the same bytes.

    About 4,000 rows a second; `progress` counts each row twice, when it is set and when drawn.
    """
    return _TablePrinter(document, progress or NoProgress()).render()


class _TablePrinter:
    def __init__(self, document: TableDocument, progress: Progress) -> None:
        self._document = document
        self._progress = progress
        self._pages = Pages(
            document.paper,
            title=document.title,
            author=document.site,
            made_at=document.made_at,
            language=document.language,
        )
        self._width = self._pages.width - 2 * _MARGIN
        titles = tuple(column.title for column in document.columns)
        self._widths = column_widths(
            titles, document.rows, [column.width for column in document.columns], self._width
        )
        self._header = set_row(titles, self._widths, Weight.SEMIBOLD)

    def render(self) -> bytes:
        """Lay the rows out, then draw page after page."""
        heading = self._heading()
        rows = self._set_rows()
        room = self._pages.height - _MARGIN - _FOOTER - self._header.height
        first = room - sum(leading for _line, _size, leading, _colour in heading)
        running = _SMALL_SIZE * 2
        pages = paginated(rows, first, room - running)
        digest = rows_digest(self._document)
        drawn = len(rows)
        for number, page in enumerate(pages, start=1):
            if number > 1:
                self._pages.next_page()
                heading = [(set_line(self._document.title), _SMALL_SIZE, running, _QUIET)]
            top = self._draw_heading(heading)
            self._draw_rows(page, top)
            self._draw_footer(number, len(pages), digest)
            drawn += len(page)
            self._progress.step(drawn, 2 * len(rows))
        return self._pages.finish()

    def _set_rows(self) -> list[Row]:
        rows: list[Row] = []
        for row in self._document.rows:
            if len(rows) % _ROWS_A_STEP == 0:
                self._progress.step(len(rows), 2 * len(self._document.rows))
            rows.append(set_row(row, self._widths))
        return rows

    def _heading(self) -> list[tuple[Line, float, float, str]]:
        """Return the lines above the first table: line, size, leading, colour."""
        document = self._document
        return [
            *self._block(document.title, Weight.BOLD, _TITLE_SIZE, 1.45, _INK),
            *self._block(document.subtitle, Weight.REGULAR, _SUBTITLE_SIZE, 1.6, _QUIET),
            *self._block(" · ".join(document.filters), Weight.REGULAR, BODY_SIZE, 1.6, _QUIET),
            (set_line(""), 1.0, 10.0, _INK),
        ]

    def _block(
        self, text: str, weight: Weight, size: float, leading: float, colour: str
    ) -> list[tuple[Line, float, float, str]]:
        if not text:
            return []
        return [
            (line, size, size * leading, colour) for line in wrap(text, weight, size, self._width)
        ]

    def _draw_heading(self, heading: list[tuple[Line, float, float, str]]) -> float:
        y = self._pages.height - _MARGIN
        for line, size, leading, colour in heading:
            self._pages.line_of_text(_MARGIN, y - leading * _BASELINE, line, size, colour=colour)
            y -= leading
        return y

    def _draw_rows(self, rows: list[Row], top: float) -> None:
        self._pages.rule(_MARGIN, top, self._width, colour=_INK, thickness=1.0)
        self._draw_row(self._header, top)
        top -= self._header.height
        self._pages.rule(_MARGIN, top, self._width, colour=_INK, thickness=1.0)
        for row in rows:
            self._draw_row(row, top)
            top -= row.height
            self._pages.rule(_MARGIN, top, self._width, colour=_HAIR, thickness=0.25)
        if not self._document.rows:
            self._pages.text(
                _MARGIN + PADDING_ACROSS,
                top - LEADING - PADDING_DOWN,
                _("No rows."),
                BODY_SIZE,
                colour=_QUIET,
            )

    def _draw_row(self, row: Row, top: float) -> None:
        x = _MARGIN
        for column, lines, width in zip(
            self._document.columns, row.cells, self._widths, strict=True
        ):
            for index, line in enumerate(lines):
                y = top - PADDING_DOWN - (index + _BASELINE) * LEADING
                self._pages.line_of_text(
                    _anchor(column.align, x, width),
                    y,
                    line,
                    BODY_SIZE,
                    colour=_INK,
                    align=column.align,
                )
            x += width

    def _draw_footer(self, number: int, count: int, digest: str) -> None:
        document, pages = self._document, self._pages
        y, right = _FOOTER - 18, pages.width - _MARGIN
        made = _("Made by {name}, {moment}").format(
            name=document.made_by, moment=figures.moment(document.made_at)
        )
        page = _("Page {number} of {count}").format(number=number, count=count)
        pages.rule(_MARGIN, _FOOTER - 6, self._width, colour=_HAIR, thickness=0.25)
        pages.text(_MARGIN, y, f"{document.site} · {made}", _SMALL_SIZE, colour=_QUIET)
        pages.text(right, y, page, _SMALL_SIZE, colour=_INK, align=Align.RIGHT)
        pages.text(
            _MARGIN,
            y - 10,
            _sums(digest, document.settings),
            6.5,
            colour=_QUIET,
        )


def _sums(digest: str, settings: str) -> str:
    """Return the line that can be compared: what the rows come to, and under which settings."""
    rows = _("SHA-256 of the rows: {digest}").format(digest=digest)
    if not settings:
        return rows
    return f"{rows} · " + _("Settings in force: {fingerprint}").format(fingerprint=settings)


def _anchor(align: Align, x: float, width: float) -> float:
    """Return where a cell's text is hung, for its alignment."""
    if align is Align.RIGHT:
        return x + width - PADDING_ACROSS
    return x + width / 2 if align is Align.CENTRE else x + PADDING_ACROSS
