"""The notice of a committee, to be hung up where everybody passes (POSH Act s.19(b), Rule 13(e))."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base.figures import day
from app.core.base.words import _, mark
from app.core.documents import Pages, Paper, Weight
from app.core.egress import Document, FileKind, Leaving
from app.core.training.committees.kinds import SEAT_ROLES
from app.core.training.committees.types import Seat

_EDGE, _GREY = 64.0, "#5B6270"
_LAW = (
    mark("Sexual harassment at the workplace is prohibited."),
    mark(
        "Whoever is found to have committed it is dealt with under the service rules as for misconduct, up to "
        "dismissal; what is an offence under the criminal law is reported to the police if the person harmed wishes it."
    ),
    mark(
        "A complaint is made in writing, within three months, to any of the members below. It is confidential. "
        "Nobody may be treated worse for making one, or for being a witness."
    ),
)
"""A sample of what the law asks to be displayed; no legal advice."""


def notice_document(title: str, sitting: Sequence[Seat], made_at: datetime) -> Document:
    """Return the notice of who sits on a committee."""
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=title, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE - 20
    y = pages.paragraph(_EDGE, y, title, 26, width, weight=Weight.BOLD) - 14
    for words in _LAW:
        y = pages.paragraph(_EDGE, y, _(words), 13, width) - 8
    y -= 12
    for one in sitting:
        if y < _EDGE + 90:
            pages.next_page()
            y = pages.height - _EDGE - 20
        pages.rule(_EDGE, y + 22, width, colour=_GREY)
        y = pages.paragraph(_EDGE, y, one.name, 16, width, weight=Weight.SEMIBOLD)
        about = " · ".join(filter(None, (_(SEAT_ROLES[one.role]), one.contact)))
        y = pages.paragraph(_EDGE, y, about, 12, width)
        since = _("Since {day}").format(day=day(one.from_on))
        y = pages.paragraph(_EDGE, y, since, 10, width, colour=_GREY) - 16
    foot = _("Printed on {day}. It holds until the next one is printed.").format(
        day=day(made_at.astimezone().date())
    )
    pages.text(_EDGE, _EDGE - 16, foot, 9, colour=_GREY)
    leaving = Leaving(kind=FileKind.NOTICE, title=title, records=len(sitting))
    return Document(content=pages.finish(), leaving=leaving)
