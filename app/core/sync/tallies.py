"""Tallies: one file for each PC of a shared folder, in which it says how far it is (ADR 48).

    <folder>/<station>/tally.dkst

A tally is written over whenever what it says has changed, and once a minute besides: who is there is
known by that. It names logs and no people, and is signed but not sealed, as a receipt is.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
from sqlalchemy.orm import Session

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.journal import Site, vector_of
from app.core.keys import (
    KnownKeys,
    PaperRefused,
    PaperTooNew,
    fingerprint,
    read_unverified,
    sign_document,
)
from app.core.sync.bundle.manifest import Instant, Position
from app.core.sync.envelope import Digest, Written
from app.core.sync.limits import (
    HASH_BYTES,
    MOST_LACKED,
    MOST_PEOPLE_WANTED,
    MOST_RECEIPT_BYTES,
    PERSON_BYTES,
)
from app.core.sync.materials import told_to_lack
from app.core.sync.models import PeerRow
from app.core.sync.peers import heard
from app.core.sync.people_keys import told_to_lack_keys, unpack_people
from app.core.sync.positions import from_wires, to_wires
from app.core.sync.relations import Relations
from app.core.sync.sticks import Stick, write_to_stick

TALLY = "tally-v1"
TALLY_NAME = "tally.dkst"
_ANEW = timedelta(minutes=1)
"""So often a tally is written that says nothing new."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How far a PC is."""

    version: int = 1
    organisation: Digest
    vector: tuple[Position, ...]
    lacks_assets: Annotated[bytes, msgspec.Meta(max_length=MOST_LACKED * HASH_BYTES)] = b""
    lacks_keys: Annotated[bytes, msgspec.Meta(max_length=MOST_PEOPLE_WANTED * PERSON_BYTES)] = b""
    made_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was heard when the tallies were looked at."""

    counting: frozenset[bytes]
    """Stations that keep a tally here."""
    fresh: frozenset[bytes]
    """Those whose tally is another one than before."""
    has_news: bool
    """Whether any of them says more than that somebody is still there."""
    newer: tuple[str, ...] = ()
    """PCs whose tally is that of a newer program: they are served as those that keep none."""


class Tallies:
    """Keeps this PC's tally, and hears those of the others."""

    def __init__(self, site: Site, keys: KnownKeys, assets: AssetStore) -> None:
        self._site = site
        self._keys = keys
        self._assets = assets
        self._heard: dict[Path, tuple[bytes, bytes | None]] = {}
        """Of each file the hash of what was read, and whose word it was; None where it was refused."""
        self._newer: dict[Path, str] = {}
        """Files that only a newer program understands, and whose they are."""
        self._told: Tally | None = None

    def hear(self, files: Collection[Path]) -> Hearing:
        """Keep what the tallies say; one that cannot be believed is as good as none. Raises OSError."""
        relations = Relations.now(self._keys)
        counting: set[bytes] = set()
        news: list[tuple[bytes, Tally]] = []
        for file in files:
            content = _content(file)
            digest = hashlib.sha256(content).digest()
            before, station = self._heard.get(file, (b"", None))
            if digest != before:
                said = self._said(file, content, relations)
                station = said[0] if said else None
                news += [said] if said else []
                self._heard[file] = digest, station
            if station is not None:
                counting.add(station)
        fresh, has_news = self._keep(news) if news else (set(), False)
        return Hearing(
            counting=frozenset(counting),
            fresh=frozenset(fresh),
            has_news=has_news,
            newer=tuple(sorted(self._newer[file] for file in files if file in self._newer)),
        )

    def _said(
        self, file: Path, untrusted: bytes, relations: Relations
    ) -> tuple[bytes, Tally] | None:
        """Return whose word a tally is; None where it cannot be believed, or only a newer program reads it."""
        self._newer.pop(file, None)
        try:
            return _believed(untrusted, relations)
        except PaperTooNew:
            if label := _label_of_part(file.parent, relations):
                self._newer[file] = label
            return None

    def _keep(self, news: list[tuple[bytes, Tally]]) -> tuple[set[bytes], bool]:
        """Keep the words that are not those of before the program was started.

        Returns whose they are, and whether any says something new.
        """
        fresh, has_news, now = set[bytes](), False, self._site.clock.now()
        with self._site.database.write() as connection, Session(connection) as session:
            for station, tally in news:
                said_at = from_microseconds(tally.made_at)
                row = session.get(PeerRow, station)
                if row is not None and row.said_at == said_at and row.heard_at < now - _ANEW:
                    continue
                before = (row.holds, row.lacks_assets) if row else None
                heard(
                    session,
                    station,
                    from_wires(tally.vector),
                    lacks_assets=(tally.lacks_assets,),
                    lacks_keys=unpack_people(tally.lacks_keys),
                    said_at=said_at,
                    heard_at=now,
                )
                row = session.get_one(PeerRow, station)
                has_news = has_news or before != (row.holds, row.lacks_assets)
                fresh.add(station)
        return fresh, has_news

    def tell(self, own: Path) -> None:
        """Write this PC's tally where it says something new, or has not for a minute. Raises StickTrouble."""
        tally = self._tally()
        if self._told is not None and _is_said(self._told, tally) and (own / TALLY_NAME).exists():
            return
        content = sign_document(TALLY, tally, self._keys.station)

        def fill(file: BinaryIO) -> Written:
            file.write(content)
            return Written(len(content), hashlib.sha256(content).digest())

        write_to_stick(Stick(own), TALLY_NAME, len(content), fill, NoProgress())
        self._told = tally

    def _tally(self) -> Tally:
        with self._site.read() as session:
            return Tally(
                organisation=Relations.now(self._keys).organisation,
                vector=to_wires(vector_of(session.connection())),
                lacks_assets=told_to_lack(session, self._assets),
                lacks_keys=told_to_lack_keys(session),
                made_at=to_microseconds(self._site.moment()),
            )


def _is_said(told: Tally, tally: Tally) -> bool:
    then, now = from_microseconds(told.made_at), from_microseconds(tally.made_at)
    same = msgspec.structs.replace(told, made_at=tally.made_at) == tally
    return same and _is_within(then, now, _ANEW)


def _is_within(then: datetime, now: datetime, most: timedelta) -> bool:
    return timedelta(0) <= now - then < most


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_RECEIPT_BYTES)
    except FileNotFoundError:  # it is being written over on a drive that cannot do so at one blow
        return b""


def _believed(untrusted: bytes, relations: Relations) -> tuple[bytes, Tally] | None:
    """Return whose tally it is and what it says; None unless a PC of this site signed it.

    Raises PaperTooNew.
    """
    try:
        tally, key = read_unverified(TALLY, Tally, untrusted)
    except PaperTooNew:
        raise
    except PaperRefused:
        return None
    station = fingerprint(key)
    known = {one for peer in relations.peers if peer.is_own_site for one in peer.stations}
    is_ours = tally.organisation == relations.organisation and station in known
    return (station, tally) if is_ours else None


def _label_of_part(part: Path, relations: Relations) -> str:
    """Return what the PC of this site is called whose part of the folder this is; "" for any other."""
    own = (peer for peer in relations.peers if peer.is_own_site)
    return next((one.label for one in own if one.key.startswith(part.name)), "")
