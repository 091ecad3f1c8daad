"""The papers of a recovery kit: one A4 page a share, with its words, their QR code and its keeper."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base.figures import day
from app.core.base.words import _
from app.core.documents import Pages, Paper, Weight

_MARGIN = 56.0
_COLUMNS = 3
_GREY = "#5B6270"
_QR_SIDE = 150.0
QR_PREFIX = "DAKSHA:SHARE:"


def kit_document(
    site_name: str, number: int, shares: Sequence[str], keepers: Sequence[str], made_at: datetime
) -> bytes:
    """Return the papers as PDF. The order of the shares is that of their keepers."""
    pages = Pages(Paper.A4_PORTRAIT, title=_("Recovery kit"), author=site_name, made_at=made_at)
    for place, (share, keeper) in enumerate(zip(shares, keepers, strict=True)):
        if place:
            pages.next_page()
        lines = (
            (_("Kit number"), str(number)),
            (_("Kept by"), keeper),
            (_("Made on"), day(made_at.astimezone().date())),
        )
        title = _("Share {number} of {count}").format(number=place + 1, count=len(shares))
        y = _head(pages, site_name, title, lines)
        y = _words(pages, share.split(), y - 24)
        pages.qr(_MARGIN, y - _QR_SIDE - 20, _QR_SIDE, QR_PREFIX + share.upper())
        _advice(pages, keepers, _MARGIN + _QR_SIDE + 28, y - 32)
    return pages.finish()


def _head(pages: Pages, site_name: str, title: str, lines: Sequence[tuple[str, str]]) -> float:
    width, y = pages.width - 2 * _MARGIN, pages.height - _MARGIN - 12
    y = pages.paragraph(_MARGIN, y, _("Recovery kit"), 12, width, colour=_GREY)
    y = pages.paragraph(_MARGIN, y - 14, site_name, 22, width, weight=Weight.SEMIBOLD)
    y = pages.paragraph(_MARGIN, y - 8, title, 16, width, weight=Weight.SEMIBOLD)
    pages.rule(_MARGIN, y, width, colour=_GREY)
    for name, value in lines:
        y -= 20
        pages.text(_MARGIN, y, name, 10, colour=_GREY)
        y = pages.paragraph(_MARGIN + 110, y, value, 12, width - 110, weight=Weight.SEMIBOLD)
        y += 12
    return y - 12


def _words(pages: Pages, words: Sequence[str], top: float) -> float:
    """Write the words with their numbers, column by column; return where they end."""
    width, rows = (pages.width - 2 * _MARGIN) / _COLUMNS, -(-len(words) // _COLUMNS)
    for place, word in enumerate(words):
        across, down = divmod(place, rows)
        x, y = _MARGIN + across * width, top - 21 * down
        pages.text(x, y, f"{place + 1}", 9, colour=_GREY)
        pages.text(x + 24, y, word, 13, weight=Weight.SEMIBOLD)
    return top - 21 * rows


def _advice(pages: Pages, keepers: Sequence[str], x: float, y: float) -> None:
    width = pages.width - _MARGIN - x
    for words in (
        _("Two shares of this kit open the records of the site, should the password be lost."),
        _("Keep it locked away, apart from the other shares, and show it to nobody."),
        _("The shares are kept by: {names}").format(names=", ".join(keepers)),
        _("If a share is lost or was seen, have the data key changed and a new kit printed."),
    ):
        y = pages.paragraph(x, y, words, 10, width) - 8
