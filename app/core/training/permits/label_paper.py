"""Labels of machines on A4 with lines to cut along: ten on a page, each with QR, code and title."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight, fit
from app.core.training.permits.types import Task

_ACROSS, _DOWN = 2, 5
_INSIDE = 16.0
_QR = 104.0
_GREY, _BLACK = "#5B6270", "#000000"


def labels_document(tasks: Sequence[Task], site_name: str, made_at: datetime) -> bytes:
    """Return the labels as PDF, in their order."""
    pages = Pages(Paper.A4_PORTRAIT, title=_("Labels of tasks"), author=site_name, made_at=made_at)
    page = _ACROSS * _DOWN
    for start in range(0, len(tasks), page):
        if start:
            pages.next_page()
        _draw_page(pages, tasks[start : start + page], site_name)
    return pages.finish()


def _draw_page(pages: Pages, tasks: Sequence[Task], site_name: str) -> None:
    wide, high = pages.width / _ACROSS, pages.height / _DOWN
    cuts = Path()
    for across in range(1, _ACROSS):
        cuts.move(across * wide, 0).line((across * wide, pages.height))
    for down in range(1, _DOWN):
        cuts.move(0, down * high).line((pages.width, down * high))
    pages.stroke(cuts, _GREY, 0.4)
    for place, task in enumerate(tasks):
        down, across = divmod(place, _ACROSS)
        _draw_label(pages, task, site_name, across * wide, pages.height - down * high, wide)


def _draw_label(
    pages: Pages, task: Task, site_name: str, left: float, top: float, wide: float
) -> None:
    pages.qr(left + _INSIDE, top - _INSIDE - _QR, _QR, task.code)
    x = left + _INSIDE + _QR + 12
    room = left + wide - _INSIDE - x
    _draw(pages, _("May I?"), x, top - _INSIDE - 8, room, 10, Weight.REGULAR, _GREY)
    y = _draw(pages, task.code, x, top - _INSIDE - 32, room, 22, Weight.SEMIBOLD, _BLACK)
    y = _draw(pages, task.title, x, y - 8, room, 12, Weight.REGULAR, _BLACK, rows=3)
    where = " · ".join(part for part in (task.org_unit, task.location) if part)
    _draw(pages, where, x, y - 4, room, 9, Weight.REGULAR, _GREY, rows=2)
    _draw(
        pages, site_name, left + _INSIDE, top - _INSIDE - _QR - 14, wide - 2 * _INSIDE, 8,
        Weight.REGULAR, _GREY,
    )  # fmt: skip


def _draw(
    pages: Pages,
    words: str,
    x: float,
    y: float,
    width: float,
    size: float,
    weight: Weight,
    colour: str,
    rows: int = 1,
) -> float:
    """Draw words so that they fit, and return the height below them."""
    if not words:
        return y
    height = size * 1.35 * rows
    smallest = size * 0.85 if rows > 1 else 5  # wraps before it shrinks where it may
    fitted = fit(words, weight=weight, size=size, smallest=smallest, width=width, height=height)
    for number, line in enumerate(fitted.lines):
        at = y - number * fitted.leading
        pages.line_of_text(x, at, line, fitted.size, colour=colour, align=Align.LEFT)
    return y - len(fitted.lines) * fitted.leading
