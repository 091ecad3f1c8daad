"""How far others are on the ways of the logs here, by the positions they named; asked of many of them at once."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from app.core.journal.entries import LogName
from app.core.journal.ledger.giving import Stretch, stretch_of
from app.core.journal.ledger.logs import StoredLog, hash_at, stored_logs
from app.core.journal.ledger.vectors import Position, Vector

Holdings = Mapping[LogName, Vector]
"""What somebody named, by log."""


class Reaching:
    """One look at the logs; each hash is looked up once, however many name it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.logs = stored_logs(connection)
        self._hashes: dict[tuple[int, int], bytes | None] = {}
        self._named: dict[LogName, list[StoredLog]] = {}
        for log in self.logs:
            self._named.setdefault(log.name, []).append(log)

    def named(self, name: LogName) -> Sequence[StoredLog]:
        """Return the log of a name, and the other ways that it went."""
        return self._named.get(name, ())

    def is_on(self, log: StoredLog, seq: int, head: bytes) -> bool:
        """Tell whether an entry of a number and a hash is on the way of a log."""
        return 0 < seq <= log.last and self._hash(log, seq) == head

    def of(self, log: StoredLog, known: Holdings) -> int:
        """Return the last entry of a log that somebody has by what they named."""
        named = known.get(log.name, ())
        return max((one.seq for one in named if self.is_on(log, one.seq, one.head)), default=0)

    def is_ahead(self, name: LogName, known: Holdings) -> bool:
        """Tell whether somebody says of a log that they have more of it than is here, on any way."""
        last = max((log.last for log in self.named(name)), default=0)
        return any(one.seq > last for one in known.get(name, ()))

    def holds(self, known: Holdings, position: Position) -> bool:
        """Tell whether somebody has the entry at a position, and so all before it."""
        return position in known.get(position.log, ()) or any(
            self.is_on(log, position.seq, position.head) and self.of(log, known) >= position.seq
            for log in self.named(position.log)
        )

    def stretch(self, log: StoredLog, first: int) -> Stretch:
        """Return what a log has from an entry on."""
        return stretch_of(self._connection, log, first, log.reach)

    def _hash(self, log: StoredLog, seq: int) -> bytes | None:
        key = log.id, seq
        if key not in self._hashes:
            self._hashes[key] = hash_at(self._connection, log, seq)
        return self._hashes[key]


def by_log(positions: Iterable[Position]) -> Holdings:
    """Return positions by their logs."""
    found: dict[LogName, Vector] = {}
    for one in positions:
        found[one.log] = (*found.get(one.log, ()), one)
    return found
