"""Proving the journal: chain, seals, and that the records are what the journal says they are."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.base.clock import from_microseconds
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal.changes import BodyUnreadable, Inserted, decode_changes
from app.core.journal.entries import GENESIS, LogName, entry_hash, wire_of
from app.core.journal.ledger.logs import StoredLog, hashes_between, is_held, stored_logs
from app.core.journal.ledger.vectors import Position
from app.core.journal.log_notes import Found, first_false, first_unreadable
from app.core.journal.merkle import MerkleTree
from app.core.journal.models import (
    WIRE_COLUMNS,
    EntryRow,
    KeptSealRow,
    SealRow,
    log_and_seq,
    place_of,
)
from app.core.journal.projection import (
    BESIDE,
    filled,
    first_beside,
    first_difference,
    rebuild,
    scratch_tables,
)
from app.core.journal.seals import SEALED, SealName, seal_bytes
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Scope, journalled_models, table_of

_READ_AT_ONCE = 1000
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstBad:
    """Where the proof fails, and how."""

    log: str
    seq: int | None
    what: str
    last_good_seal: int | None = None
    """Number of the last entry in that log that a sound seal covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a verification found."""

    entries: int
    seals: int
    first_bad: FirstBad | None

    @property
    def ok(self) -> bool:
        """Tell whether everything held."""
        return self.first_bad is None


class _Broken(Exception):
    def __init__(self, seq: int | None, what: str) -> None:
        self.seq = seq
        self.what = what
        super().__init__(what)


def verify_journal(
    connection: sa.Connection, progress: Progress, noted: Sequence[Position] = ()
) -> Verdict:
    """Walk every log, then rebuild the journalled tables in memory and compare them row by row.

    `noted` says how far logs went, as it is known from outside these records. Reads one snapshot;
    stops at the first fault of a log. A fault in the records is looked for only when the chains are
    sound, since only then does the journal say what they should be.
    """
    walk = ChainWalk(connection, progress)
    bad = _in_the_notes(first_unreadable(connection)) or walk.every_log()
    bad = (
        bad
        or walk.stray()
        or walk.deleted_seal()
        or _behind(connection, noted)
        or _in_the_notes(first_false(connection, walk.found))
    )
    bad = bad or _compare(connection)
    return Verdict(entries=walk.entries, seals=walk.seals, first_bad=bad)


class ChainWalk:
    """One pass over the logs, counting as it goes."""

    def __init__(self, connection: sa.Connection, progress: Progress) -> None:
        self.entries = 0
        self.seals = 0
        self.found: dict[int, Found] = {}
        """What the entries of each log were."""
        self._connection = connection
        self._progress = progress
        self._total, self._total_seals = (
            connection.execute(sa.select(sa.func.count()).select_from(model)).scalar_one()
            for model in (EntryRow, SealRow)
        )

    def every_log(self) -> FirstBad | None:
        """Walk the logs; return the first fault."""
        for log in stored_logs(self._connection):
            bad = self.log(log)
            if bad is not None:
                return bad
        return None

    def log(self, log: StoredLog) -> FirstBad | None:
        """Walk one log; return its first fault."""
        name = log.name
        self._sealed: int | None = None
        try:
            self._walk(log)
        except _Broken as broken:
            return FirstBad(
                log=describe_log(name),
                seq=broken.seq,
                what=broken.what,
                last_good_seal=self._sealed,
            )
        return None

    def stray(self) -> FirstBad | None:
        """Return a fault if there are entries, or seals, that stand in none of the logs walked."""
        if self.entries != self._total:
            return FirstBad(log="", seq=None, what=_("there are entries that belong to no log"))
        if self.seals != self._total_seals:
            return FirstBad(log="", seq=None, what=_("there are seals that belong to no entry"))
        return None

    def _walk(self, log: StoredLog) -> None:
        seals = {seal.seq: seal for seal in self._seals(log.id)}
        name, previous, tree = log.name.bytes, GENESIS, MerkleTree()
        for leaf in self._before_the_fork(log):
            tree.append(leaf)
            previous = leaf
        for row in self._rows(log, tree.size):
            seq = log_and_seq(row[_PLACE])[1]
            if seq != tree.size + 1:
                raise _Broken(tree.size + 1, _("the entry is missing"))
            previous = _hash_of(name, seq, previous, row)
            if previous != row[_HASH]:
                raise _Broken(seq, _("the entry is not what was written"))
            tree.append(previous)
            self._count(log, seq, row[_STAMP])
            if seq in seals:
                self._check_seal(log.name, seals.pop(seq), tree.root())
                self.seals += 1
            self._check_kept(log, seq, tree)
        if seals:
            left = min((seq for seq in seals if isinstance(seq, int)), default=None)
            raise _Broken(left, _("the log ends before an entry that was sealed"))

    def _count(self, log: StoredLog, seq: int, stamp: int) -> None:
        newest = self.found.get(log.id, Found()).newest
        self.found[log.id] = Found(seq, stamp, max(stamp, newest))
        self.entries += 1
        if self.entries % 1000 == 0:
            self._progress.step(self.entries, self._total, _("Checking the journal"))

    def _before_the_fork(self, log: StoredLog) -> Sequence[bytes]:
        """Return the hashes of the entries that a branch has in common with what it is one of."""
        hashes = hashes_between(self._connection, log, 1, log.forked_at)
        if len(hashes) < log.forked_at:
            raise _Broken(log.forked_at, _("the entry is missing"))
        return hashes

    def _check_seal(self, name: LogName, seal: Any, root: bytes) -> None:
        try:
            sealed = SealName(
                log=name,
                seq=seal.seq,
                root=seal.root,
                sealed_at=from_microseconds(seal.sealed_at),
            )
            Ed25519PublicKey.from_public_bytes(seal.public_key).verify(
                seal.signature, seal_bytes(sealed)
            )
        except (InvalidSignature, ValueError, TypeError, OverflowError):
            # the last two: values that no seal of ours has
            raise _Broken(seal.seq, _("the seal's signature is not the station's")) from None
        if hashlib.sha256(seal.public_key).digest() != name.station:
            raise _Broken(seal.seq, _("the seal was signed with another station's key"))
        if root != seal.root:
            raise _Broken(seal.seq, _("the log was rewritten after it was sealed"))
        self._sealed = seal.seq

    def _check_kept(self, log: StoredLog, seq: int, tree: MerkleTree) -> None:
        """Check what the journal itself says of seals: those of others too, whose entries they sent."""
        for seal in self._kept.get(log.name.bytes, {}).get(seq, ()):
            if not self._goes_two_ways(log):
                self._check_seal(log.name, seal, tree.root())

    def _goes_two_ways(self, log: StoredLog) -> bool:
        """Tell whether a twin wrote in a log too: its seals are of one way, and nobody says of which."""
        return log.branch != 0 or log.name in self._split

    @cached_property  # not before it is known that the names of logs can be read
    def _split(self) -> frozenset[LogName]:
        """Return the logs that went on in two ways."""
        return frozenset(log.name for log in stored_logs(self._connection) if log.branch)

    @cached_property
    def _kept(self) -> dict[bytes, dict[Any, list["_Seal"]]]:
        """Return the seals that the journal speaks of, by log and by number."""
        kept: dict[bytes, dict[Any, list[_Seal]]] = {}
        for station, incarnation, scope, *seal in _KEPT.run(self._connection, {}):
            is_name = isinstance(station, bytes) and isinstance(incarnation, bytes)
            named = Scope.of(scope)
            if is_name and named is not None:
                name = LogName(station, incarnation, named).bytes
                one = _Seal(*seal)
                kept.setdefault(name, {}).setdefault(one.seq, []).append(one)
        return kept

    @cached_property  # not before the chains have proved the entries
    def _made_here(self) -> frozenset[object]:
        """Return the signatures of the seals that this PC made, as its own entries say.

        A copy of its folders, and it itself before it went back to a backup, made others of the same logs:
        those came with the entries of others, and were never kept here.
        """
        own = [log.id for log in stored_logs(self._connection) if log.is_ours]
        return frozenset(
            change.values.get("signature")
            for log_id in own
            for (body,) in _SEALING.run(
                self._connection,
                {"first": place_of(log_id, 1), "last": place_of(log_id + 1, 0), "action": SEALED},
            )
            for change in _said_by(body)
            if isinstance(change, Inserted) and change.table == KeptSealRow.__tablename__
        )

    def deleted_seal(self) -> FirstBad | None:
        """Return a fault if a seal that was made here is no longer where seals are kept."""
        for log in stored_logs(self._connection):
            gone = self._gone_from(log) if log.is_ours else []
            if gone:
                what = _("a seal that was made is gone")
                seq = min((one for one in gone if isinstance(one, int)), default=None)
                return FirstBad(log=describe_log(log.name), seq=seq, what=what)
        return None

    def _gone_from(self, log: StoredLog) -> list[object]:
        """Return the numbers of the seals that were made here of a log and do not lie there any more."""
        there = {(seal.seq, seal.signature) for seal in self._seals(log.id)}
        kept = self._kept.get(log.name.bytes, {})
        return [
            seal.seq
            for some in kept.values()
            for seal in some
            if seal.signature in self._made_here and (seal.seq, seal.signature) not in there
        ]

    def _rows(self, log: StoredLog, had: int) -> Iterator[_Row]:
        for first in range(had + 1, log.last + 1, _READ_AT_ONCE):
            last = min(log.last, first + _READ_AT_ONCE - 1)
            places = {"first": place_of(log.id, first), "last": place_of(log.id, last)}
            yield from _ENTRIES.run(self._connection, places)

    def _seals(self, log_id: int) -> list["_Seal"]:
        return [_Seal(*row) for row in _SEALS.run(self._connection, {"log_id": log_id})]


class _Seal(NamedTuple):
    """A seal as the driver gives it; nothing in it is believed."""

    seq: Any
    root: Any
    sealed_at: Any
    public_key: Any
    signature: Any


def _hash_of(log: bytes, seq: int, previous: bytes, row: _Row) -> bytes:
    """Return what an entry's hash is to be."""
    try:
        return entry_hash(log, seq, previous, wire_of(row[_WIRE]))
    except TypeError:  # a value of a kind that no entry has
        raise _Broken(seq, _("the entry is not what was written")) from None


_PLACE, _HASH, _STAMP = range(3)
_WIRE = slice(_STAMP, None)
_ENTRIES = Prepared(
    sa.select(EntryRow.place, EntryRow.hash, *WIRE_COLUMNS)
    .where(EntryRow.place.between(sa.bindparam("first"), sa.bindparam("last")))
    .order_by(EntryRow.place)
)
_SEALING = Prepared(
    sa.select(EntryRow.body)
    .where(EntryRow.place.between(sa.bindparam("first"), sa.bindparam("last")))
    .where(EntryRow.action == sa.bindparam("action"))
    .order_by(EntryRow.place)
)
_KEPT = Prepared(
    sa.select(
        KeptSealRow.station,
        KeptSealRow.incarnation,
        KeptSealRow.scope,
        *(getattr(KeptSealRow, name) for name in _Seal._fields),
    ).order_by(KeptSealRow.id)
)
_SEALS = Prepared(
    sa.select(*(getattr(SealRow, name) for name in _Seal._fields))
    .where(SealRow.log_id == sa.bindparam("log_id"))
    .order_by(SealRow.id)
)


def _said_by(body: bytes) -> Sequence[object]:
    """Return the changes of an entry; none of one that cannot be read, which is told with the records."""
    try:
        return decode_changes(body)
    except BodyUnreadable:
        return ()


def _behind(connection: sa.Connection, noted: Sequence[Position]) -> FirstBad | None:
    """Return a fault if a log is behind, or other than, what is known of it from outside."""
    for place in noted:
        if not is_held(connection, place):
            what = _("the log ends before what this PC has noted outside the data folder")
            return FirstBad(log=describe_log(place.log), seq=place.seq, what=what)
    return None


def describe_log(name: LogName) -> str:
    """Return a log's name as people compare it: scope, and the start of station and incarnation."""
    return f"{name.scope.value} {name.station[:4].hex()}-{name.incarnation[:2].hex()}"


def _in_the_notes(what: str | None) -> FirstBad | None:
    return None if what is None else FirstBad(log="", seq=None, what=what)


def _compare(connection: sa.Connection) -> FirstBad | None:
    try:
        with scratch_tables() as rebuilt:
            rebuild(connection, rebuilt)
            compared = _comparisons()
            tables = tuple(table for table, _difference in compared)
            in_use = filled(connection, tables) | filled(rebuilt, tables)
            for table, difference in compared:
                if table.name not in in_use:
                    continue
                key = difference(connection, rebuilt, table)
                if key is not None:
                    what = _("the row {key} is not what the journal says").format(key=key)
                    return FirstBad(log=table.name, seq=None, what=what)
    except BodyUnreadable as error:
        return FirstBad(log="", seq=None, what=error.sentence)
    return None


@cache
def _comparisons() -> tuple[tuple[sa.Table, Callable[..., str | None]], ...]:
    journalled = ((table_of(model), first_difference) for model in journalled_models())
    return (*journalled, *((table, first_beside) for table in BESIDE))
