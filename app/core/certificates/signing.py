"""The electronic signature inside a certificate's PDF (PAdES baseline B), made and checked offline.

Any PDF reader can check it too, once it trusts the site's X.509 certificate. The signature certifies
the document: nothing may be changed or added afterwards. There is no time-stamping authority on an
offline site, so the time told is the signer's own.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers.pdf_signer import PdfSigner
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_FIELD = "Certificate"
_SIGNATURE_MARKS = (b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached", b"/ByteRange")
"""What a signed PDF holds in places apart, so that damage to one leaves another (ISO 32000-1, 12.8).
"""
_BESIDE_CERTIFICATE = 600
"""Bytes that the signature needs in the file beside its certificate; two digits each."""


class SignatureState(StrEnum):
    """What became of a PDF's signature."""

    VALID = "valid"
    CHANGED = "changed"
    UNKNOWN_SIGNER = "unknown-signer"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """The outcome of looking at a PDF's signature."""

    state: SignatureState
    signer: str = ""
    signed_at: datetime | None = None
    """As the signer's PC had it."""

    @property
    def intact(self) -> bool:
        """Tell whether every byte is as it was signed, whoever signed."""
        return self.state in {SignatureState.VALID, SignatureState.UNKNOWN_SIGNER}

    @property
    def trusted(self) -> bool:
        """Tell whether it is intact and a trusted certificate signed."""
        return self.state is SignatureState.VALID


def sign_pdf(
    pdf: bytes, *, key: bytes, certificate: bytes, at: datetime, reason: str, location: str
) -> bytes:
    """Return `pdf` with the signature of `key` (P-256) and its X.509 `certificate`, both PEM."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # 2 s to import

    signer = _signer(_private_key(key), _x509(certificate), at, reason, location)
    signed = signer.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)),
        bytes_reserved=2 * (len(certificate) + _BESIDE_CERTIFICATE),
    )
    return bytes(signed.getvalue())


def check_pdf_signature(
    untrusted_pdf: bytes, trusted_certificates: Sequence[bytes]
) -> SignatureCheck:
    """Return whether `untrusted_pdf` is as it was signed, and whether one of `trusted_certificates`
    (X.509, PEM) signed it. Nothing is fetched. Whatever the bytes are, there is an answer.
    """
    try:
        signature = _first_signature(untrusted_pdf)
        if signature is not None:
            return _judged(signature, untrusted_pdf, trusted_certificates)
    except Exception:  # noqa: BLE001  a foreign file can break its reader anywhere
        return SignatureCheck(state=_state_of_broken(untrusted_pdf))
    return SignatureCheck(state=SignatureState.UNSIGNED)


def _state_of_broken(untrusted_pdf: bytes) -> SignatureState:
    """Tell a signed PDF that no longer reads from what never was one."""
    signed = any(mark in untrusted_pdf for mark in _SIGNATURE_MARKS)
    return SignatureState.CHANGED if signed else SignatureState.UNREADABLE


def _first_signature(untrusted_pdf: bytes) -> "EmbeddedPdfSignature | None":
    from pyhanko.pdf_utils.reader import PdfFileReader  # 2 s to import

    return next(iter(PdfFileReader(BytesIO(untrusted_pdf), strict=False).embedded_signatures), None)


def _judged(
    signature: "EmbeddedPdfSignature", untrusted_pdf: bytes, trusted_certificates: Sequence[bytes]
) -> SignatureCheck:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    # Its path warnings only repeat what the result says.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    signed_at = signature.self_reported_timestamp
    roots = [_x509(certificate) for certificate in trusted_certificates]
    context = ValidationContext(trust_roots=roots, moment=signed_at, allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole and _gap_is_tidy(signature, untrusted_pdf)):
        state = SignatureState.CHANGED
    else:
        state = SignatureState.VALID if status.trusted else SignatureState.UNKNOWN_SIGNER
    return SignatureCheck(state=state, signer=_name_of(signature.signer_cert), signed_at=signed_at)


def _gap_is_tidy(signature: "EmbeddedPdfSignature", untrusted_pdf: bytes) -> bool:
    """Tell whether the one place that no signature covers, its own, holds it and zeros alone."""
    from asn1crypto.parser import peek

    start, length, end, _rest = (int(place) for place in signature.byte_range)
    digits = untrusted_pdf[start + length : end].strip(b"<>")
    content = bytes.fromhex(digits.decode("ascii"))
    return digits in {content.hex().encode(), content.hex().upper().encode()} and not any(
        content[peek(content) :]
    )


def _name_of(certificate: "Certificate") -> str:
    names = certificate.subject.native
    parts = (names.get("common_name"), names.get("organization_name"))
    return ", ".join(str(part) for part in parts if part)


def _signer(
    key: "PrivateKeyInfo", certificate: "Certificate", at: datetime, reason: str, location: str
) -> "PdfSigner":
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class DatedSigner(PdfSigner):
        """Signs with the time it was given, not the PC's."""

        def init_signing_session(
            self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = at
            return session

    return DatedSigner(
        PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            reason=reason,
            location=location,
        ),
        signer=SimpleSigner(
            signing_cert=certificate,
            signing_key=key,
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        ),
    )


def _private_key(pem: bytes) -> "PrivateKeyInfo":
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.pem import unarmor

    return PrivateKeyInfo.load(unarmor(pem)[2])


def _x509(pem: bytes) -> "Certificate":
    from asn1crypto.pem import unarmor
    from asn1crypto.x509 import Certificate

    return Certificate.load(unarmor(pem)[2])
