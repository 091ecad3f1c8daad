"""Builders of certificates on paper, for the tests beside this file."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.certificates.page import CertificateFacts
from app.core.certificates.token import TokenClaims, encode
from app.core.signatures import Meaning, SignatureLine

SITE_KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC_KEY = SITE_KEY.public_key().public_bytes_raw()
ISSUED_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def claims(name: str = "Ravi Kumar", course: str = "Working at height, level 2") -> TokenClaims:
    return TokenClaims(
        site_id=UUID("0198f1c2-7f00-7000-8000-00000000a001"),
        certificate_id=UUID("0198f1c2-7f00-7000-8000-00000000c001"),
        number="PUN-2026-000123",
        person_name=name,
        person_number="E-10442",
        course_title=course,
        completed_on=date(2026, 11, 23),
        valid_until=date(2027, 11, 23),
    )


def signature(name: str, meaning: Meaning = Meaning.ASSESSED_COMPETENT) -> SignatureLine:
    return SignatureLine(
        id=UUID("0198f1c2-7f00-7000-8000-00000000d001"),
        account_id=UUID("0198f1c2-7f00-7000-8000-00000000d002"),
        name=name,
        number="E-9",
        meaning=meaning.value,
        reason="",
        at=ISSUED_AT,
        signed_at="2026-11-23T11:30:00.000000+05:30",
        record_kind="practical_signing",
        record_id=UUID("0198f1c2-7f00-7000-8000-00000000d003"),
        station=bytes(32),
    )


def facts(name: str = "Ravi Kumar", course: str = "Working at height, level 2") -> CertificateFacts:
    told = claims(name, course)
    return CertificateFacts(
        number=told.number,
        site_name="Bharat Forge, Pune",
        person_name=name,
        person_number=told.person_number,
        course_title=course,
        version="3",
        score="92.4%",
        completed_on=told.completed_on,
        issued_at=ISSUED_AT,
        valid_until=told.valid_until,
        signatures=(signature("Meera Deshpande"),),
        language="en",
        token=encode(told, SITE_KEY.sign),
    )


class Signer(NamedTuple):
    key: bytes
    certificate: bytes


def signer(name: str) -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ISSUED_AT - timedelta(days=1))
        .not_valid_after(ISSUED_AT + timedelta(days=365))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return Signer(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        certificate.public_bytes(serialization.Encoding.PEM),
    )
