"""Which entries of which log are of a year, what stood before them, and the seals over them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.journal.entries import GENESIS, LogName
from app.core.journal.ledger import StoredLog, hash_at, stored_logs
from app.core.journal.ledger.logs import hashes_between
from app.core.journal.merkle import MerkleTree
from app.core.journal.models import EntryRow, KeptSealRow, SealRow, log_and_seq

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOf:
    """A seal as it is kept."""

    seq: int
    root: bytes
    sealed_at: datetime
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfLog:
    """The entries of one log from the first to the last that was written in a year."""

    log: StoredLog
    first: int
    last: int
    previous: bytes
    """Hash of the entry before the first."""
    peaks: tuple[bytes, ...]
    """Of the Merkle tree over all entries before the first."""
    seals: tuple[SealOf, ...]
    """Over some entry of the year; the last may be of an entry after it."""

    @property
    def end(self) -> int:
        """Return the last entry that a seal over the year reaches: its hash is needed."""
        return max([self.last, *(seal.seq for seal in self.seals)])

    @property
    def entries(self) -> int:
        """Return how many they are."""
        return self.last - self.first + 1


def years_of_logs(
    connection: sa.Connection, begin: datetime, end: datetime
) -> tuple[YearOfLog, ...]:
    """Return the logs in which something was written from an instant up to, not at, another."""
    logs = stored_logs(connection)
    twins = {log.name for log in logs if log.branch}
    found = []
    for log in logs:
        first, last = _reach(connection, log, begin, end)
        if not first or last < first:
            continue
        tree, previous = _before(connection, log, first)
        seals = _seals(connection, log, first, has_twin=log.name in twins)
        found.append(
            YearOfLog(
                log=log,
                first=first,
                last=last,
                previous=previous,
                peaks=tree.peaks,
                seals=_over(seals, last),
            )
        )
    return tuple(found)


def first_and_last(connection: sa.Connection) -> tuple[datetime, datetime] | None:
    """Return when the oldest and the newest entry were written; None where there is none."""
    ends = [sa.func.min(EntryRow.wall), sa.func.max(EntryRow.wall)]
    oldest, newest = (connection.execute(sa.select(one)).scalar() for one in ends)
    return None if oldest is None or newest is None else (oldest, newest)


def _reach(
    connection: sa.Connection, log: StoredLog, begin: datetime, end: datetime
) -> tuple[int, int]:
    """Return the first and last entry of a log in a time, as far as its station signed for it."""
    written = sa.and_(EntryRow.entries_of(log.id), EntryRow.wall >= begin, EntryRow.wall < end)
    ends = [sa.func.min(EntryRow.place), sa.func.max(EntryRow.place)]
    first, last = (connection.execute(sa.select(one).where(written)).scalar() for one in ends)
    if first is None or last is None:
        return 0, 0
    return log_and_seq(first)[1], min(log_and_seq(last)[1], log.reach)


def _before(connection: sa.Connection, log: StoredLog, first: int) -> tuple[MerkleTree, bytes]:
    """Return the tree over the entries before one, and the hash of the last of them."""
    tree, previous = MerkleTree(), GENESIS
    for begun in range(1, first, _AT_ONCE):
        for leaf in hashes_between(connection, log, begun, min(first, begun + _AT_ONCE) - 1):
            tree.append(leaf)
            previous = leaf
    if tree.size != first - 1 or hash_at(connection, log, first - 1) != previous:
        raise LookupError(f"log {log.id} has not all entries before {first}")
    return tree, previous


def _seals(
    connection: sa.Connection, log: StoredLog, first: int, *, has_twin: bool
) -> list[SealOf]:
    """Return the seals from an entry on: those beside the log, and those in entries of anybody.

    What entries say of a log that goes two ways is of one way, and nobody says of which.
    """
    asked = [_seals_beside(log, first)]
    if not has_twin:
        asked.append(_seals_in_entries(log.name, first))
    found = {}
    for statement in asked:
        for seq, root, sealed_at, public_key, signature in connection.execute(statement):
            if seq <= log.reach:
                found[seq, signature] = SealOf(
                    seq=seq,
                    root=root,
                    sealed_at=sealed_at,
                    public_key=public_key,
                    signature=signature,
                )
    return sorted(found.values(), key=lambda seal: (seal.seq, seal.signature))


def _seals_beside(log: StoredLog, first: int) -> sa.Select[int, bytes, datetime, bytes, bytes]:
    row = SealRow
    columns = (row.seq, row.root, row.sealed_at, row.public_key, row.signature)
    return sa.select(*columns).where(row.log_id == log.id, row.seq >= first)


def _seals_in_entries(name: LogName, first: int) -> sa.Select[int, bytes, datetime, bytes, bytes]:
    row = KeptSealRow
    columns = (row.seq, row.root, row.sealed_at, row.public_key, row.signature)
    return sa.select(*columns).where(
        row.station == name.station,
        row.incarnation == name.incarnation,
        row.scope == name.scope.value,
        row.seq >= first,
    )


def _over(seals: list[SealOf], last: int) -> tuple[SealOf, ...]:
    """Return the seals of the year, and the first that covers its last entry."""
    covering = min((seal.seq for seal in seals if seal.seq >= last), default=last)
    return tuple(seal for seal in seals if seal.seq <= covering)
