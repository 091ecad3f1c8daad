"""Stickers for a helmet or a badge: round, 50 mm across, fifteen on an A4 sheet of labels or to cut out."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base import figures
from app.core.base.words import _, worded_in
from app.core.certificates.furniture import HAIR, INK, NAVY, Place, draw_small, draw_words
from app.core.certificates.page import CertificateFacts
from app.core.documents import Pages, Paper, Path, Weight

_RADIUS = 70.87
"""25 mm in points."""
_ACROSS, _DOWN = 3, 5
_STEP = 158.0
"""From the middle of one to the middle of the next, both ways."""
_CODE = 76.0


def draw_stickers(people: Sequence[CertificateFacts], *, site: str, made_at: datetime) -> bytes:
    """Return sheets of stickers, fifteen on a page, each worded in its person's language."""
    pages = Pages(
        Paper.A4_PORTRAIT,
        title=_("Certificate stickers"),
        author=site,
        made_at=made_at,
        language="en",
    )
    left = pages.width / 2 - (_ACROSS - 1) / 2 * _STEP
    top = pages.height / 2 + (_DOWN - 1) / 2 * _STEP
    for place, facts in enumerate(people):
        on_page = place % (_ACROSS * _DOWN)
        if place and not on_page:
            pages.next_page()
        row, column = divmod(on_page, _ACROSS)
        with worded_in(facts.language):
            _draw_sticker(pages, left + column * _STEP, top - row * _STEP, facts)
    return pages.finish()


def _draw_sticker(pages: Pages, x: float, y: float, facts: CertificateFacts) -> None:
    """Draw one about its middle: what above the code, the code, whose and until when below it."""
    pages.stroke(Path().circle(x, y, _RADIUS), HAIR, 0.4)  # to cut along
    title = Place(x=x, middle=y + 54, width=80, size=8.5, smallest=5.5, height=17)
    draw_words(pages, title, facts.course_title, Weight.SEMIBOLD, NAVY)
    pages.qr(x - _CODE / 2, y - _CODE / 2 + 4, _CODE, facts.token)
    draw_small(pages, x, y - 43, 98, facts.person_name, size=8, weight=Weight.BOLD, colour=INK)
    until = _until(facts)
    draw_small(pages, x, y - 52, 84, until, size=7.5, weight=Weight.SEMIBOLD, colour=INK)
    draw_small(pages, x, y - 60, 64, f"{facts.person_number} · {facts.number}", size=5.5)


def _until(facts: CertificateFacts) -> str:
    if facts.valid_until is None:
        return _("No expiry")
    return _("Valid until {day}").format(day=figures.day(facts.valid_until))
