"""The sign-in sheet on A4: a line for each, a box to mark, room to sign, and a code in each corner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight, fit
from app.core.training.sessions.sheet_layout import (
    BOX_LEFT,
    BOX_SIDE,
    CODE_SIDE,
    CODES,
    HEIGHT,
    MARGIN,
    ROW_HEIGHT,
    ROW_TOP,
    ROWS,
    WIDTH,
    CornerCode,
    box_of,
)

_GREY, _BLACK, _HAIR = "#5B6270", "#000000", "#AAB2C2"
_EMPTY_LINES = 4
"""At the end, for people who walk in."""
_NUMBER, _NAME, _SIGN = MARGIN + 26, MARGIN + 104, BOX_LEFT + BOX_SIDE + 22


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """Somebody on the sheet."""

    number: str
    name: str
    reads_along: bool = False
    """Whether they need somebody to read along: told on a page of its own, which is not handed round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet says."""

    id: UUID
    title: str
    when: str
    venue: str
    led_by: str
    site: str
    made_at: datetime
    lines: tuple[SheetLine, ...]


def pages_of(people: int) -> int:
    """Return how many pages a sheet has for so many people and some who walk in."""
    return max(1, ceil((people + _EMPTY_LINES) / ROWS))


def sheet_document(sheet: Sheet) -> bytes:
    """Return the sheet as PDF."""
    pages = Pages(
        Paper.A4_PORTRAIT,
        title=_("Sign-in sheet: {title}").format(title=sheet.title),
        author=sheet.site,
        made_at=sheet.made_at,
    )
    count = pages_of(len(sheet.lines))
    for number in range(1, count + 1):
        if number > 1:
            pages.next_page()
        _draw_codes(pages, sheet.id, number)
        _draw_head(pages, sheet, number, count)
        _draw_lines(pages, sheet.lines[(number - 1) * ROWS : number * ROWS], (number - 1) * ROWS)
    helped = [one for one in sheet.lines if one.reads_along]
    if helped:
        _draw_helped(pages, sheet, helped)
    return pages.finish()


def _draw_helped(pages: Pages, sheet: Sheet, helped: Sequence[SheetLine]) -> None:
    """Draw who needs somebody to read along, on pages without codes for whoever holds the class."""
    for start in range(0, len(helped), ROWS):
        pages.next_page()
        y = HEIGHT - MARGIN
        title = _("For whoever holds the class: do not hand round")
        pages.text(MARGIN, y, title, 14, weight=Weight.SEMIBOLD)
        pages.text(MARGIN, y - 18, f"{sheet.title} · {sheet.when}", 9.5, colour=_GREY)
        pages.text(MARGIN, y - 44, _("They need somebody to read along:"), 11)
        for place, one in enumerate(helped[start : start + ROWS]):
            at = y - 70 - place * 20
            pages.text(MARGIN, at, one.number, 10, colour=_GREY)
            pages.text(_NAME, at, one.name, 10.5)


def _draw_codes(pages: Pages, sheet_id: UUID, page: int) -> None:
    for corner, (left, top) in enumerate(CODES):
        code = CornerCode(sheet_id=sheet_id, page=page, corner=corner)
        pages.qr(left, HEIGHT - top - CODE_SIDE, CODE_SIDE, code.text)


def _draw_head(pages: Pages, sheet: Sheet, page: int, count: int) -> None:
    left = MARGIN + CODE_SIDE + 18
    width = WIDTH - 2 * left
    _text(pages, sheet.title, left, MARGIN + 14, width, 15, Weight.SEMIBOLD)
    told = " · ".join(filter(None, (sheet.when, sheet.venue)))
    _text(pages, told, left, MARGIN + 34, width, 10)
    _text(pages, _("Led by {names}").format(names=sheet.led_by), left, MARGIN + 50, width, 10)
    hint = _("Put a cross into your box, and sign beside it. Keep the codes in the corners clean.")
    _text(pages, hint, MARGIN, MARGIN + CODE_SIDE + 30, WIDTH - 2 * MARGIN, 9, colour=_GREY)
    foot = _("Page {number} of {count}").format(number=page, count=count)
    made = f"{sheet.site} · {moment(sheet.made_at)} · {foot}"
    pages.text(WIDTH / 2, MARGIN + CODE_SIDE / 2, made, 8, colour=_GREY, align=Align.CENTRE)
    head = ROW_TOP - 8
    for words, at in (
        (_("Number"), _NUMBER),
        (_("Name"), _NAME),
        (_("Here"), BOX_LEFT - 4),
        (_("Signature"), _SIGN),
    ):
        _text(pages, words, at, head, 160, 8.5, colour=_GREY)


def _draw_lines(pages: Pages, lines: Sequence[SheetLine], before: int) -> None:
    for line in range(ROWS):
        base = ROW_TOP + line * ROW_HEIGHT + ROW_HEIGHT / 2 + 4
        pages.rule(
            MARGIN, HEIGHT - ROW_TOP - (line + 1) * ROW_HEIGHT, WIDTH - 2 * MARGIN, colour=_HAIR
        )
        _text(pages, str(before + line + 1), MARGIN, base, 22, 8, colour=_GREY)
        if line < len(lines):
            _text(pages, lines[line].number, _NUMBER, base, _NAME - _NUMBER - 6, 10)
            _text(pages, lines[line].name, _NAME, base, BOX_LEFT - _NAME - 14, 10, Weight.SEMIBOLD)
        x, top, side = box_of(line)
        pages.stroke(Path().rectangle(x, HEIGHT - top - side, side, side), _BLACK, 0.9)


def _text(
    pages: Pages,
    words: str,
    x: float,
    top: float,
    width: float,
    size: float,
    weight: Weight = Weight.REGULAR,
    colour: str = _BLACK,
) -> None:
    fitted = fit(words, weight=weight, size=size, smallest=5, width=width, height=size * 1.3)
    for number, line in enumerate(fitted.lines):
        y = HEIGHT - top - number * fitted.leading
        pages.line_of_text(x, y, line, fitted.size, colour=colour)
