"""The letter to the agency that electronic signatures bind as those by hand (21 CFR 11.100(c))."""

from dataclasses import dataclass
from datetime import datetime

from app.core.base.figures import day
from app.core.base.words import _
from app.core.documents import Pages, Paper, Weight
from app.core.egress import Document, FileKind, Leaving
from app.core.signatures.errors import WordsMissing

_EDGE, _GREY = 72.0, "#5B6270"
_BODY = (
    "Pursuant to Section 11.100 of Title 21 of the Code of Federal Regulations, this is to certify"
    " that {company} intends that all electronic signatures executed by its employees, agents or"
    " representatives, located anywhere in the world, are the legally binding equivalent of"
    " traditional handwritten signatures."
)
"""As the agency words it: in English whatever the language of the reader."""
_SITE = "This covers the site {site}. Each signer has accepted this in a signed statement."


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Who writes to the agency, for which site."""

    company: str
    site: str
    address: str
    signatory: str
    role: str


def nonrepudiation_letter(facts: LetterFacts, made_at: datetime) -> Document:
    """Return the letter as a page to be signed by hand and sent. Raises WordsMissing."""
    for what, words in ((_("The company"), facts.company), (_("Who signs"), facts.signatory)):
        if not words.strip():
            raise WordsMissing(what)
    title = _("Non-repudiation letter")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=facts.company, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE
    pages.text(_EDGE, y, facts.company, 14, weight=Weight.SEMIBOLD)
    y = pages.paragraph(_EDGE, y - 20, facts.address or " ", 10, width, colour=_GREY)
    pages.text(_EDGE, y - 18, day(made_at.astimezone().date()), 10)
    y -= 56
    for line in (
        "Electronic Signatures, Office of Regulatory Affairs",
        "U.S. Food and Drug Administration",
    ):
        pages.text(_EDGE, y, line, 10)
        y -= 15
    y -= 24
    for text in (_BODY.format(company=facts.company), _SITE.format(site=facts.site)):
        y = pages.paragraph(_EDGE, y, text, 11, width) - 12
    y -= 72
    pages.text(_EDGE, y, "_" * 36, 10, colour=_GREY)
    pages.text(_EDGE, y - 16, facts.signatory, 11, weight=Weight.SEMIBOLD)
    pages.text(_EDGE, y - 31, facts.role, 10, colour=_GREY)
    leaving = Leaving(kind=FileKind.SIGNATURE, title=f"{title}, {facts.company}")
    return Document(content=pages.finish(), leaving=leaving)
