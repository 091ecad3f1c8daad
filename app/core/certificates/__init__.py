"""Certificates: numbers, signed codes and frozen documents; the register; verifying offline."""

from app.core.certificates.drawing import draw_certificate
from app.core.certificates.errors import (
    AlreadyRevoked,
    CannotSignHere,
    ClockInDoubt,
    HolderErased,
    ReasonNeeded,
)
from app.core.certificates.kinds import CertificateBasis
from app.core.certificates.page import CertificateFacts
from app.core.certificates.register import EXPIRING_DAYS
from app.core.certificates.service import Certificates
from app.core.certificates.signing import SignatureState, check_pdf_signature, sign_pdf
from app.core.certificates.templates import TEMPLATES
from app.core.certificates.token import TokenClaims, short_code
from app.core.certificates.types import (
    CertificateDetail,
    CertificateState,
    CertificateSummary,
    FrozenDocument,
    RegisterEntry,
    Revocation,
    Verification,
    VerificationStatus,
)
from app.core.certificates.verification import LookUp, verify_with

__all__ = [
    "EXPIRING_DAYS",
    "TEMPLATES",
    "AlreadyRevoked",
    "CannotSignHere",
    "CertificateBasis",
    "CertificateDetail",
    "CertificateFacts",
    "CertificateState",
    "CertificateSummary",
    "Certificates",
    "ClockInDoubt",
    "FrozenDocument",
    "HolderErased",
    "LookUp",
    "ReasonNeeded",
    "RegisterEntry",
    "Revocation",
    "SignatureState",
    "TokenClaims",
    "Verification",
    "VerificationStatus",
    "check_pdf_signature",
    "draw_certificate",
    "short_code",
    "sign_pdf",
    "verify_with",
]
