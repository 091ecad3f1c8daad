"""Proving the journal: chain, seals, and that the records are what the journal says they are."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.base.clock import to_microseconds
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal.changes import BodyUnreadable
from app.core.journal.entries import GENESIS, EntryWire, LogName, entry_hash
from app.core.journal.ledger.logs import StoredLog, hashes_between, stored_logs
from app.core.journal.merkle import MerkleTree
from app.core.journal.models import EntryRow, SealRow
from app.core.journal.projection import first_difference, rebuild, scratch_tables
from app.core.journal.seals import SealName, seal_bytes
from app.core.storage.tables import journalled_models, table_of


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


def verify_journal(connection: sa.Connection, progress: Progress) -> Verdict:
    """Walk every log, then rebuild the journalled tables in memory and compare them row by row.

    Reads one snapshot; stops at the first fault of a log. A fault in the records is looked for
    only when the chains are sound, since only then does the journal say what they should be.
    """
    walk = ChainWalk(connection, progress)
    for log in stored_logs(connection):
        bad = walk.log(log)
        if bad is not None:
            return Verdict(entries=walk.entries, seals=walk.seals, first_bad=bad)
    bad = walk.stray() or _compare(connection)
    return Verdict(entries=walk.entries, seals=walk.seals, first_bad=bad)


class ChainWalk:
    """One pass over the logs, counting as it goes."""

    def __init__(self, connection: sa.Connection, progress: Progress) -> None:
        self.entries = 0
        self.seals = 0
        self._connection = connection
        self._progress = progress
        self._total = connection.execute(
            sa.select(sa.func.count()).select_from(EntryRow)
        ).scalar_one()

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
        """Return a fault if there are entries that stand in none of the logs walked."""
        if self.entries == self._total:
            return None
        return FirstBad(log="", seq=None, what=_("there are entries that belong to no log"))

    def _walk(self, log: StoredLog) -> None:
        seals = {row.seq: row for row in self._seals(log.id)}
        name, previous, tree = log.name.bytes, GENESIS, MerkleTree()
        for leaf in self._before_the_fork(log):
            previous = leaf
            tree.append(leaf)
        for row in self._rows(log.id):
            if row.seq != tree.size + 1:
                raise _Broken(tree.size + 1, _("the entry is missing"))
            if entry_hash(name, row.seq, previous, _wire(row)) != row.hash:
                raise _Broken(row.seq, _("the entry is not what was written"))
            previous = row.hash
            tree.append(row.hash)
            self.entries += 1
            if self.entries % 1000 == 0:
                self._progress.step(self.entries, self._total, _("Checking the journal"))
            if row.seq in seals:
                self._check_seal(log.name, seals.pop(row.seq), tree.root())
        if seals:
            raise _Broken(min(seals), _("the log ends before an entry that was sealed"))

    def _before_the_fork(self, log: StoredLog) -> Sequence[bytes]:
        """Return the hashes of the entries that a branch has in common with what it is one of."""
        hashes = hashes_between(self._connection, log, 1, log.forked_at)
        if len(hashes) < log.forked_at:
            raise _Broken(log.forked_at, _("the entry is missing"))
        return hashes

    def _check_seal(self, name: LogName, seal: Any, root: bytes) -> None:
        sealed = SealName(log=name, seq=seal.seq, root=seal.root, sealed_at=seal.sealed_at)
        try:
            Ed25519PublicKey.from_public_bytes(seal.public_key).verify(
                seal.signature, seal_bytes(sealed)
            )
        except (InvalidSignature, ValueError):
            raise _Broken(seal.seq, _("the seal's signature is not the station's")) from None
        if hashlib.sha256(seal.public_key).digest() != name.station:
            raise _Broken(seal.seq, _("the seal was signed with another station's key"))
        if root != seal.root:
            raise _Broken(seal.seq, _("the log was rewritten after it was sealed"))
        self.seals += 1
        self._sealed = seal.seq

    def _rows(self, log_id: int) -> Iterator[Any]:
        columns = (EntryRow.seq, *table_of(EntryRow).columns)
        statement = sa.select(*columns).where(EntryRow.entries_of(log_id)).order_by(EntryRow.place)
        return iter(self._connection.execute(statement.execution_options(yield_per=1000)))

    def _seals(self, log_id: int) -> Iterator[Any]:
        return iter(
            self._connection.execute(sa.select(SealRow.__table__).where(SealRow.log_id == log_id))
        )


def _wire(row: Any) -> EntryWire:
    return (
        row.stamp,
        to_microseconds(row.wall),
        row.offset_minutes,
        row.actor.bytes if row.actor else None,
        row.action,
        row.reason,
        row.body,
    )


def describe_log(name: LogName) -> str:
    """Return a log's name as people compare it: scope, and the start of station and incarnation."""
    return f"{name.scope.value} {name.station[:4].hex()}-{name.incarnation[:2].hex()}"


def _compare(connection: sa.Connection) -> FirstBad | None:
    tables = [table_of(model) for model in journalled_models()]
    try:
        with scratch_tables() as rebuilt:
            rebuild(connection, rebuilt)
            for table in tables:
                key = first_difference(connection, rebuilt, table)
                if key is not None:
                    what = _("the row {key} is not what the journal says").format(key=key)
                    return FirstBad(log=table.name, seq=None, what=what)
    except BodyUnreadable as error:
        return FirstBad(log="", seq=None, what=error.sentence)
    return None
