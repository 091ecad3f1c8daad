"""The modern certificate: large words at the left, what can be checked in a panel at the right."""

from app.core.base.words import _, mark
from app.core.certificates.furniture import (
    ACCENT,
    HAIR,
    INK,
    NAVY,
    PANEL,
    PRIMARY,
    QUIET,
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
from app.core.documents import Align, Pages, Path, Weight

_LEFT = 66.0
_PANEL = 236.0
_SIDE = 118.0


def draw(pages: Pages, facts: CertificateFacts) -> None:
    """Draw the whole page."""
    pages.fill(Path().rectangle(0, 0, 12, pages.height), NAVY)
    pages.fill(Path().rectangle(12, 0, 4, pages.height), ACCENT)
    pages.fill(Path().rectangle(pages.width - _PANEL, 0, _PANEL, pages.height), PANEL)
    width = pages.width - _PANEL - _LEFT - 36
    draw_mark(pages, _LEFT, 500, 34, PRIMARY)
    site = Place(
        x=_LEFT + 46,
        middle=517,
        width=width - 46,
        size=16,
        smallest=11,
        height=40,
        align=Align.LEFT,
    )
    draw_words(pages, site, facts.site_name, Weight.SEMIBOLD)
    _draw_award(pages, facts, width)
    _draw_panel(pages, facts)


def signed(_facts: CertificateFacts) -> SignedRoom:
    """Return where who signed is told: below the award."""
    return SignedRoom(x=_LEFT, top=150, width=230, align=Align.LEFT)


def _draw_award(pages: Pages, facts: CertificateFacts, width: float) -> None:
    def words(
        middle: float, height: float, size: float, text: str, weight: Weight, colour: str
    ) -> None:
        place = Place(
            x=_LEFT,
            middle=middle,
            width=width,
            size=size,
            smallest=size * 0.66,
            height=height,
            align=Align.LEFT,
        )
        draw_words(pages, place, text, weight, colour)

    words(448, 24, 15, head_of(facts), Weight.SEMIBOLD, PRIMARY)
    words(388, 82, 42, facts.person_name, Weight.BOLD, INK)
    if facts.person_number:
        number = _("Person number {number}").format(number=facts.person_number)
        words(331, 18, 12, number, Weight.REGULAR, QUIET)
    pages.fill(Path().rectangle(_LEFT, 303, 56, 3), ACCENT)
    words(279, 20, 13, award_of(facts), Weight.REGULAR, QUIET)
    words(219, 92, 27, facts.course_title, Weight.SEMIBOLD, NAVY)


def _draw_panel(pages: Pages, facts: CertificateFacts) -> None:
    left = pages.width - _PANEL + 30
    width = _PANEL - 60
    y = 530.0
    for label, value in details(facts):
        draw_small(pages, left, y, width, label, align=Align.LEFT)
        draw_small(
            pages,
            left,
            y - 15,
            width,
            value,
            size=12,
            weight=Weight.SEMIBOLD,
            colour=INK,
            align=Align.LEFT,
        )
        pages.rule(left, y - 28, width, colour=HAIR, thickness=0.4)
        y -= 46
    x = pages.width - _PANEL / 2 - _SIDE / 2
    pages.fill(Path().rectangle(x - 14, 92, _SIDE + 28, _SIDE + 28, 8), WHITE)
    draw_verify_box(pages, x, 106, _SIDE, facts, gap=30)


MODERN = CertificateTemplate(key="modern", name=mark("Modern"), draw=draw, signed=signed)
