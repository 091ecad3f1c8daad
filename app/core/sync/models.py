"""Tables of what travels: what left, what came in, and what others are known to hold."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import (
    NAMES,
    Base,
    Derived,
    DoneBy,
    Fact,
    Local,
    Record,
    Scope,
)
from app.core.sync.scanning import ScanResult


class SentFileRow(Fact):
    """A file that left this site: the egress register. Its id is the bundle's."""

    __tablename__ = "sent_file"
    __table_args__ = (sa.Index("ix_sent_file_destination", "kind", "destination", "made_at"),)
    table_scope = Scope.IDENTITY

    kind: Mapped[str]
    """What it holds: records, courses."""
    destination: Mapped[str]
    """The peer's key; "pcs" for all PCs of the site, "several" for several sites."""
    number: Mapped[int]
    """Of this station's files to that destination, from 1."""
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    account_id: Mapped[UUID | None] = mapped_column(Id)
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
    recipients: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """Of each: site, label, and the station where it was meant for one."""
    entries: Mapped[int]
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str]
    written_to: Mapped[str]
    """The place, as whoever wrote it named it."""
    carries: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """msgpack of the positions it brings a reader to: what is acknowledged is worked out from them."""
    sheets: Mapped[int | None]
    """On how many sheets of codes it was printed; None for a file."""


class PeerWayRow(Fact):
    """Somebody said whether anything comes back from a peer by file; the newest word stands."""

    __tablename__ = "peer_way"
    table_scope = Scope.IDENTITY

    peer: Mapped[str]
    """The peer's key."""
    is_one_way: Mapped[bool]
    """Nothing comes back by file: it prints its receipts."""
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})


class ExportTermsRow(Record):
    """Whether a sync file with personal data takes two people, from a day on, until later terms take over."""

    __tablename__ = "export_terms"
    __table_args__ = (sa.UniqueConstraint("site_id", "from_on"),)
    table_scope = Scope.IDENTITY
    regulated = frozenset({"two_persons"})

    site_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "site"})
    from_on: Mapped[date] = mapped_column(Day)
    two_persons: Mapped[bool]
    reason: Mapped[str]


class ExportReleaseRow(DoneBy, Fact):
    """Somebody else than who prepared it confirmed, signed, what a sync file was going to carry.

    `by` is who confirmed. The file bears the id that stands here; without one nothing was written.
    """

    __tablename__ = "export_release"
    table_scope = Scope.IDENTITY

    bundle_id: Mapped[UUID] = mapped_column(Id, index=True)
    destination: Mapped[str]
    """As in the register of what left."""
    recipients: Mapped[list[dict[str, str]]] = mapped_column(Json)
    ranges: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Of each run of entries: log (station, incarnation, scope), first, last, hash of the last."""
    entries: Mapped[int]
    people: Mapped[int]
    """Of how many people the entries say something that is sealed, or whose keys go along."""
    files: Mapped[int]
    """Files of courses that were to go along."""
    prepared_by: Mapped[UUID] = mapped_column(Id, info={NAMES: "account"})


class SentEndRow(Derived):
    """A position that a file brings its readers to: `carries`, one row each, so that it can be searched."""

    __tablename__ = "sent_end"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8), primary_key=True)
    scope: Mapped[Scope] = mapped_column(Word(Scope), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    head: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(Id, primary_key=True)


class LaidFileRow(Local):
    """A file that this PC laid in the folder of its room, or the files of one day.

    It has not left the site, and is not journalled: that would make traffic of itself (ADR 48).
    """

    __tablename__ = "laid_file"
    __table_args__ = (sa.Index("ix_laid_file_station_gone_at", "station", "gone_at"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    """The bundle's; of a day one of its own."""
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    account_id: Mapped[UUID | None] = mapped_column(Id)
    laid_at: Mapped[datetime] = mapped_column(Instant, index=True)
    """Of a day: when the first of its files was laid."""
    gone_at: Mapped[datetime | None] = mapped_column(Instant)
    """When this PC took it away, or found that it was gone; of a day the last of these."""
    readers: Mapped[list[dict[str, str]]] = mapped_column(Json)
    """Of each PC that it was sealed to: its label."""
    files: Mapped[int | None]
    """How many there were on that day; None for a file."""
    entries: Mapped[int | None]
    """None for one that the list found lying there, as after an upgrade."""
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str]
    """Of a day: over its files by time, a line of name, space and hash for each."""
    laid_in: Mapped[str]
    """The file; of a day the part of the folder."""


class PeerRow(Local):
    """What a station is known to hold, by its own signed word."""

    __tablename__ = "sync_peer"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    holds: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """msgpack of positions."""
    lacks_assets: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """SHA-256 of files of courses that it has not got, one after another."""
    said_at: Mapped[datetime] = mapped_column(Instant)
    """When it said so, by its clock: an older word does not replace a newer one."""
    heard_at: Mapped[datetime] = mapped_column(Instant)
    """When this PC heard it."""
    last_number: Mapped[int] = mapped_column(default=0)
    """Of the newest file that came from it."""
    knows_revoked: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """Fingerprints of the keys that it knows to be revoked, one after another; None: it never said."""


class KeyAskedRow(Local):
    """A station said that it has entries of a person that it cannot read: the next file brings the key."""

    __tablename__ = "sync_key_asked"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)


class FileState(StrEnum):
    """What became of a file that came in."""

    TAKEN = "taken"
    WAITING = "waiting"
    """Something before it has not come yet; it is kept, and tried again after each later one."""
    REFUSED = "refused"


class IncomingFileRow(Local):
    """A file that somebody brought."""

    __tablename__ = "incoming_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    bundle_id: Mapped[UUID | None] = mapped_column(Id)
    sender: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    number: Mapped[int | None]
    state: Mapped[FileState] = mapped_column(Word(FileState))
    said: Mapped[str] = mapped_column(default="")
    """Why it waits or was refused, in one sentence."""
    applied: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    came_at: Mapped[datetime] = mapped_column(Instant)


class FileInspectionRow(DoneBy, Fact):
    """A stamp lay beside a file that was taken in: somebody without a key says that they looked at it.

    It is a statement, and no proof. `by` is who took the file in.
    """

    __tablename__ = "file_inspection"
    table_scope = Scope.IDENTITY

    bundle_id: Mapped[UUID] = mapped_column(Id, index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    """Of the file that was looked at, and that came."""
    inspector: Mapped[str]
    """As they named themselves."""
    inspected_at: Mapped[datetime] = mapped_column(Instant)
    """By the clock of their PC."""
    result: Mapped[ScanResult] = mapped_column(Word(ScanResult))
    scanner: Mapped[str]
    exit_code: Mapped[int | None]
    said: Mapped[str]
    """What the scanner said."""


class LyingFileRow(Local):
    """A file that lies in the shared folder: one of ours, or one that was taken in."""

    __tablename__ = "lying_file"

    name: Mapped[str] = mapped_column(primary_key=True)
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """Who wrote it."""
    readers: Mapped[list[str]] = mapped_column(Json)
    """The addresses that it is sealed to."""
    brings: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """msgpack of runs of entries: log, first, last, hash of the last."""
    files: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """SHA-256 of the files of courses whose last piece it holds, one after another."""
    since: Mapped[datetime] = mapped_column(Instant)


class SignedHeadRow(Base):
    """What a station signed for the end of one of its logs: passed on with the log, as its proof."""

    __tablename__ = "signed_head"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8), primary_key=True)
    scope: Mapped[Scope] = mapped_column(Word(Scope), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    head: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    document: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """The signed paper (keys.signed), which may speak of several logs."""


class TwinRow(Local):
    """A log that went on in two ways: somebody copied or restored a data folder."""

    __tablename__ = "twin"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8), primary_key=True)
    scope: Mapped[Scope] = mapped_column(Word(Scope), primary_key=True)
    forked_at: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    found_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When an administrator said that they know of it."""


class ClaimSeenRow(Local):
    """What a station may not say and said (journal `refused_claim`), of which an administrator knows."""

    __tablename__ = "refused_claim_seen"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class ConflictDecisionRow(Fact):
    """Somebody decided which of several values of a column stands; signed where it is regulated."""

    __tablename__ = "conflict_decision"
    table_scope = Scope.RECORDS

    table_name: Mapped[str]
    row_id: Mapped[UUID] = mapped_column(Id, index=True)
    column_name: Mapped[str]
    standing: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """What stood side by side: of each version, value (wire form), at, station, account, reason."""
    version: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    """Of the value that was chosen among them."""
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
