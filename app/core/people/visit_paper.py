"""What an auditor gets at the gate: how to sign in, and from when until when, on half a page."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Weight, fit

_MARGIN = 56.0
_GREY, _BLACK = "#5B6270", "#000000"
_FIRST, _SECOND = "bdfghkmnprstvz", "aeiou"
_GROUPS, _SYLLABLES = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSlip:
    """What the slip says."""

    name: str
    login: str
    password: str = field(repr=False)
    opens_at: datetime
    closes_at: datetime


def new_visit_password(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """Return a password that can be read off paper and typed: four short groups, 49 bits of chance."""
    groups = (
        "".join(_FIRST[draw(len(_FIRST))] + _SECOND[draw(len(_SECOND))] for _ in range(_SYLLABLES))
        for _group in range(_GROUPS)
    )
    return "-".join(groups)


def visit_document(slip: VisitSlip, site_name: str, made_at: datetime) -> bytes:
    """Return the slip as PDF."""
    title = _("Auditor's visit")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site_name, made_at=made_at)
    at = pages.height - _MARGIN
    at = _say(pages, title, at, 11)
    at = _say(pages, slip.name, at - 8, 20, _BLACK)
    at = _say(pages, site_name, at, 11)
    for head, words in (
        (_("Login"), slip.login),
        (_("Password"), slip.password),
        (_("From"), moment(slip.opens_at)),
        (_("Until"), moment(slip.closes_at)),
    ):
        at = _say(pages, head, at - 14, 9)
        at = _say(pages, words, at - 4, 16, _BLACK)
    for words in (
        _("Sign in at any PC of this site: type the login, then the password."),
        _("You may read everything and change nothing. Everything you open is on record."),
        _("Keep this to yourself, and destroy it after the visit."),
    ):
        at = _say(pages, words, at - 10, 10)
    return pages.finish()


def _say(pages: Pages, words: str, top: float, size: float, colour: str = _GREY) -> float:
    """Write words below a height, and return the height below them."""
    weight = Weight.SEMIBOLD if colour == _BLACK else Weight.REGULAR
    width = pages.width - 2 * _MARGIN
    fitted = fit(words, weight=weight, size=size, smallest=6, width=width, height=3 * size)
    at = top - fitted.size
    for line in fitted.lines:
        pages.line_of_text(_MARGIN, at, line, fitted.size, colour=colour, align=Align.LEFT)
        at -= fitted.leading
    return at
