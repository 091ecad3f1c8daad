"""One sync file, from its copy into the journal and the tables."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import (
    Entries,
    EntryWire,
    LogName,
    Outcome,
    Position,
    Segment,
    Site,
    Stood,
    Taken,
    Taking,
    chain,
    is_to_set_back,
    learn_critical,
    receive_keys,
    set_back,
    stand_along,
    stored_logs,
)
from app.core.keys import KeyKind, KeyNotTrusted, KnownKeys, fingerprint
from app.core.storage.database import SqliteFile
from app.core.storage.room import MARGIN, free_at
from app.core.storage.tables import Scope
from app.core.sync.aside import is_aside, keep_aside
from app.core.sync.bundle.manifest import Manifest, SegmentNote
from app.core.sync.bundle.reader import BundleReader, Receiver
from app.core.sync.models import SignedHeadRow, TwinRow
from app.core.sync.papers import Papers, sorted_papers
from app.core.sync.people_keys import unpack_keys
from app.core.sync.positions import from_ref
from app.core.sync.relations import Relations
from app.core.sync.staging import require_room_to_take

_ENTRY_BYTES = 1_000
"""That an entry takes in the records' file at most, with the rows it makes and SQLite's log."""


@dataclass(slots=True)
class Stored:
    """What a file brought into the journal."""

    stored: int = 0
    repeated: int = 0
    refused: int = 0
    """Entries of logs whose station nobody certified, and of revoked ones of which too many lie aside."""
    aside: int = 0
    """Entries beyond where their station was revoked, that are kept apart now and were not before."""
    gaps: list[SegmentNote] = field(default_factory=list)
    """Segments that begin beyond what is here: something before them has not come."""
    forks: list[LogName] = field(default_factory=list)
    in_our_name: bool = False
    """It went on with a log that this PC writes: this data folder has a twin."""


class Trusting:
    """Says whose files are taken, by the keys on record and the papers that came along."""

    def __init__(self, keys: KnownKeys) -> None:
        self._keys = keys

    def objection_to(
        self, sender: bytes, untrusted_papers: Sequence[bytes]
    ) -> UserFacingError | None:
        """Return why a key may not send, and what helps; None when it may."""
        papers = sorted_papers(untrusted_papers)
        ring = self._keys.ring(papers.certificates, papers.revocations)
        try:
            certificate = ring.trusted(fingerprint(sender))
        except KeyNotTrusted as refusal:
            return refusal
        if certificate.kind is not KeyKind.STATION:
            return KeyNotTrusted(_("The key is not that of a PC."))
        return None


class Intake:
    """Reads one file and stores what is new of it, a segment at a time."""

    def __init__(
        self, site: Site, keys: KnownKeys, file: BinaryIO, trust: Trusting | None = None
    ) -> None:
        """Check the outside and the manifest. Raises BundleRefused. The file stays open."""
        self._site = site
        self._keys = keys
        receiver = Receiver(
            identities=[str(one) for one in keys.identities()],
            organisation=Relations.now(keys).organisation,
            trust=trust or Trusting(keys),
        )
        self._reader = BundleReader(file, receiver)
        self._papers = sorted_papers(self.manifest.papers)
        self.stored = Stored()

    @property
    def manifest(self) -> Manifest:
        """Return what the file says of itself."""
        return self._reader.manifest

    @property
    def papers(self) -> Papers:
        """Return the papers that came along."""
        return self._papers

    def store(self, progress: Progress, stood: Callable[[Stood], None]) -> Stored:
        """Store what is new, each segment in a transaction of its own. Raises BundleRefused, ChainBroken.

        What the sender wrote itself is proved by its own signature on the manifest, which names the
        hash at the end of each segment: it is put into the tables in the same transaction, and
        `stood` is told of it after that. All else waits for the proofs at the end.
        """
        self._keys.learn(self._papers.certificates, self._papers.revocations)
        self._relations = Relations.now(self._keys)
        self._relations.note_writers(self._site)
        self._progress = progress
        self._stood = stood
        self._sender = fingerprint(self.manifest.sender)
        self._total = sum(note.rows for note in self.manifest.segments)
        self._done = 0
        self._require_room()
        self._set_back()
        self._take_keys()
        learn_critical(self._site, self.manifest.critical)
        self._reader.read_segments(self._take, self._is_wanted)
        self._prove()
        return self.stored

    def missing_in_words(self) -> str:
        """Return the first entries that its gaps begin with, as `sync again --from-entry` takes them."""
        with self._site.read() as session:
            return ", ".join(self._missing(session.connection()))

    def _missing(self, connection: sa.Connection) -> Iterator[str]:
        for note in self.stored.gaps:
            log = from_ref(note.log)
            if log is not None:
                last = max((one.last for one in stored_logs(connection, log)), default=0)
                yield log.position(min(last, note.first - 2) + 1)

    def _require_room(self) -> None:
        """Raise NoRoom where the records' disk does not take what is new, before any of it is stored."""
        location = self._site.database.location
        if not isinstance(location, SqliteFile):
            return
        folder = location.path.parent
        if free_at(folder) >= self._total * _ENTRY_BYTES + MARGIN:
            return
        with self._site.read() as session:
            taking = Taking(session.connection())
            segments = [(self._segment(note), note.rows) for note in self.manifest.segments]
            new = sum(rows for one, rows in segments if one is None or not taking.is_here(one))
        require_room_to_take(folder, new * _ENTRY_BYTES)

    def look_through(self, take: Callable[[Entries], None]) -> None:
        """Hand over the entries of one segment after another, and store nothing. Raises BundleRefused."""
        self._reader.read_segments(lambda _note, entries: take(entries))

    def _set_back(self) -> None:
        """Take out of the tables, and keep apart, what came of a PC before its revocation was heard of."""
        ring, own = self._relations.ring, self._keys.station.fingerprint
        if not ring.revocation_version:
            return

        def believed_to(name: LogName) -> int | None:
            if name.station == own:
                return None
            return ring.revoked_beyond(name.station, name.incarnation, name.scope)

        def keep(segment: Segment, entries: Entries) -> None:
            self.stored.aside += keep_aside(connection, segment, entries, self._now, own) or 0

        with self._site.read() as session:
            if not is_to_set_back(session.connection(), believed_to):
                return
        with self._site.database.write() as connection:
            touched = set_back(connection, believed_to, keep)
        self._stood(Stood(touched=touched))
        self._site.announce(frozenset({"entry_aside", *touched}))

    def _take_keys(self) -> None:
        """Keep the keys of people that came along, before what they open."""
        keys = list(unpack_keys(self.manifest.people_keys))
        if not keys:
            return
        with self._site.database.write() as connection:
            touched = receive_keys(connection, keys)
        if touched:
            self._stood(Stood(touched=touched))

    def _is_wanted(self, note: SegmentNote) -> bool:
        """Tell whether a segment is to be unpacked: what is here already is known by its head."""
        self._done += note.rows
        self._tell()
        segment = self._segment(note)
        if segment is None or not self._may_write(segment):
            self.stored.refused += note.rows
            return False
        with self._site.read() as session:
            connection = session.connection()
            if self._is_late(segment) and is_aside(connection, segment.head):
                return False
            if Taking(connection).is_here(segment):
                self.stored.repeated += note.rows
                return False
        return True

    def _tell(self) -> None:
        self._progress.step(self._done, self._total, _("Taking in records"))

    def _take(self, note: SegmentNote, rows: Entries) -> None:
        named = self._segment(note)
        if named is None:
            return
        segment, entries = self._believed_part(named, rows)
        if segment is None:
            return
        stood = None
        with self._site.database.write() as connection:
            self._tell()  # who waited for the records may not want to go on
            taking = Taking(connection)
            taken = taking.take(segment, entries)
            self._note(connection, note, segment, taken)
            if segment is named and taken.stored and self._signs_for(self._sender, segment.log):
                taking.prove(Position(log=segment.log, seq=segment.last, head=segment.head))
                stood = stand_along(connection, taken, segment, rows)
        if stood is not None:
            self._stood(stood)

    def _note(
        self, connection: sa.Connection, note: SegmentNote, segment: Segment, taken: Taken
    ) -> None:
        if taken.outcome is Outcome.GAP:
            self.stored.gaps.append(note)
            return
        self.stored.stored += taken.stored
        self.stored.repeated += segment.entries - taken.stored
        if taken.forked and taken.log is not None:
            self.stored.forks.append(segment.log)
            _note_twin(Session(connection), segment.log, taken.log.forked_at, self._now)
        if taken.stored and segment.log in self._site.own_logs:
            self.stored.in_our_name = True

    @property
    def _now(self) -> datetime:
        return self._site.clock.now()

    def _segment(self, note: SegmentNote) -> Segment | None:
        log = from_ref(note.log)
        if log is None:
            return None
        return Segment(
            log=log, first=note.first, last=note.last, previous=note.previous, head=note.head
        )

    def _may_write(self, segment: Segment) -> bool:
        log = segment.log
        is_own = log.station == self._keys.station.fingerprint
        return is_own or self._relations.ring.may_write(log.station, log.scope)

    def _is_late(self, segment: Segment) -> bool:
        """Tell whether all of a segment lies beyond where its station was revoked."""
        log, ring = segment.log, self._relations.ring
        last = ring.last_accepted(log.station, log.incarnation, log.scope)
        return last is not None and segment.first > last

    def _believed_part(
        self, segment: Segment, entries: Entries
    ) -> tuple[Segment | None, Sequence[EntryWire]]:
        """Return a segment without what its station wrote after it was revoked, which is kept apart.

        None where that is all of it.
        """
        log = segment.log
        last = self._relations.ring.last_accepted(log.station, log.incarnation, log.scope)
        if last is None or last >= segment.last or log.station == self._keys.station.fingerprint:
            return segment, entries
        count = max(0, last - segment.first + 1)
        kept, head = entries[:count], segment.previous
        if kept:
            *_before, head = chain(segment, kept)
        self._keep_aside(
            replace(segment, first=segment.first + count, previous=head), entries[count:]
        )
        return (replace(segment, last=last, head=head) if kept else None), kept

    def _keep_aside(self, segment: Segment, entries: Sequence[EntryWire]) -> None:
        sender = fingerprint(self.manifest.sender)
        with self._site.database.write() as connection:
            new = keep_aside(connection, segment, entries, self._now, sender)
        if new is None:
            self.stored.refused += segment.entries
        else:
            self.stored.aside += new
            self._site.announce(frozenset({"entry_aside"}))

    def keep_what_the_sender_wrote_aside(self, stood: Callable[[Stood], None]) -> int:
        """Keep apart what a revoked sender wrote after its last accepted entry, and store none of it.

        The keys of people that came along are kept, so that it can be read: one that is wrong opens
        nothing. Return how many entries are new there. Raises BundleRefused, ChainBroken.
        """
        self._relations = Relations.now(self._keys)
        self._stood = stood
        self._take_keys()
        sender = fingerprint(self.manifest.sender)

        def take(note: SegmentNote, rows: Entries) -> None:
            segment = self._segment(note)
            if segment is not None and segment.log.station == sender:
                self._believed_part(segment, rows)

        self._reader.read_segments(take)
        return self.stored.aside

    def _signs_for(self, signer: bytes, log: LogName) -> bool:
        """Tell whether who signed is a log's station, by that key or a later one."""
        station = log.station
        return signer == station or self._relations.ring.took_place_of(signer, station)

    def _prove(self) -> None:
        """Believe the logs as far as their own stations signed, and keep the papers for others."""
        revoked = [
            Position(
                log=LogName(lists.subject, head.incarnation, scope), seq=head.seq, head=head.hash
            )
            for _paper, revocations in self._relations.ring.certificates()
            for lists in revocations
            for head in lists.up_to
            if (scope := Scope.of(head.scope)) is not None
        ]
        with self._site.database.write() as connection:
            taking, session = Taking(connection), Session(connection)
            for end in self._papers.heads:
                if self._signs_for(end.signer, end.position.log) and taking.prove(end.position):
                    _keep_proof(session, end.position, end.document)
            for position in revoked:
                taking.prove(position)
            session.flush()


def _keep_proof(session: Session, position: Position, document: bytes) -> None:
    log = position.log
    key = (log.station, log.incarnation, log.scope, position.seq, position.head)
    if session.get(SignedHeadRow, key) is None:
        session.add(
            SignedHeadRow(
                station=log.station,
                incarnation=log.incarnation,
                scope=log.scope,
                seq=position.seq,
                head=position.head,
                document=document,
            )
        )


def _note_twin(session: Session, log: LogName, forked_at: int, now: datetime) -> None:
    if session.get(TwinRow, (log.station, log.incarnation, log.scope, forked_at)) is None:
        session.add(
            TwinRow(
                station=log.station,
                incarnation=log.incarnation,
                scope=log.scope,
                forked_at=forked_at,
                found_at=now,
            )
        )
    session.flush()
