"""Slips on A4 with lines to cut along: ten on a page, name, number and PIN on each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.core.base.figures import day
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight, fit

_ACROSS, _DOWN = 2, 5
_INSIDE = 22.0
_GREY, _BLACK = "#5B6270", "#000000"
_DASH, _GAP = 4.0, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What one slip says."""

    number: str
    name: str
    name_local: str
    login: str
    """What is typed to sign in: the number, or a login that differs from it."""
    pin: str = field(repr=False)


def slips_document(slips: Sequence[Slip], site_name: str, made_at: datetime) -> bytes:
    """Return the slips as PDF, in their order."""
    pages = Pages(Paper.A4_PORTRAIT, title=_("PIN slips"), author=site_name, made_at=made_at)
    page = _ACROSS * _DOWN
    for start in range(0, len(slips), page):
        if start:
            pages.next_page()
        _draw_page(pages, slips[start : start + page], site_name, made_at)
    return pages.finish()


def _draw_page(pages: Pages, slips: Sequence[Slip], site_name: str, made_at: datetime) -> None:
    wide, high = pages.width / _ACROSS, pages.height / _DOWN
    for place, slip in enumerate(slips):
        down, across = divmod(place, _ACROSS)
        top = pages.height - down * high
        _draw_slip(pages, slip, across * wide + _INSIDE, top - _INSIDE, wide - 2 * _INSIDE)
        foot = f"{site_name} · {day(made_at.astimezone().date())}"
        _draw_fitted(pages, foot, across * wide + _INSIDE, top - high + 16, wide - 2 * _INSIDE, 7)
    pages.stroke(_cuts(pages, wide, high), _GREY, 0.5)


def _draw_slip(pages: Pages, slip: Slip, x: float, top: float, width: float) -> None:
    _draw_fitted(pages, slip.name, x, top - 12, width, 13, Weight.SEMIBOLD, _BLACK)
    if slip.name_local and slip.name_local != slip.name:
        _draw_fitted(pages, slip.name_local, x, top - 28, width, 11, colour=_BLACK)
    half = width / 2
    for left, title, value in (
        (x, _("Number or login"), slip.login),
        (x + half, _("PIN"), _spaced(slip.pin)),
    ):
        _draw_fitted(pages, title, left, top - 50, half - 6, 8)
        _draw_fitted(pages, value, left, top - 69, half - 6, 18, Weight.SEMIBOLD, _BLACK)
    for line, words in enumerate(
        (
            _("At the first sign-in you choose a PIN of your own."),
            _("Keep this to yourself, and destroy it then."),
        )
    ):
        _draw_fitted(pages, words, x, top - 90 - 12 * line, width, 8.5)


def _draw_fitted(
    pages: Pages,
    words: str,
    x: float,
    y: float,
    width: float,
    size: float,
    weight: Weight = Weight.REGULAR,
    colour: str = _GREY,
) -> None:
    fitted = fit(words, weight=weight, size=size, smallest=4, width=width, height=size)
    for number, line in enumerate(fitted.lines):
        at = y - number * fitted.leading
        pages.line_of_text(x, at, line, fitted.size, colour=colour, align=Align.LEFT)


def _spaced(pin: str) -> str:
    """Return a PIN in two halves, so that it is read and typed without a slip."""
    middle = len(pin) // 2
    return f"{pin[:middle]} {pin[middle:]}"


def _cuts(pages: Pages, wide: float, high: float) -> Path:
    path = Path()
    for across in range(1, _ACROSS):
        at = 0.0
        while at < pages.height:
            path.move(across * wide, at).line((across * wide, min(at + _DASH, pages.height)))
            at += _DASH + _GAP
    for down in range(1, _DOWN):
        at = 0.0
        while at < pages.width:
            path.move(at, down * high).line((min(at + _DASH, pages.width), down * high))
            at += _DASH + _GAP
    return path
