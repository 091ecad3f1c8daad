"""The certificate as a page: what is printed on it, and what a template is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.base import figures
from app.core.base.words import _
from app.core.certificates.kinds import CertificateBasis
from app.core.certificates.models import CertificateRow
from app.core.documents import Align, Pages
from app.core.signatures import SignatureLine


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
    language: str
    token: str
    basis: CertificateBasis = CertificateBasis.COURSE
    signatures: tuple[SignatureLine, ...] = ()
    """Under what it stands on, by whoever vouches for it: the assessor's, the trainer's."""


def facts_of(row: CertificateRow, signatures: tuple[SignatureLine, ...] = ()) -> CertificateFacts:
    """Return what an issued certificate says."""
    return CertificateFacts(
        number=row.number,
        site_name=row.site_name,
        person_name=row.printed_name,
        person_number=row.printed_number,
        course_title=row.printed_title,
        version="" if row.version is None else str(row.version),
        score=None if row.score is None else figures.share(row.score),
        completed_on=row.completed_on,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        language=row.language,
        token=row.token,
        basis=row.basis,
        signatures=signatures,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRoom:
    """Where on the page who signed is told, one below the other from `top` down."""

    x: float
    top: float
    width: float
    align: Align


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTemplate:
    """A look for certificates: the key it is chosen by, its name (marked words), how it draws.

    It says where who signed is told, and cannot leave that out: the page draws it (`drawing`).
    """

    key: str
    name: str
    draw: Callable[[Pages, CertificateFacts], None]
    signed: Callable[[CertificateFacts], SignedRoom]


def head_of(facts: CertificateFacts) -> str:
    """Return what a certificate is called."""
    if facts.basis is CertificateBasis.PRACTICAL:
        return _("Certificate of competence")
    if facts.basis is CertificateBasis.COURSE:
        return _("Certificate of completion")
    return _("Certificate of training")


def award_of(facts: CertificateFacts) -> str:
    """Return what somebody did, as the words between their name and the title."""
    return {
        CertificateBasis.COURSE: _("has successfully completed the course"),
        CertificateBasis.SESSION: _("has attended the training"),
        CertificateBasis.PRACTICAL: _("has been assessed in practice and found competent in"),
        CertificateBasis.DRILL: _("has taken part in the drill"),
        CertificateBasis.READING: _("has read and acknowledged"),
        CertificateBasis.PAPER: _("has met the requirement"),
    }[facts.basis]


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
