"""How the states of certificates, and what verifying comes to, are said and coloured."""

from dataclasses import dataclass

from app.core.base.figures import day
from app.core.base.words import _, mark
from app.core.certificates import (
    CertificateBasis,
    CertificateState,
    CertificateSummary,
    VerificationStatus,
)
from app.ui.kit.theme import Tone

STATES = {
    CertificateState.VALID: (mark("Valid"), Tone.SUCCESS),
    CertificateState.EXPIRING: (mark("Expiring"), Tone.WARNING),
    CertificateState.EXPIRED: (mark("Expired"), Tone.DANGER),
    CertificateState.REVOKED: (mark("Revoked"), Tone.DANGER),
}
"""By state: its marked word and its tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How an outcome is shown: a marked headline, an icon, a tone."""

    headline: str
    icon: str
    tone: Tone


ANSWERS = {
    VerificationStatus.VALID: Answer(
        headline=mark("Valid"), icon="shield-check", tone=Tone.SUCCESS
    ),
    VerificationStatus.TAMPERED: Answer(
        headline=mark("Not genuine: it was changed"), icon="shield-x", tone=Tone.DANGER
    ),
    VerificationStatus.REVOKED: Answer(
        headline=mark("Revoked: it holds no longer"), icon="ban", tone=Tone.DANGER
    ),
    VerificationStatus.EXPIRED: Answer(
        headline=mark("Expired"), icon="calendar-x", tone=Tone.WARNING
    ),
    VerificationStatus.DUPLICATE: Answer(
        headline=mark("Issued twice: another one counts"), icon="copy", tone=Tone.WARNING
    ),
    VerificationStatus.UNKNOWN_ISSUER: Answer(
        headline=mark("Unknown issuer: not proved"), icon="shield-alert", tone=Tone.WARNING
    ),
    VerificationStatus.UNREADABLE: Answer(
        headline=mark("Not a certificate that can be read"), icon="file-x", tone=Tone.NEUTRAL
    ),
}


_BASES = {
    CertificateBasis.COURSE: mark("A course that was completed"),
    CertificateBasis.SESSION: mark("A session that was attended"),
    CertificateBasis.PRACTICAL: mark("A practical that both have signed"),
    CertificateBasis.DRILL: mark("A drill"),
    CertificateBasis.READING: mark("A document that was acknowledged"),
    CertificateBasis.PAPER: mark("Evidence that counts"),
}


def basis_words(certificate: CertificateSummary) -> str:
    """Return what a certificate rests on."""
    return _(_BASES[certificate.basis])


def state_words(certificate: CertificateSummary) -> tuple[str, Tone]:
    """Return the word and tone of a certificate's state."""
    words, tone = STATES[certificate.state]
    return _(words), tone


def validity(certificate: CertificateSummary) -> str:
    """Return until when a certificate holds, or held."""
    if certificate.state is CertificateState.REVOKED:
        return _("Holds no longer")
    if certificate.valid_until is None:
        return _("Valid for good")
    if certificate.state is CertificateState.EXPIRED:
        return _("Was valid until {day}").format(day=day(certificate.valid_until))
    return _("Valid until {day}").format(day=day(certificate.valid_until))
