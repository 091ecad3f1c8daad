"""Pieces that templates share: colours, the Daksha mark, fitted words, the box that verifies."""

from dataclasses import dataclass
from functools import lru_cache

from app.core.base.words import _
from app.core.certificates.page import CertificateFacts, SignedRoom
from app.core.certificates.token import short_code
from app.core.documents import Align, Pages, Path, Weight, fit
from app.core.signatures import as_read, meaning_in_words

INK, QUIET, HAIR = "#141926", "#465066", "#AAB2C2"
_BELOW_MIDDLE = 0.34
"""From the middle of a line of letters down to its baseline, in sizes."""
SIGNATURE_HEIGHT = 62.0
"""Of the block of one signature, with the room below it."""
NAVY, PRIMARY, ACCENT, PANEL, WHITE = "#141A30", "#3346D3", "#B4690E", "#F1F3F9", "#FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Room for words: where they hang, how wide they may be, how high; their size at most and,
    on one line, at least."""

    x: float
    middle: float
    width: float
    size: float
    smallest: float
    height: float
    align: Align = Align.CENTRE


def draw_words(
    pages: Pages, place: Place, text: str, weight: Weight = Weight.REGULAR, colour: str = INK
) -> None:
    """Draw `text` within `place`, its lines about the middle."""
    fitted = fit(
        text,
        weight=weight,
        size=place.size,
        smallest=place.smallest,
        width=place.width,
        height=place.height,
    )
    y = place.middle + fitted.leading * (len(fitted.lines) - 1) / 2 - fitted.size * _BELOW_MIDDLE
    for line in fitted.lines:
        pages.line_of_text(place.x, y, line, fitted.size, colour=colour, align=place.align)
        y -= fitted.leading


def draw_small(
    pages: Pages, x: float, middle: float, width: float, text: str, *,
    size: float = 8.5, weight: Weight = Weight.REGULAR, colour: str = QUIET, align: Align = Align.CENTRE,
) -> None:  # fmt: skip
    """Draw `text` on one line, smaller where `width` asks for it."""
    place = Place(
        x=x,
        middle=middle,
        width=width,
        size=size,
        smallest=size * 0.6,
        height=size * 1.5,
        align=align,
    )
    draw_words(pages, place, text, weight, colour)


@lru_cache(maxsize=8)
def _mark(x: float, y: float, side: float) -> tuple[Path, Path]:
    """Return the mark's tile and, upon it, a tick that is also a flame."""
    unit = side / 100

    def at(across: float, up: float) -> tuple[float, float]:
        return x + across * unit, y + up * unit

    tick = (
        Path()
        .move(*at(22, 50))
        .line(at(34, 62), at(45, 51), at(69, 78), at(81, 66), at(45, 27))
        .close()
    )
    return Path().rectangle(x, y, side, side, 24 * unit), tick


def draw_mark(pages: Pages, x: float, y: float, side: float, colour: str = NAVY) -> None:
    """Draw the Daksha mark with its lower left corner at (x, y)."""
    tile, tick = _mark(x, y, side)
    pages.fill(tile, colour)
    pages.fill(tick, WHITE)


def draw_verify_box(
    pages: Pages, x: float, y: float, side: float, facts: CertificateFacts, gap: float = 12
) -> None:
    """Draw the QR code and, `gap` below it, three lines that say how to use it."""
    pages.qr(x, y, side, facts.token)
    middle = x + side / 2
    width = side + 40
    y -= gap
    draw_small(pages, middle, y, width, _("Verify with:"))
    draw_small(
        pages,
        middle,
        y - 11,
        width,
        _("Daksha, Verify certificate"),
        weight=Weight.SEMIBOLD,
        colour=INK,
    )
    draw_small(pages, middle, y - 23, width, short_code(facts.token))


def draw_signatures(pages: Pages, room: SignedRoom, facts: CertificateFacts) -> None:
    """Draw who signed what the certificate stands on, with meaning and time (21 CFR 11.50).

    Nothing where nobody signed.
    """
    top, width, align = room.top, room.width, room.align
    hang = room.x + width / 2 if align is Align.CENTRE else room.x
    for one in facts.signatures:
        name = f"{one.name} ({one.number})" if one.number else one.name
        said = (
            (8.0, _("Signed electronically"), 7.5, Weight.REGULAR, QUIET),
            (21.5, name, 11.0, Weight.SEMIBOLD, INK),
            (35.0, meaning_in_words(one.meaning), 9.0, Weight.REGULAR, INK),
            (46.0, as_read(one), 8.0, Weight.REGULAR, QUIET),
        )
        pages.rule(room.x, top, width, colour=INK, thickness=0.5)
        for down, text, size, weight, colour in said:
            draw_small(
                pages, hang, top - down, width, text, size=size, weight=weight, colour=colour,
                align=align,
            )  # fmt: skip
        top -= SIGNATURE_HEIGHT
