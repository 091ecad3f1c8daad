"""Taking in a segment that others wrote: proved against the chain, kept once, and put where it goes on.

A segment goes on from what is here, or repeats it, or goes another way than what is here (a copied
or restored data folder wrote both): then both ways are kept. One that begins beyond what is here
waits outside until the entries before it have come.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal.entries import GENESIS, EntryWire, LogName, entry_hashes
from app.core.journal.ledger.logs import StoredLog, hash_at, hashes_between, stored_logs
from app.core.journal.ledger.vectors import Entries, Position, Segment
from app.core.journal.models import WRITTEN_COLUMNS, LogRow, place_of
from app.core.storage.column_inserts import ColumnInsert
from app.core.storage.prepared import Prepared

_PROVED = Prepared(
    sa.update(LogRow)
    .where(LogRow.id == sa.bindparam("log_id"), LogRow.proved < sa.bindparam("until"))
    .values(proved=sa.bindparam("until"))
)
_STORED = Prepared(
    sa.update(LogRow)
    .where(LogRow.id == sa.bindparam("log_id"))
    .values(
        applied=sa.func.coalesce(LogRow.applied, sa.bindparam("last")),
        proved=sa.case((LogRow.applied.is_(None), sa.bindparam("last")), else_=LogRow.proved),
        seen=sa.case(
            (LogRow.seen < sa.bindparam("newest"), sa.bindparam("newest")), else_=LogRow.seen
        ),
    )
)


class ChainBroken(UserFacingError):
    """The entries of a segment are not those that its head was made of."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(
            _("Entries {first} to {last} of {log} were changed after they were written.").format(
                first=segment.first,
                last=segment.last,
                log=segment.log.position(segment.first),
            ),
            safe=_("None of them was taken in."),
            remedy=_("Ask the sender for a new sync file."),
        )


class Outcome(StrEnum):
    """What became of a segment."""

    STORED = "stored"
    REPEATED = "repeated"
    """Everything in it was here."""
    GAP = "gap"
    """It begins beyond what is here; nothing of it was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a segment, and where it lies."""

    outcome: Outcome
    log: StoredLog | None = None
    stored: int = 0
    """Entries that were new."""
    forked: bool = False
    """It goes another way than what was here: the data folder that wrote it has a twin."""


class Taking:
    """Takes segments in, on one connection, in a transaction that the caller ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def is_here(self, segment: Segment) -> bool:
        """Tell whether all of a segment is here, by its head alone."""
        return any(
            log.last >= segment.last
            and hash_at(self._connection, log, segment.last) == segment.head
            for log in stored_logs(self._connection, segment.log)
        )

    def take(self, segment: Segment, entries: Sequence[EntryWire]) -> Taken:
        """Store what is new of a segment. Raises ChainBroken; nothing is stored then.

        The entries are hashed one by one from `previous`, so what is stored is what the chain's
        head was signed for, and nothing else.
        """
        hashes = chain(segment, entries)
        if not hashes or len(hashes) != segment.entries or hashes[-1] != segment.head:
            raise ChainBroken(segment)
        ways = [_Way(self._connection, log, segment, hashes) for log in self._continued(segment)]
        if not ways:
            if segment.previous != GENESIS or segment.first != 1:
                return Taken(outcome=Outcome.GAP)
            return self._store(self._open_log(segment.log), segment, entries, hashes, 0)
        way = max(ways, key=lambda each: (each.shared, not each.parts))
        if way.shared == segment.entries:
            return Taken(outcome=Outcome.REPEATED, log=way.log)
        if not way.parts:
            return self._store(way.log, segment, entries, hashes, way.shared)
        branch = self._open_branch(way.log, segment.first + way.shared - 1)
        return self._store(branch, segment, entries, hashes, way.shared)

    def prove(self, position: Position) -> bool:
        """Believe a log up to an entry that its station has signed for; tell whether it is here.

        The hash of an entry covers all before it: a signature at the end proves the whole way.
        """
        found = False
        for log in stored_logs(self._connection, position.log):
            if position.seq > log.last:
                continue
            if hash_at(self._connection, log, position.seq) == position.head:
                self._believe(log, position.seq)
                found = True
        return found

    def _believe(self, log: StoredLog, seq: int) -> None:
        way: StoredLog | None = log
        while way is not None:
            proved = min(seq, way.last)
            _PROVED.run(self._connection, {"log_id": way.id, "until": proved})
            seq, way = min(seq, way.forked_at), way.parent

    def _continued(self, segment: Segment) -> Iterator[StoredLog]:
        """Yield the logs of that name that have the entry before the segment on their way."""
        before = segment.first - 1
        for log in stored_logs(self._connection, segment.log):
            if log.last >= before and hash_at(self._connection, log, before) == segment.previous:
                yield log

    def _open_log(self, name: LogName) -> StoredLog:
        return self._new_log(name, branch=0, parent=None, forked_at=0)

    def _open_branch(self, parent: StoredLog, forked_at: int) -> StoredLog:
        branch = len(stored_logs(self._connection, parent.name))
        return self._new_log(parent.name, branch=branch, parent=parent, forked_at=forked_at)

    def _new_log(
        self, name: LogName, *, branch: int, parent: StoredLog | None, forked_at: int
    ) -> StoredLog:
        values = {
            "station": name.station,
            "incarnation": name.incarnation,
            "scope": name.scope,
            "branch": branch,
            "parent_id": parent.id if parent else None,
            "forked_at": forked_at,
            "applied": forked_at,
            "proved": forked_at,
        }
        log_id = self._connection.execute(
            sa.insert(LogRow).returning(LogRow.id), values
        ).scalar_one()
        return StoredLog(
            id=log_id,
            name=name,
            branch=branch,
            parent=parent,
            forked_at=forked_at,
            last=forked_at,
            applied=forked_at,
            proved=forked_at,
        )

    def _store(
        self,
        log: StoredLog,
        segment: Segment,
        entries: Sequence[EntryWire],
        hashes: Sequence[bytes],
        shared: int,
    ) -> Taken:
        columns = [*Entries.of(entries).columns, hashes]
        new = [column[shared:] for column in columns] if shared else columns
        place = place_of(log.id, segment.first) + shared
        _INSERT.run(self._connection, [range(place, place + len(new[0])), *new])
        stored = {"log_id": log.id, "last": log.last, "newest": max(new[0])}
        _STORED.run(self._connection, stored)
        return Taken(
            outcome=Outcome.STORED,
            log=log,
            stored=segment.entries - shared,
            forked=log.branch > 0,
        )


class _Way:
    """How far a segment is the same as what is here on one log's way, and whether it parts from it."""

    def __init__(
        self,
        connection: sa.Connection,
        log: StoredLog,
        segment: Segment,
        hashes: Sequence[bytes],
    ) -> None:
        self.log = log
        here = hashes_between(connection, log, segment.first, min(segment.last, log.last))
        self.shared = next(
            (
                turn
                for turn, pair in enumerate(zip(here, hashes, strict=False))
                if pair[0] != pair[1]
            ),
            len(here),
        )
        self.parts = self.shared < len(here) or segment.first + self.shared <= log.last


def chain(segment: Segment, entries: Iterable[EntryWire]) -> list[bytes]:
    """Return the hash of each entry."""
    return entry_hashes(segment.log.bytes, segment.first, segment.previous, entries)


_INSERT = ColumnInsert("journal_entry", WRITTEN_COLUMNS)
