"""Entries and their chain: what is hashed, and in which order."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from app.core.base.clock import to_microseconds
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One transaction in one log. `body` is kept exactly as it was written."""

    log: LogName
    seq: int
    stamp: int
    wall: datetime
    offset_minutes: int
    actor: UUID | None
    action: str
    reason: str
    body: bytes


def entry_hash(previous: bytes, entry: Entry) -> bytes:
    """Return SHA-256(previous ‖ header ‖ body); the header covers who, when, what and why too.

    records-and-sync hashes log, seq, stamp and body; the rest is added so that a changed actor,
    time or reason is found as well (ADR 2).
    """
    header = msgspec.msgpack.encode(
        [
            entry.log.bytes,
            entry.seq,
            entry.stamp,
            to_microseconds(entry.wall),
            entry.offset_minutes,
            entry.actor.bytes if entry.actor else None,
            entry.action,
            entry.reason,
            len(entry.body),
        ]
    )
    return hashlib.sha256(previous + header + entry.body).digest()
