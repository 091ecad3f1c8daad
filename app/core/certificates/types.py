"""What certificates hand out: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from app.core.certificates.kinds import CertificateBasis
from app.core.certificates.token import TokenClaims


class CertificateState(StrEnum):
    """Whether a certificate holds today."""

    VALID = "valid"
    EXPIRING = "expiring"
    """Holds, but not for much longer."""
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSummary:
    """One row of the register: names and titles as printed."""

    id: UUID
    number: str
    person_id: UUID
    person_name: str
    person_number: str
    basis: CertificateBasis
    course_id: UUID | None
    """None unless it is of a course."""
    course_title: str
    """Of the course or the requirement."""
    version: int | None
    """Of the course."""
    score: Fraction | None
    completed_on: date
    issued_at: datetime
    valid_until: date | None
    """Last valid day, the whole of it; None: for good."""
    state: CertificateState


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTaught:
    """A class, as its certificates are found: what proves what it gave, and the course it showed."""

    proofs: tuple[UUID, ...]
    course_id: UUID | None = None
    people: tuple[UUID, ...] = ()
    """Whom it counts for."""
    days: tuple[date, ...] = ()
    """On which it was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """That a certificate no longer holds, since when and why."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenDocument:
    """The PDF as it was made, known by its SHA-256."""

    sha256: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDetail:
    """Everything that is kept about a certificate."""

    summary: CertificateSummary
    site_name: str
    template: str
    language: str
    token: str
    code: str
    """Eight letters that stand for the token where somebody reads it out."""
    revocation: Revocation | None
    document: FrozenDocument | None
    """None until the PDF is made."""


class VerificationStatus(StrEnum):
    """What a look at a certificate comes to; only VALID means that it holds."""

    VALID = "valid"
    TAMPERED = "tampered"
    REVOKED = "revoked"
    EXPIRED = "expired"
    DUPLICATE = "duplicate"
    """Genuine, but another PC certified the same proof: its certificate is the one that counts."""
    UNKNOWN_ISSUER = "unknown-issuer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of verifying a certificate, with the sentence that says why."""

    status: VerificationStatus
    why: str
    claims: TokenClaims | None = None
    """What the code says. Proved by the issuer's signature, except for an unknown issuer."""
    issuer: str = ""
    """The trusted site that issued it."""
    signed_at: datetime | None = None
    """When the document was signed, as the issuer's PC had it; unknown for a code alone."""
    is_document: bool = False
    """Whether the very file that was issued was proved, not only the code on it."""
    revocation: Revocation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """What a site's register knows of a certificate, beyond what the certificate proves itself."""

    issuer: str
    token: str
    """Empty where it is not kept: the holder was erased, or their key has not come."""
    sha256: str | None
    """Of the frozen PDF."""
    revocation: Revocation | None
    is_erased: bool = False
    """The holder was erased since."""
    counts: str = ""
    """Number of the one that counts, where another PC issued this one for the same proof, or where
    this one was revoked and another was issued in its place."""
