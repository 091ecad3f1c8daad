"""A signature on paper: printed name, meaning, local time with its zone, reason (21 CFR 11.50)."""

from dataclasses import dataclass

from app.core.documents.fonts import Weight
from app.core.documents.pages import Pages, Path

_INSIDE = 12.0
_NAME, _TEXT, _SMALL = 12.0, 9.5, 7.5
_BLACK, _GREY = "#000000", "#5B6270"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """What a block says; none of its lines can be left out."""

    heading: str
    """What the block is, in the reader's words."""
    name: str
    meaning: str
    signed_at: str
    """Local time of the PC on which it was signed, with its zone."""
    reason: str
    proof: str
    """Whether it holds, and by what it can be checked."""


def draw_signature(
    pages: Pages, block: SignatureBlock, x: float, top: float, width: float
) -> float:
    """Draw a block below `top`; return where what follows may begin."""
    inner, left = width - 2 * _INSIDE, x + _INSIDE
    y = top - _INSIDE - _SMALL
    y = pages.paragraph(left, y, block.heading, _SMALL, inner, colour=_GREY)
    y = pages.paragraph(
        left, y - 5, block.name, _NAME, inner, weight=Weight.SEMIBOLD, colour=_BLACK
    )
    for words in (block.meaning, block.signed_at, block.reason):
        if words:
            y = pages.paragraph(left, y, words, _TEXT, inner, colour=_BLACK)
    y = pages.paragraph(left, y - 2, block.proof, _SMALL, inner, colour=_GREY)
    bottom = y + _SMALL - _INSIDE
    pages.stroke(Path().rectangle(x, bottom, width, top - bottom, 6), _GREY, 0.7)
    return bottom - _INSIDE
