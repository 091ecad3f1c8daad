"""Entries and their chain: what is hashed, and in which order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from app.core.storage.tables import Scope

GENESIS = bytes(32)
"""The hash before a log's first entry."""


@dataclass(frozen=True, slots=True)
class LogName:
    """What tells one log from every other in the world."""

    station: bytes
    """SHA-256 of the station's Ed25519 public key."""
    incarnation: bytes
    """64 random bits, new whenever a data folder was cloned or restored."""
    scope: Scope

    @property
    def bytes(self) -> bytes:
        """Return the name as bytes."""
        return self.station + self.incarnation + self.scope.value.encode()

    def position(self, seq: int) -> str:
        """Return how people name an entry of this log: scope, station and number."""
        return f"{self.scope.value}/{self.station[:4].hex()}/{seq}"


EntryWire = tuple[int, int, int, bytes | None, str, str, bytes]
"""An entry as it is hashed, kept and carried: stamp, wall time in microseconds, UTC offset in minutes,
actor, action, reason, body. Its number follows from its place in its log, its hash from the chain.
`body` is kept exactly as it was written."""


def wire_of(row: Sequence[Any]) -> EntryWire:
    """Return an entry's wire form of what a driver gives; that of a server has ids of its own kind."""
    stamp, wall, offset, actor, action, reason, body = row
    who = actor.bytes if isinstance(actor, UUID) else actor
    return stamp, wall, offset, who, action, reason, body


def entry_hash(log: bytes, seq: int, previous: bytes, entry: EntryWire) -> bytes:
    """Return SHA-256(previous ‖ header ‖ body); the header covers who, when, what and why too.

    `log` is the log's name as bytes. records-and-sync hashes log, seq, stamp and body; the rest is
    added so that a changed actor, time or reason is found as well (ADR 2).
    """
    stamp, wall, offset, actor, action, reason, body = entry
    header = _encode((log, seq, stamp, wall, offset, actor, action, reason, len(body)))
    return hashlib.sha256(previous + header + body).digest()


_encode = msgspec.msgpack.Encoder().encode
