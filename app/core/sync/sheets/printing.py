"""Sheets of codes on A4: what they are, from whom to whom, what to do, and six numbered codes on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Weight, fit
from app.core.sync.sheets.codes import (
    ACROSS,
    CODES_ON_A_SHEET,
    DOWN,
    SheetCode,
    sheets_for,
)

_MARGIN = 40.0
_CODE_SIDE = 188.0
_CODE_GAP = 34.0
_ROW_HEIGHT = 212.0
_FOOT = 64.0
_LABEL_WIDTH = 70.0
_LEADING = 1.42
"""Height of a line, in sizes; a little more than it takes."""
_GREY, _HAIR = "#5B6270", "#AAB2C2"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsOnPaper:
    """What is said on every sheet beside its codes."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """Name and value: from, to, what it holds."""
    to_do: str
    bundle_id: UUID
    site: str
    made_at: datetime
    codes: tuple[SheetCode, ...]

    @property
    def sheets(self) -> int:
        """Return how many sheets there are."""
        return sheets_for(len(self.codes))


def sheets_document(paper: SheetsOnPaper) -> bytes:
    """Return the sheets as PDF."""
    pages = Pages(Paper.A4_PORTRAIT, title=paper.title, author=paper.site, made_at=paper.made_at)
    for sheet in range(1, paper.sheets + 1):
        if sheet > 1:
            pages.next_page()
        first = (sheet - 1) * CODES_ON_A_SHEET
        _draw_head(pages, paper, sheet)
        _draw_codes(pages, paper.codes[first : first + CODES_ON_A_SHEET])
        _draw_foot(pages, paper, sheet)
    return pages.finish()


def _draw_head(pages: Pages, paper: SheetsOnPaper, sheet: int) -> None:
    width = pages.width - 2 * _MARGIN
    y = pages.height - _MARGIN - 6
    of = _("Sheet {number} of {count}").format(number=sheet, count=paper.sheets)
    pages.text(pages.width - _MARGIN, y, of, 13, weight=Weight.SEMIBOLD, align=Align.RIGHT)
    _write(pages, _MARGIN, y, paper.title, 15, width - 120, Weight.SEMIBOLD)
    y -= 19
    for name, value in paper.facts:
        _write(pages, _MARGIN, y, name, 8.5, _LABEL_WIDTH - 6, colour=_GREY)
        x = _MARGIN + _LABEL_WIDTH
        below = _write(pages, x, y, value, 9.5, width - _LABEL_WIDTH, Weight.SEMIBOLD, lines=2)
        y = min(y - 13, below)


def _draw_codes(pages: Pages, codes: Sequence[SheetCode]) -> None:
    wide = ACROSS * _CODE_SIDE + (ACROSS - 1) * _CODE_GAP
    left = (pages.width - wide) / 2
    for place, code in enumerate(codes):
        down, across = divmod(place, ACROSS)
        x = left + across * (_CODE_SIDE + _CODE_GAP)
        y = _FOOT + (DOWN - down) * _ROW_HEIGHT - _CODE_SIDE
        pages.qr(x, y, _CODE_SIDE, code.text)
        words = _("Code {number} of {count}").format(number=code.number, count=code.count)
        pages.text(x + _CODE_SIDE / 2, y - 14, words, 8, colour=_GREY, align=Align.CENTRE)


def _draw_foot(pages: Pages, paper: SheetsOnPaper, sheet: int) -> None:
    width, right = pages.width - 2 * _MARGIN, pages.width - _MARGIN
    pages.rule(_MARGIN, _FOOT - 12, width, colour=_HAIR)
    fitted = fit(paper.to_do, weight=Weight.REGULAR, size=8.5, smallest=8.5, width=width, height=24)
    for number, line in enumerate(fitted.lines):
        pages.line_of_text(_MARGIN, _FOOT - 23 - number * fitted.leading, line, fitted.size)
    check = paper.codes[0].of.digest.hex().upper()
    mark = f"{paper.bundle_id} · {check} · {moment(paper.made_at)}"
    pages.text(_MARGIN, 18, mark, 7, colour=_GREY)
    count = _("{number}/{count}").format(number=sheet, count=paper.sheets)
    pages.text(right, 18, count, 7, colour=_GREY, align=Align.RIGHT)


def _write(
    pages: Pages,
    x: float,
    y: float,
    words: str,
    size: float,
    width: float,
    weight: Weight = Weight.REGULAR,
    colour: str = "#000000",
    lines: int = 1,
) -> float:
    """Write words in the height of so many lines, smaller where that takes more; return where they end."""
    height = size * _LEADING * lines
    fitted = fit(words, weight=weight, size=size, smallest=size * 0.8, width=width, height=height)
    for number, line in enumerate(fitted.lines):
        pages.line_of_text(x, y - number * fitted.leading, line, fitted.size, colour=colour)
    return y - len(fitted.lines) * fitted.leading
