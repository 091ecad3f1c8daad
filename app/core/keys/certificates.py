"""Key certificates and revocations: papers that say whose key a key is, and how far it is believed.

Always called *key* certificate: the product's certificate is the one for training. Both are their
own proof; their rows are named by their hash, so that learning one twice is the same row (ADR 15).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Generic, TypeVar
from uuid import UUID

import msgspec

from app.core.base.clock import to_microseconds
from app.core.keys.signed import (
    NEWEST_VERSION,
    PaperForged,
    PaperRefused,
    Signer,
    fingerprint,
    read_unverified,
    sign_document,
)
from app.core.storage.tables import Scope

_PAPERS_KEPT = 4096
"""A paper that held once holds for good: its signature is not worked out again. Refusals are not kept."""

CERTIFICATE, REVOCATION = "key-certificate-v1", "key-revocation-v1"

Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
PublicKey = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
SiteIdBytes = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Words = Annotated[str, msgspec.Meta(max_length=200)]
Recipient = Annotated[str, msgspec.Meta(max_length=100)]
Number = Annotated[int, msgspec.Meta(ge=0, le=2**62)]

ALL_SCOPES = tuple(scope.value for scope in Scope)


class KeyKind(StrEnum):
    """What a key is for. A person's key for electronic signatures will be one more kind."""

    ORGANISATION = "organisation"
    """The root that certifies sites; believed by a site that certified it."""
    SITE = "site"
    STATION = "station"
    ENROLMENT = "enrolment"
    """May certify so many stations of its site until a day: the key in a site file."""


YEARS_VALID = {
    KeyKind.ORGANISATION: 20,
    KeyKind.SITE: 10,
    KeyKind.STATION: 10,
    KeyKind.ENROLMENT: 0,
}
"""Long, because a plant that nobody visits must go on; a key is rotated when it is a year old."""


class KeyCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """Says that `subject` is the key of this kind of this site."""

    version: int = NEWEST_VERSION
    organisation: Hash
    """SHA-256 of the root key that the issuer stood under."""
    kind: KeyKind
    site_id: SiteIdBytes
    subject: PublicKey
    """Ed25519 public key."""
    sealing: Recipient = ""
    """age recipient (X25519) of what only the subject may read."""
    label: Words = ""
    scopes: Annotated[tuple[Words, ...], msgspec.Meta(max_length=20)] = ()
    """Scopes whose logs the subject may write."""
    issued_at: Number
    valid_until: Number
    """Both in microseconds since 1970."""
    issuer: Hash
    """SHA-256 of the issuer's public key."""
    succeeds: bytes = b""
    """SHA-256 of the key that this one takes the place of; it signs for it where it is the issuer."""
    stations: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    """How many stations an enrolment key may certify."""

    @property
    def fingerprint(self) -> bytes:
        """Return SHA-256 of the subject's key."""
        return fingerprint(self.subject)

    @property
    def site(self) -> UUID:
        """Return the site's id."""
        return UUID(bytes=self.site_id)


class LogHead(msgspec.Struct, frozen=True, array_like=True):
    """How far a station's log goes: its incarnation, its scope, its last entry and that one's hash."""

    incarnation: Annotated[bytes, msgspec.Meta(min_length=8, max_length=8)]
    scope: Words
    seq: Number
    hash: Hash


class KeyRevocation(msgspec.Struct, frozen=True, kw_only=True):
    """Says that a key is believed no longer; what its station wrote is, up to these entries."""

    version: int = NEWEST_VERSION
    subject: Hash
    """SHA-256 of the key."""
    up_to: Annotated[tuple[LogHead, ...], msgspec.Meta(max_length=10_000)] = ()
    keeps: Annotated[tuple[Hash, ...], msgspec.Meta(max_length=20_000)] = ()
    """SHA-256 of the certificates by a site's key that hold all the same: the key was lost, not its word."""
    reason: Words
    revoked_at: Number
    issuer: Hash


_Says = TypeVar("_Says", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Signed(Generic[_Says]):
    """A paper that is its own proof: what it says, who signed it, and the bytes."""

    says: _Says
    key: bytes
    document: bytes


def document_id(document: bytes) -> UUID:
    """Return the id of the row that keeps a paper: the start of its hash."""
    return UUID(bytes=hashlib.sha256(document).digest()[:16])


def end_of(kind: KeyKind, now: datetime) -> int:
    """Return until when a key of a kind is certified, in microseconds since 1970."""
    return to_microseconds(now + timedelta(days=365 * YEARS_VALID[kind]))


def certify(certificate: KeyCertificate, signer: Signer) -> bytes:
    """Return the certificate signed by its issuer. Raises ValueError."""
    if certificate.issuer != fingerprint(signer.public_key):
        raise ValueError("a key certificate is signed by the issuer that it names")
    return sign_document(CERTIFICATE, certificate, signer)


def revoke(revocation: KeyRevocation, signer: Signer) -> bytes:
    """Return the revocation signed by its issuer. Raises ValueError."""
    if revocation.issuer != fingerprint(signer.public_key):
        raise ValueError("a revocation is signed by the issuer that it names")
    return sign_document(REVOCATION, revocation, signer)


@lru_cache(maxsize=_PAPERS_KEPT)
def read_certificate(untrusted: bytes) -> Signed[KeyCertificate]:
    """Return a certificate that its issuer signed; whether the issuer may is the key ring's to say.

    Raises a PaperRefused.
    """
    says, key = read_unverified(CERTIFICATE, KeyCertificate, untrusted)
    if says.issuer != fingerprint(key):
        raise PaperForged
    return Signed(says, key, untrusted)


@lru_cache(maxsize=_PAPERS_KEPT)
def read_revocation(untrusted: bytes) -> Signed[KeyRevocation]:
    """Return a revocation that its issuer signed. Raises a PaperRefused."""
    says, key = read_unverified(REVOCATION, KeyRevocation, untrusted)
    if says.issuer != fingerprint(key):
        raise PaperForged
    return Signed(says, key, untrusted)


def readable(
    untrusted: Iterable[bytes], read: Callable[[bytes], Signed[_Says]]
) -> list[Signed[_Says]]:
    """Return the papers that this version can read; those of later kinds are carried unread."""
    known = []
    for document in untrusted:
        try:
            known.append(read(document))
        except PaperRefused:
            continue
    return known


def revoked_keys(untrusted: Iterable[bytes]) -> frozenset[bytes]:
    """Return the keys, by their fingerprints, of which revocations among papers speak; nobody proved these."""
    return frozenset(one.says.subject for one in readable(untrusted, read_revocation))


def concerning(certificates: Iterable[bytes], keys: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the certificates of some keys, of those that they stand under, and of what came before or after.

    Keys are named by fingerprint. What keys say of themselves is left out: it certifies nobody (ADR 81).
    """
    known = readable(certificates, read_certificate)
    papers = [one for one in known if one.says.issuer != one.says.fingerprint]
    wanted, before = set(keys), set[bytes]()
    while wanted != before:
        before = set(wanted)
        for paper in papers:
            says = paper.says
            if says.fingerprint in wanted or says.succeeds in wanted:
                wanted |= {says.fingerprint, says.issuer, says.organisation, says.succeeds} - {b""}
    return tuple(paper.document for paper in papers if paper.says.fingerprint in wanted)
