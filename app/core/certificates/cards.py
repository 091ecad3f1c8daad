"""Cards for the wallet: ten on an A4 sheet, each of the size of a bank card, to cut out."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base import figures
from app.core.base.words import _, worded_in
from app.core.certificates.furniture import (
    HAIR,
    INK,
    NAVY,
    QUIET,
    WHITE,
    Place,
    draw_mark,
    draw_small,
    draw_words,
)
from app.core.certificates.page import CertificateFacts
from app.core.certificates.token import short_code
from app.core.documents import Align, Pages, Paper, Path, Weight

_WIDTH, _HEIGHT = 242.6, 153.0
"""85.6 mm x 54 mm (ISO/IEC 7810, ID-1), in points."""
_ACROSS, _DOWN = 2, 5
_BAND = 27.0
_EDGE = 9.0
_CODE = 84.0


def draw_cards(people: Sequence[CertificateFacts], *, site: str, made_at: datetime) -> bytes:
    """Return sheets of cards, ten on a page in rows of two, each worded in its person's language."""
    pages = Pages(
        Paper.A4_PORTRAIT, title=_("Certificate cards"), author=site, made_at=made_at, language="en"
    )
    left = (pages.width - _ACROSS * _WIDTH) / 2
    top = (pages.height + _DOWN * _HEIGHT) / 2
    for place, facts in enumerate(people):
        on_page = place % (_ACROSS * _DOWN)
        if place and not on_page:
            pages.next_page()
        row, column = divmod(on_page, _ACROSS)
        with worded_in(facts.language):
            _draw_card(pages, left + column * _WIDTH, top - (row + 1) * _HEIGHT, facts)
    return pages.finish()


def _draw_card(pages: Pages, x: float, y: float, facts: CertificateFacts) -> None:
    band = y + _HEIGHT - _BAND
    pages.fill(Path().rectangle(x, band, _WIDTH, _BAND), NAVY)
    pages.stroke(Path().rectangle(x, y, _WIDTH, _HEIGHT), HAIR, 0.4)  # to cut along
    draw_mark(pages, x + _EDGE, band + 5.5, 16, "#3346D3")
    site = Place(
        x=x + _EDGE + 22, middle=band + _BAND / 2, width=_WIDTH - 2 * _EDGE - 22, size=10,
        smallest=6.5, height=14, align=Align.LEFT,
    )  # fmt: skip
    draw_words(pages, site, facts.site_name, Weight.SEMIBOLD, WHITE)
    _draw_words(pages, x + _EDGE, y, _WIDTH - _CODE - 3 * _EDGE + 2, facts)
    code = x + _WIDTH - _CODE - _EDGE + 2
    pages.qr(code, y + 28, _CODE, facts.token)
    draw_small(pages, code + _CODE / 2, y + 19, _CODE, _("Daksha, Verify certificate"), size=6)
    draw_small(pages, code + _CODE / 2, y + 10, _CODE, short_code(facts.token), size=6.5)


def _draw_words(pages: Pages, x: float, y: float, width: float, facts: CertificateFacts) -> None:
    name = Place(x=x, middle=y + 104, width=width, size=13, smallest=9, height=32, align=Align.LEFT)
    draw_words(pages, name, facts.person_name, Weight.BOLD, INK)
    draw_small(pages, x, y + 81, width, facts.person_number, size=8, align=Align.LEFT)
    title = Place(x=x, middle=y + 59, width=width, size=10, smallest=7, height=28, align=Align.LEFT)
    draw_words(pages, title, facts.course_title, Weight.SEMIBOLD, NAVY)
    until = (
        _("Valid until {day}").format(day=figures.day(facts.valid_until))
        if facts.valid_until
        else _("No expiry")
    )
    draw_small(
        pages, x, y + 32, width, until, size=9, weight=Weight.SEMIBOLD, colour=INK, align=Align.LEFT
    )
    draw_small(pages, x, y + 15, width, facts.number, size=8, colour=QUIET, align=Align.LEFT)
