"""A station's word for whose signing key a key is: a paper of its own, believed as the station is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.keys import (
    KeyKind,
    KeyNotTrusted,
    KeyRing,
    PaperRefused,
    Signer,
    fingerprint,
    read_unverified,
    sign_document,
)

PERSON_KEY = "person-key-v1"
_LONGEST_NAME = 200

_IdBytes = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_KeyBytes = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class PersonKey(msgspec.Struct, frozen=True, kw_only=True):
    """Says that `subject` is the signing key of this account of this site."""

    version: int = 1
    site_id: _IdBytes
    account_id: _IdBytes
    name: Annotated[str, msgspec.Meta(max_length=_LONGEST_NAME)]
    """Of the owner, when the key was made."""
    subject: _KeyBytes
    issued_at: Annotated[int, msgspec.Meta(ge=0, le=2**62)]
    """Microseconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """Whose key a key is, and the station that says so."""

    account_id: UUID
    site_id: UUID
    name: str
    issued_at: datetime
    station: bytes
    """Fingerprint."""
    station_label: str


def key_id(public_key: bytes) -> UUID:
    """Return the id of a signing key's row."""
    return UUID(bytes=fingerprint(public_key)[:16])


def certify_person(
    public_key: bytes, account_id: UUID, name: str, site_id: UUID, now: datetime, station: Signer
) -> bytes:
    """Return the paper that says whose signing key a key is."""
    says = PersonKey(
        site_id=site_id.bytes,
        account_id=account_id.bytes,
        name=name[:_LONGEST_NAME],
        subject=public_key,
        issued_at=to_microseconds(now),
    )
    return sign_document(PERSON_KEY, says, station)


def certified(ring: KeyRing, untrusted_paper: bytes, public_key: bytes) -> Certified | None:
    """Return whose a key is, if a station that is or was believed says so; else None.

    A station that was revoked is believed for what it said before: of what it wrote later nothing is
    in the records (KeyRing.last_accepted), and a time that it names after its end is no earlier one.
    """
    try:
        says, station_key = read_unverified(PERSON_KEY, PersonKey, untrusted_paper)
        station = ring.known(fingerprint(station_key))
    except (PaperRefused, KeyNotTrusted):
        return None
    is_its = station.kind is KeyKind.STATION and station.site_id == says.site_id
    if not is_its or says.subject != public_key:
        return None
    if _said_after_its_end(ring, station.fingerprint, says.issued_at):
        return None
    return Certified(
        account_id=UUID(bytes=says.account_id),
        site_id=UUID(bytes=says.site_id),
        name=says.name,
        issued_at=from_microseconds(says.issued_at),
        station=station.fingerprint,
        station_label=station.label,
    )


def _said_after_its_end(ring: KeyRing, station: bytes, at: int) -> bool:
    return any(
        revocation.revoked_at < at
        for paper, revocations in ring.certificates()
        if paper.fingerprint == station
        for revocation in revocations
    )
