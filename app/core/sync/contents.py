"""What entries in a sync file tell of, counted table by table: a segment at a time, and nothing is kept of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.core.journal import Entries, known_tables, tables_told_of
from app.core.sync.bundle.manifest import LogRef, Manifest

UNREADABLE = ""
"""In the place of a table's name: entries whose form only a newer program knows."""
_SEALS = "kept_seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSeen:
    """A run of entries of one log in a file."""

    station: str
    scope: str
    first: int
    last: int
    size: int
    """Of what is packed, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSeen:
    """How much a file tells of one table."""

    table: str
    """Its name; empty for entries that this program cannot read."""
    rows: int
    """That are new."""
    edits: int
    is_known: bool
    """False for what only a newer program knows."""


class Counting:
    """Counts what entries tell of."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._edits: Counter[str] = Counter()

    def take(self, entries: Entries) -> None:
        """Count the changes of some entries."""
        for body in entries.bodies:
            told = tables_told_of(body)
            if told is None:
                self._rows[UNREADABLE] += 1
                continue
            for is_new, table in told:
                (self._rows if is_new else self._edits)[table] += 1

    def tables(self) -> tuple[TableSeen, ...]:
        """Return what was counted: what there is most of first."""
        known = known_tables()
        seen = [
            TableSeen(
                table=table,
                rows=self._rows[table],
                edits=self._edits[table],
                is_known=table in known,
            )
            for table in {*self._rows, *self._edits}
        ]
        return tuple(sorted(seen, key=lambda one: (-one.rows - one.edits, one.table)))


def seals_among(tables: Iterable[TableSeen]) -> int:
    """Return how many seals there are."""
    return sum(one.rows for one in tables if one.table == _SEALS)


def logs_of(manifest: Manifest, labels: dict[bytes, str]) -> Iterator[LogSeen]:
    """Yield the logs of which a file has entries: of each the segments follow one another."""
    joined: dict[LogRef, LogSeen] = {}
    for note in manifest.segments:
        begun = joined.get(note.log)
        joined[note.log] = (
            replace(begun, last=note.last, size=begun.size + note.packed)
            if begun
            else LogSeen(
                station=labels.get(note.log.station, note.log.station[:4].hex()),
                scope=note.log.scope,
                first=note.first,
                last=note.last,
                size=note.packed,
            )
        )
    yield from joined.values()
