"""The notice of a committee, to be hung up where everybody passes (POSH Act s.19(b), Rule 13(e))."""

from datetime import date, datetime

from app.core.base.figures import day
from app.core.base.words import _, mark
from app.core.documents import Pages, Paper, Weight
from app.core.egress import Document, FileKind, Leaving
from app.core.training.committees.kinds import SEAT_ROLES, CommitteeKind
from app.core.training.committees.types import Committee, Seat
from app.core.training.committees.words import strength_in_words

_EDGE, _GREY = 64.0, "#5B6270"
_HARASSMENT = (
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
_LAW = {
    CommitteeKind.INTERNAL: _HARASSMENT,
    CommitteeKind.SAFETY: (
        mark(
            "Tell any of the members below what could hurt somebody here. They look into it with the management."
        ),
    ),
    CommitteeKind.FIRST_AID: (
        mark("Whoever is hurt or taken ill is seen to first by one of the members below."),
    ),
    CommitteeKind.FIRE: (
        mark("Whoever sees fire or smoke raises the alarm and calls one of the members below."),
    ),
}
"""A sample of what is to be displayed; no legal advice."""


def notice_document(committee: Committee, today: date, made_at: datetime) -> Document:
    """Return the notice of who sits on a committee today, and of how many there have to be."""
    title, sitting = committee.title, committee.sitting(today)
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=title, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE - 20
    y = pages.paragraph(_EDGE, y, title, 26, width, weight=Weight.BOLD) - 14
    for words in _LAW.get(committee.terms.kind, ()):
        y = pages.paragraph(_EDGE, y, _(words), 13, width) - 8
    strength = " · ".join(map(strength_in_words, committee.strength(today)))
    if strength:
        strength = _("Members, and how many there have to be: {strength}").format(strength=strength)
        y = pages.paragraph(_EDGE, y, strength, 12, width, weight=Weight.SEMIBOLD) - 8
    y -= 12
    for one in sitting:
        if y < _EDGE + 90:
            pages.next_page()
            y = pages.height - _EDGE - 20
        pages.rule(_EDGE, y + 22, width, colour=_GREY)
        y = pages.paragraph(_EDGE, y, one.name, 16, width, weight=Weight.SEMIBOLD)
        about = " · ".join(
            filter(None, (_(SEAT_ROLES[one.role]), _shift(committee, one), one.contact))
        )
        y = pages.paragraph(_EDGE, y, about, 12, width)
        since = _("Since {day}").format(day=day(one.from_on))
        y = pages.paragraph(_EDGE, y, since, 10, width, colour=_GREY) - 16
    foot = _("Printed on {day}. It holds until the next one is printed.").format(
        day=day(made_at.astimezone().date())
    )
    pages.text(_EDGE, _EDGE - 16, foot, 9, colour=_GREY)
    leaving = Leaving(kind=FileKind.NOTICE, title=title, records=len(sitting))
    return Document(content=pages.finish(), leaving=leaving)


def _shift(committee: Committee, seat: Seat) -> str:
    """Return the shift in which somebody is found; "" where the committee does not look at it."""
    is_said = committee.terms.least_per_shift and seat.shift
    return _("shift {shift}").format(shift=seat.shift) if is_said else ""
