"""What hangs on a notice board: a page for each supervisor, department or shift, read at arm's length."""

from collections.abc import Sequence
from datetime import date, datetime

from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight, fit
from app.core.training.reminders.types import Due, Roll

_MARGIN = 42.0
_LINE = 26.0
_TOP, _FOOT = 128.0, 54.0
_GREY, _BLACK, _RULE = "#5B6270", "#000000", "#C7CBD4"
_COLUMNS = ((0.0, 0.16), (0.16, 0.32), (0.48, 0.34), (0.82, 0.18))
"""Of number, name, title and day: where they begin, and how wide they are, as shares."""


def board_document(
    rolls: Sequence[Roll], site_name: str, on: date, made_at: datetime, *, numbers_only: bool
) -> bytes:
    """Return the pages as PDF; a roll that is too long goes on on the next page."""
    title = _("Training due")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site_name, made_at=made_at)
    room = int((pages.height - _TOP - _FOOT) // _LINE)
    is_first = True
    for roll in rolls:
        for start in range(0, len(roll.dues), room):
            if not is_first:
                pages.next_page()
            is_first = False
            _draw_head(pages, roll, on)
            for place, one in enumerate(roll.dues[start : start + room]):
                y = pages.height - _TOP - (place + 1) * _LINE
                _draw_line(pages, one, y, on, numbers_only=numbers_only)
            _draw_foot(pages, site_name, made_at)
    return pages.finish()


def _draw_head(pages: Pages, roll: Roll, on: date) -> None:
    wide = pages.width - 2 * _MARGIN
    top = pages.height - _MARGIN
    _draw(pages, _("Training due"), _MARGIN, top - 22, wide, 26, Weight.SEMIBOLD, _BLACK)
    _draw(pages, roll.heading, _MARGIN, top - 46, wide, 16, Weight.SEMIBOLD, _BLACK)
    as_of = _("As of {day}").format(day=day_in_words(on))
    said = " · ".join(filter(None, (as_of, roll.about)))
    _draw(pages, said, _MARGIN, top - 64, wide, 11, Weight.REGULAR, _GREY)
    pages.stroke(
        Path().move(_MARGIN, pages.height - _TOP).line((_MARGIN + wide, pages.height - _TOP)),
        _BLACK,
        1.2,
    )


def _draw_line(pages: Pages, one: Due, y: float, on: date, *, numbers_only: bool) -> None:
    wide = pages.width - 2 * _MARGIN
    is_late = (one.late_after or one.due_on) < on
    words = (one.number, "" if numbers_only else one.name, one.title, day_in_words(one.due_on))
    for (share, width), text in zip(_COLUMNS, words, strict=True):
        weight = Weight.SEMIBOLD if is_late or share == 0 else Weight.REGULAR
        shown = f"! {text}" if is_late and share == _COLUMNS[-1][0] else text
        _draw(pages, shown, _MARGIN + share * wide, y + 8, width * wide - 8, 13, weight, _BLACK)
    pages.stroke(Path().move(_MARGIN, y).line((_MARGIN + wide, y)), _RULE, 0.5)


def _draw_foot(pages: Pages, site_name: str, made_at: datetime) -> None:
    words = _("{site} · printed {day} · ! is overdue").format(
        site=site_name, day=day_in_words(made_at.astimezone().date())
    )
    wide = pages.width - 2 * _MARGIN
    _draw(pages, words, _MARGIN, 30, wide, 9, Weight.REGULAR, _GREY)


def _draw(
    pages: Pages,
    words: str,
    x: float,
    y: float,
    width: float,
    size: float,
    weight: Weight,
    colour: str,
) -> None:
    if not words:
        return
    fitted = fit(words, weight=weight, size=size, smallest=6, width=width, height=size * 1.4)
    first = y + (len(fitted.lines) - 1) * fitted.leading
    for number, line in enumerate(fitted.lines):
        at = first - number * fitted.leading
        pages.line_of_text(x, at, line, fitted.size, colour=colour, align=Align.LEFT)
