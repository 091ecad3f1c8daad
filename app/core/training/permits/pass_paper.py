"""A day pass: half a page with name, day and escort, to wear in a holder."""

from datetime import datetime

from app.core.base.figures import day
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight, fit
from app.core.training.permits.types import DayPass

_LEFT, _WIDE, _HIGH = 60.0, 475.0, 330.0
_GREY, _BLACK = "#5B6270", "#000000"


def pass_document(given: DayPass, site_name: str, made_at: datetime) -> bytes:
    """Return a pass as PDF."""
    title, site = _("Day pass"), given.from_site
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site_name, made_at=made_at)
    top = pages.height - 60
    frame = Path().move(_LEFT, top).line((_LEFT + _WIDE, top))
    frame.line((_LEFT + _WIDE, top - _HIGH)).line((_LEFT, top - _HIGH)).line((_LEFT, top))
    pages.stroke(frame, _BLACK, 1.5)
    lines = (
        (site_name, 12, Weight.REGULAR, _GREY, 34),
        (
            _("Of {site}").format(site=site) if site else _("Visitor"),
            30,
            Weight.SEMIBOLD,
            _BLACK,
            78,
        ),
        (given.name, 26, Weight.SEMIBOLD, _BLACK, 122),
        (" · ".join(filter(None, (given.number, given.company))), 14, Weight.REGULAR, _GREY, 146),
        (_("Comes to") if site else _("Only with the escort"), 12, Weight.REGULAR, _GREY, 190),
        (given.escort, 24, Weight.SEMIBOLD, _BLACK, 220),
        (_("Valid on {day} alone").format(day=day(given.day)), 14, Weight.SEMIBOLD, _BLACK, 262),
        (given.purpose, 11, Weight.REGULAR, _GREY, 286),
        (_("Given by {name}").format(name=given.by_name), 11, Weight.REGULAR, _GREY, 308),
    )
    for words, size, weight, colour, down in lines:
        if words:
            _draw(pages, words, size, weight, colour, top - down)
    return pages.finish()


def _draw(pages: Pages, words: str, size: float, weight: Weight, colour: str, y: float) -> None:
    room = _WIDE - 48
    fitted = fit(words, weight=weight, size=size, smallest=6, width=room, height=size * 1.4)
    for line in fitted.lines:
        pages.line_of_text(_LEFT + 24, y, line, fitted.size, colour=colour, align=Align.LEFT)
