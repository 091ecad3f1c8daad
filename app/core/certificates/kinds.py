"""Words that certificates keep: what one rests on."""

from enum import StrEnum

from app.core.training import Basis


class CertificateBasis(StrEnum):
    """What somebody did to get a certificate. A new basis has its sentence in `page.award_of`."""

    COURSE = "course"
    SESSION = "session"
    PRACTICAL = "practical"
    DRILL = "drill"
    READING = "reading"
    PAPER = "paper"
    """A declaration, or a paper that somebody looked at."""


BASIS_OF_CREDIT = {
    Basis.SESSION: CertificateBasis.SESSION,
    Basis.PRACTICAL: CertificateBasis.PRACTICAL,
    Basis.DRILL: CertificateBasis.DRILL,
    Basis.ACKNOWLEDGED: CertificateBasis.READING,
    Basis.DECLARED: CertificateBasis.PAPER,
    Basis.ENTERED: CertificateBasis.PAPER,
    Basis.CONFIRMED: CertificateBasis.PAPER,
}
