"""Entries and their chain: what is hashed, and in which order."""

import hashlib
from collections.abc import Iterable, Sequence
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
    """Return the hash of one entry, as `entry_hashes` does."""
    return entry_hashes(log, seq, previous, [entry])[0]


def entry_hashes(
    log: bytes, first: int, previous: bytes, entries: Iterable[EntryWire]
) -> list[bytes]:
    """Return of each entry SHA-256(previous ‖ header ‖ body); the header covers who, when, what and why too.

    `log` is the log's name as bytes, `first` the number of the first entry, `previous` the hash before
    it. records-and-sync hashes log, seq, stamp and body; the rest is added so that a changed actor, time
    or reason is found as well (ADR 2).
    """
    hashes: list[bytes] = []
    encode, sha256 = _encode, hashlib.sha256
    for seq, entry in enumerate(entries, first):
        stamp, wall, offset, actor, action, reason, body = entry
        header = encode((log, seq, stamp, wall, offset, actor, action, reason, len(body)))
        previous = sha256(previous + header + body).digest()
        hashes.append(previous)
    return hashes


_encode = msgspec.msgpack.Encoder().encode
