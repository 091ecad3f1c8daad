"""The classic certificate: centred, framed, with a rosette."""

import math
from functools import lru_cache
from itertools import pairwise

from app.core.base.words import _, mark
from app.core.certificates.furniture import (
    ACCENT,
    HAIR,
    INK,
    NAVY,
    SIGNATURE_HEIGHT,
    WHITE,
    Place,
    draw_mark,
    draw_small,
    draw_verify_box,
    draw_words,
)
from app.core.certificates.page import (
    CertificateFacts,
    CertificateTemplate,
    SignedRoom,
    award_of,
    details,
    head_of,
)
from app.core.documents import KAPPA, Align, Pages, Path, Weight, set_line

_FOOT = 118.0
_SIDE = 86.0
_PETALS = 24


def draw(pages: Pages, facts: CertificateFacts) -> None:
    """Draw the whole page."""
    _draw_frame(pages)
    _draw_head(pages, facts)
    _draw_award(pages, facts)
    _draw_details(pages, facts)
    _draw_rosette(pages, pages.width / 2, _FOOT + 6)
    draw_verify_box(pages, pages.width - 74 - 105 - _SIDE / 2, _FOOT - 22, _SIDE, facts)


def signed(facts: CertificateFacts) -> SignedRoom:
    """Return where who signed is told, so that their middle is level with the rosette."""
    top = _FOOT + 6 + (len(facts.signatures) * SIGNATURE_HEIGHT - 10) / 2
    return SignedRoom(x=74, top=top, width=210, align=Align.CENTRE)


def _draw_frame(pages: Pages) -> None:
    pages.stroke(_notched(20, 20, pages.width - 40, pages.height - 40, 16), NAVY, 2.2)
    pages.stroke(_notched(26, 26, pages.width - 52, pages.height - 52, 16), ACCENT, 0.6)
    pages.stroke(_notched(30, 30, pages.width - 60, pages.height - 60, 16), HAIR, 0.4)


@lru_cache(maxsize=8)
def _notched(x: float, y: float, width: float, height: float, notch: float) -> Path:
    """Return a rectangle whose corners are hollowed out by quarter circles."""
    right, top, bend = x + width, y + height, notch * KAPPA
    return (
        Path()
        .move(x + notch, y)
        .line((right - notch, y))
        .curve(right - notch, y + bend, right - bend, y + notch, right, y + notch)
        .line((right, top - notch))
        .curve(right - bend, top - notch, right - notch, top - bend, right - notch, top)
        .line((x + notch, top))
        .curve(x + notch, top - bend, x + bend, top - notch, x, top - notch)
        .line((x, y + notch))
        .curve(x + bend, y + notch, x + notch, y + bend, x + notch, y)
        .close()
    )


def _draw_head(pages: Pages, facts: CertificateFacts) -> None:
    site = set_line(facts.site_name, Weight.SEMIBOLD)
    size = min(15.0, 560 / site.em) if site.em else 15.0
    left = (pages.width - site.width(size) - 36) / 2
    draw_mark(pages, left, 511, 26)
    pages.line_of_text(left + 36, 519, site, size, colour=NAVY)
    draw_words(
        pages, Place(x=pages.width / 2, middle=470, width=680, size=32, smallest=18, height=46),
        head_of(facts), Weight.BOLD, NAVY,
    )  # fmt: skip


def _draw_award(pages: Pages, facts: CertificateFacts) -> None:
    centre = pages.width / 2

    draw_small(pages, centre, 429, 640, _("This is to certify that"), size=12)
    name = Place(x=centre, middle=390, width=650, size=36, smallest=26, height=62)
    draw_words(pages, name, facts.person_name, Weight.BOLD)
    pages.rule(centre - 160, 351, 320, colour=ACCENT, thickness=0.8)
    if facts.person_number:
        number = _("Person number {number}").format(number=facts.person_number)
        draw_small(pages, centre, 338, 640, number, size=12)
    draw_small(pages, centre, 316, 640, award_of(facts), size=12)
    course = Place(x=centre, middle=277, width=660, size=24, smallest=18, height=58)
    draw_words(pages, course, facts.course_title, Weight.SEMIBOLD, NAVY)


def _draw_details(pages: Pages, facts: CertificateFacts) -> None:
    """Draw the facts in a row of equal columns between two hairlines."""
    known = details(facts)
    left, width = 70.0, pages.width - 140
    pages.rule(left, 240, width, colour=HAIR, thickness=0.5)
    pages.rule(left, 200, width, colour=HAIR, thickness=0.5)
    column = width / len(known)
    for index, (label, value) in enumerate(known):
        x = left + column * (index + 0.5)
        draw_small(pages, x, 229, column - 8, label, size=8)
        draw_small(pages, x, 213, column - 8, value, size=11, weight=Weight.SEMIBOLD, colour=INK)


@lru_cache(maxsize=4)
def _petals(x: float, y: float, radius: float) -> Path:
    """Return ellipses turned about (x, y), as on banknotes."""
    path = Path()
    for petal in range(_PETALS):
        turn = math.pi * petal / _PETALS
        along = (radius * math.cos(turn), radius * math.sin(turn))
        across = (-0.62 * radius * math.sin(turn), 0.62 * radius * math.cos(turn))
        ends = [along, across, (-along[0], -along[1]), (-across[0], -across[1]), along]
        path.move(x + along[0], y + along[1])
        for (x1, y1), (x2, y2) in pairwise(ends):
            path.curve(
                x + x1 + KAPPA * x2,
                y + y1 + KAPPA * y2,
                x + x2 + KAPPA * x1,
                y + y2 + KAPPA * y1,
                x + x2,
                y + y2,
            )
    return path


def _draw_rosette(pages: Pages, x: float, y: float) -> None:
    pages.stroke(_petals(x, y, 46), ACCENT, 0.3)
    pages.fill(Path().circle(x, y, 26), WHITE)
    pages.stroke(Path().circle(x, y, 26), NAVY, 1.2)
    pages.stroke(Path().circle(x, y, 23), ACCENT, 0.5)
    draw_mark(pages, x - 12, y - 12, 24)


CLASSIC = CertificateTemplate(key="classic", name=mark("Classic"), draw=draw, signed=signed)
