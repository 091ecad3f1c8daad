"""The anchor: how far this PC's logs went, kept in the key folder, where no copy of the data takes it.

A database that is behind its anchor was rolled back: by a restored copy of the data folder, or of the
whole PC's disk. The anchor is written now and then, not with each entry, so a database ahead of it is
what one expects.
"""

import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.keys.folder import KeyFolder
from app.core.keys.machine import is_another_pc, marks_of_this_pc
from app.core.storage.locks import FileLock

_NAME = "anchor.json"
_LOCK = "anchor.lock"
_SALT_BYTES = 16


class NewLogsReason(StrEnum):
    """Why a station began logs of its own beside those it had written before."""

    RESTORED = "restored"
    """Somebody restored a backup."""
    ROLLED_BACK = "rolled-back"
    """The database is older than what this PC has written."""
    OTHER_PC = "other-pc"
    """The data and the keys were copied to another PC."""
    MOVED = "moved"
    """The data lies in another folder, where there may be two of it now."""
    KEYS_DAMAGED = "keys-damaged"
    """This PC no longer knows how far it had written."""
    TWIN = "twin"
    """Entries in this station's name came in that it did not write."""


class Head(msgspec.Struct, frozen=True):
    """How far a log goes, and the hash of its last entry."""

    seq: int
    hash: bytes


Heads = dict[str, Head]
"""By scope. A log without entries is left out."""


class Parent(msgspec.Struct, frozen=True):
    """What new logs go on from, until that is on record."""

    incarnation: bytes
    heads: Heads
    reason: NewLogsReason


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What this PC knows of its own logs, whatever the database says."""

    station: bytes
    incarnation: bytes
    heads: Heads
    at_microseconds: int
    place: str
    """Where the data folder is; "" when the records are on a server."""
    salt: bytes
    marks: dict[str, list[bytes]]
    parent: Parent | None = None
    """Set while these logs were begun, but it is not on record yet."""
    beside: dict[str, Head] = {}
    """How far the logs go that it writes for other sites, by their incarnation in hexadecimal (ADR 22)."""

    @property
    def at(self) -> datetime:
        """Return when it was written."""
        return from_microseconds(self.at_microseconds)

    @property
    def is_of_another_pc(self) -> bool:
        """Tell whether it was written on another PC."""
        return is_another_pc(
            {kind: frozenset(values) for kind, values in self.marks.items()},
            marks_of_this_pc(self.salt),
        )


class AnchorDamaged(Exception):
    """There is an anchor, and it cannot be read."""


class AnchorFile:
    """The anchor of one key folder."""

    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    def lock(self) -> FileLock:
        """Return what keeps two programs from judging the same database at once."""
        return FileLock(self._keys.path / _LOCK, for_all=False)

    def read(self) -> Anchor | None:
        """Return the anchor; None where there never was one. Raises AnchorDamaged."""
        content = self._keys.read_private(_NAME)
        if content is None:
            return None
        try:
            return msgspec.json.decode(content, type=Anchor)
        except (msgspec.MsgspecError, UnicodeDecodeError) as damage:
            raise AnchorDamaged from damage

    def write(
        self,
        *,
        station: bytes,
        incarnation: bytes,
        heads: Heads,
        now: datetime,
        place: Path | None,
        parent: Parent | None = None,
        beside: Heads | None = None,
    ) -> Anchor:
        """Keep how far the logs went, on this PC as it is now; on disk when this returns."""
        salt = os.urandom(_SALT_BYTES)
        anchor = Anchor(
            station=station,
            incarnation=incarnation,
            heads=heads,
            at_microseconds=to_microseconds(now),
            place=str(place.resolve()) if place else "",
            salt=salt,
            marks={kind: sorted(values) for kind, values in marks_of_this_pc(salt).items()},
            parent=parent,
            beside=beside or {},
        )
        self._keys.write_private(_NAME, msgspec.json.encode(anchor))
        return anchor

    def begin_anew(self, incarnation: bytes) -> None:
        """Let the station write under another incarnation."""
        self._keys.write_private("incarnation", incarnation)
