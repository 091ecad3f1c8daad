"""Sealing what is personal under a person's key.

    16 bytes person · AES-SIV (RFC 5297): 16 bytes synthetic IV · msgpack of {column: value}

There is no nonce that a copied disk or a restored state could use twice: the IV follows from the key,
from where the value stands and from what it says. Whoever has no key learns whose it is, how long it
is, and whether the same was said of the same row before.
"""

import os
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from app.core.journal.changes import PERSON_BYTES

KEY_BYTES = 32
_SIV_BYTES = 16
_CONTEXT = b"daksha-personal-v1"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


def fresh_key() -> bytes:
    """Return a new key of 32 random bytes."""
    return os.urandom(KEY_BYTES)


class Sealer:
    """Seals what is said of one person. To make its cipher takes longer than to seal a row."""

    __slots__ = ("_encrypt", "_person")

    def __init__(self, key: bytes, person: bytes) -> None:
        self._encrypt = AESSIV(key).encrypt
        self._person = person

    def seal(self, table: str, row: UUID, said: Mapping[str, Any]) -> bytes:
        """Return what is said of them in one row, readable with their key alone."""
        return self._person + self._encrypt(_encode(said), _where(self._person, table, row))


def unseal(key: bytes, sealed: bytes, table: str, row: UUID) -> dict[str, Any] | None:
    """Return what was sealed; None where the key is another, or the bytes are not what was sealed."""
    person = person_of(sealed)
    if person is None:
        return None
    try:
        content = AESSIV(key).decrypt(sealed[PERSON_BYTES:], _where(person, table, row))
        return _decode(content)
    except (InvalidTag, msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None


def person_of(sealed: bytes) -> bytes | None:
    """Return whose something sealed is; None for what is not sealed at all."""
    is_sealed = len(sealed) > PERSON_BYTES + _SIV_BYTES
    return sealed[:PERSON_BYTES] if is_sealed else None


def _where(person: bytes, table: str, row: UUID) -> list[bytes]:
    return [_CONTEXT, person, table.encode(), row.bytes]
