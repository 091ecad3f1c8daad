"""Receipts: a receiver signs what it has now, so that nothing is sent twice and nothing is given up too soon."""

import hashlib
from typing import Annotated

import msgspec

from app.core.journal import Signer
from app.core.keys import SIGNATURE_BYTES, is_signed, sign_digest
from app.core.sync.bundle.manifest import Instant, LogRef, Position, Seq
from app.core.sync.decoding import decode_versioned
from app.core.sync.envelope import BundleId, Digest, Key
from app.core.sync.limits import (
    HASH_BYTES,
    MOST_LACKED,
    MOST_PEOPLE_WANTED,
    MOST_RECEIPT_BYTES,
    MOST_REVOKED,
    PERSON_BYTES,
)
from app.core.sync.refusals import BundleDamaged, BundleOverLimits, NotABundle

VERSION = 1
_MAGIC, _LABEL = b"DKSR\r\n\x1a\n", "receipt-v1"


RevokedKeys = Annotated[bytes, msgspec.Meta(max_length=MOST_REVOKED * HASH_BYTES)]


class Waiting(msgspec.Struct, array_like=True, frozen=True):
    """A stretch of a log that is missing: what came lies behind it, and waits."""

    log: LogRef
    first: Seq
    last: Seq


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a receiver says it has after a bundle. It names logs, no people: it travels unsealed."""

    version: int = VERSION
    organisation: Digest
    bundle_id: BundleId
    number: Annotated[int, msgspec.Meta(ge=1, lt=1 << 62)]
    """The bundle's, among its sender's."""
    bundle_sha256: Digest
    sender: Key
    """Of the bundle."""
    receiver: Key
    """Who signs this."""
    vector: tuple[Position, ...]
    waiting: tuple[Waiting, ...] = ()
    lacks_assets: Annotated[bytes, msgspec.Meta(max_length=MOST_LACKED * HASH_BYTES)] = b""
    """SHA-256 of files of courses that the receiver has not got, one after another."""
    lacks_keys: Annotated[bytes, msgspec.Meta(max_length=MOST_PEOPLE_WANTED * PERSON_BYTES)] = b""
    """Ids of people of whom the receiver has entries that it cannot read, one after another."""
    knows_revoked: RevokedKeys | None = None
    """Fingerprints of the keys that the receiver knows to be revoked, one after another.

    A program that does not tell says None.
    """
    made_at: Instant


def encode_receipt(receipt: Receipt, signer: Signer) -> bytes:
    """Return a receipt as a file, signed; `receiver` is filled in."""
    signed = msgspec.structs.replace(receipt, receiver=signer.public_key)
    content = msgspec.msgpack.encode(signed)
    return _MAGIC + content + sign_digest(_LABEL, _digest(content), signer)


def decode_receipt(untrusted: bytes) -> Receipt:
    """Return a receipt that its receiver signed; whether that is somebody known is for the caller.

    Raises BundleRefused.
    """
    if len(untrusted) > MOST_RECEIPT_BYTES:
        raise BundleOverLimits
    if not untrusted.startswith(_MAGIC):
        raise NotABundle
    content, signature = untrusted[len(_MAGIC) : -SIGNATURE_BYTES], untrusted[-SIGNATURE_BYTES:]
    receipt = decode_versioned(content, Receipt, VERSION)
    if not is_signed(_LABEL, _digest(content), signature, receipt.receiver):
        raise BundleDamaged
    return receipt


def keys_in(joined: bytes) -> frozenset[bytes]:
    """Return the fingerprints that stand one after another."""
    whole = len(joined) - len(joined) % HASH_BYTES
    return frozenset(joined[at : at + HASH_BYTES] for at in range(0, whole, HASH_BYTES))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
