"""The certificate as a page: what is printed on it, and how a template draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.base import figures
from app.core.base.words import _
from app.core.documents import Pages, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything a certificate says. Its bytes follow from these and the template alone."""

    number: str
    site_name: str
    person_name: str
    person_number: str
    course_title: str
    version: str
    score: str | None
    completed_on: date
    issued_at: datetime
    valid_until: date | None
    signer_name: str
    signer_title: str
    language: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTemplate:
    """A look for certificates: the key it is chosen by, its name (marked words), how it draws."""

    key: str
    name: str
    draw: Callable[[Pages, CertificateFacts], None]


def draw_certificate(facts: CertificateFacts, template: CertificateTemplate) -> bytes:
    """Return the certificate as a one-page PDF, A4 landscape, worded in the language in use.

    The token is also kept among the document's keywords, where `find_token` reads it.
    """
    pages = Pages(
        Paper.A4_LANDSCAPE,
        title=f"{facts.number} · {facts.person_name} · {facts.course_title}",
        author=facts.site_name,
        made_at=facts.issued_at,
        language=facts.language,
        keywords=facts.token,
    )
    template.draw(pages, facts)
    return pages.finish()


def details(facts: CertificateFacts) -> tuple[tuple[str, str], ...]:
    """Return what is known about the completion, as (label, value), without what is not."""
    return tuple(
        (label, value)
        for label, value in (
            (_("Certificate number"), facts.number),
            (_("Completed on"), figures.day(facts.completed_on)),
            (_("Score"), facts.score or ""),
            (_("Course version"), facts.version),
            (_("Issued on"), figures.day(facts.issued_at.astimezone().date())),
            (
                _("Valid until"),
                figures.day(facts.valid_until) if facts.valid_until else _("No expiry"),
            ),
        )
        if value
    )
