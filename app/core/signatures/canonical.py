"""The bytes that are signed, and those of a record: one spelling each (ADR 26).

    signed    "daksha-signature-v1" 0x00 SHA-256(payload), with Ed25519
    payload   JSON in UTF-8: keys sorted, no spaces, no escapes but those JSON demands
    record    the same of {"columns": {name: value}, "id", "kind"}; bytes as {"hex": "…"}

The record's columns are those that its table had when it was signed: a column that a later version
of the program adds is not of what was signed.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from app.core.journal import row_as_written
from app.core.storage.columns import Wire, canonical_json
from app.core.storage.tables import model_of

SIGNATURE = "signature-v1"
VERSION = 1
LONGEST_SHOWN = 100_000
LONGEST_REASON = 2_000

_Words = Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]
_Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Signatory(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed, as they were called then."""

    account: UUID
    person: UUID | None
    number: _Words
    name: _Words


class SignedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Which record was signed, and which version of it."""

    kind: _Words
    id: UUID
    sha256: _Sha256


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed."""

    version: int = VERSION
    id: UUID
    signer: Signatory
    meaning: _Words
    reason: _Words
    signed_at: _Words
    """ISO 8601, with the offset of the PC."""
    stamp: int
    """Hybrid logical clock of the journal entry that holds the signature."""
    clock: _Words
    """`sound`, or `confirmed` where somebody said that a clock that was set back is right."""
    record: SignedRecord
    shown: _Sha256
    components: tuple[_Words, ...]
    """What proved who signed: `id` and `password`, or `password` in a series."""
    station: _Sha256
    site: UUID
    key: _Sha256
    """SHA-256 of the public key."""


class PayloadUnreadable(ValueError):
    """What should be a payload is none of a version that this program knows."""


def payload_text(payload: Payload) -> str:
    """Return the one spelling of a payload."""
    return canonical_json(msgspec.to_builtins(payload))


def read_payload(untrusted: str) -> Payload:
    """Return what a payload says. Raises PayloadUnreadable."""
    try:
        return msgspec.json.decode(untrusted, type=Payload)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as damage:
        raise PayloadUnreadable from damage


def sha256_of(text: str) -> str:
    """Return SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(payload: str) -> bytes:
    """Return what the signature of a payload is made over, by its label."""
    return hashlib.sha256(payload.encode()).digest()


def canonical_record(kind: str, key: UUID, columns: Mapping[str, Wire]) -> str:
    """Return the one spelling of a record's version, given by its columns in wire form."""
    plain = {name: _plain(value) for name, value in columns.items()}
    return canonical_json({"columns": plain, "id": str(key), "kind": kind})


def record_as_it_is(session: Session, kind: str, key: UUID) -> str | None:
    """Return a record as its entries wrote it, in its one spelling; None for one that is not here.

    Raises KeyError for a kind that this program does not have.
    """
    columns = row_as_written(session, model_of(kind), key)
    return None if columns is None else canonical_record(kind, key, columns)


def changed_columns(signed: str, now: str) -> tuple[str, ...]:
    """Return in which of the columns that were signed a record differs now, by name."""
    before, after = _columns(signed), _columns(now)
    return tuple(sorted(name for name in before if before[name] != after.get(name)))


def _columns(record: str) -> dict[str, Any]:
    columns: dict[str, Any] = json.loads(record)["columns"]
    return columns


def _plain(value: Wire) -> object:
    return {"hex": value.hex()} if isinstance(value, bytes) else value
