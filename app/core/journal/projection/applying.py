"""Entries become tables, in whatever order they come: a pure function of what was applied (ADR 16).

Most of what comes is new rows of facts: they are held back and written many at once. A row that is
one thing with another, a row that came before and an edit go one by one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import Change, decode_changes
from app.core.journal.layers import Layer
from app.core.journal.personal import Keyring, Opening
from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.critical import Holding
from app.core.journal.projection.erasing import Erasing
from app.core.journal.projection.left_out import note_left_out, note_to_make_up
from app.core.journal.projection.merging import edited
from app.core.journal.projection.reading import Missing, NewRow, NewValues, read_changes
from app.core.journal.projection.registers import pack_versions
from app.core.journal.projection.settling import Settling
from app.core.journal.projection.speaking import Speaking
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.stories import Story
from app.core.journal.projection.together import Facts, Lot
from app.core.journal.projection.touching import Touched
from app.core.journal.projection.turns import turn
from app.core.journal.projection.unvouched import Unvouched
from app.core.journal.projection.writers import Writers, writers_of
from app.core.journal.projection.writing import Clash, Writing
from app.core.journal.stamps import version_of
from app.core.storage.tables import Kind

_HELD = 5000
"""Rows that are written together."""
_BY_COLUMN = 16
"""So many entries of new facts are worth laying out by column."""
_HALVED = 1024
"""So many that do not go together are tried in halves."""
_KNOWN = 500_000
"""Ids remembered as having come."""


@dataclass(frozen=True, slots=True)
class Run:
    """Entries of one log that follow one another."""

    stamps: Sequence[int]
    bodies: Sequence[bytes]
    layers: Sequence[Layer]
    """Those of the bodies that have many like them, laid under each other."""


@dataclass(frozen=True, slots=True)
class Applied:
    """An entry is in the tables."""

    is_whole: bool = True
    """False where something of it is of a newer program, and is only carried."""


_WHOLE, _IN_PART = Applied(), Applied(is_whole=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry is not in the tables: rows that it speaks of have not come yet."""

    missing: tuple[Missing, ...]


class Projection:
    """Carries entries out on one connection, inside the caller's transaction.

    The caller gives each entry once, and those of one log in their order, until one waits.
    """

    def __init__(
        self,
        connection: sa.Connection,
        keyring: Keyring | None = None,
        writers: Writers | None = None,
        unvouched: Unvouched | None = None,
    ) -> None:
        """Read what is sealed with the keys that are there too, and take who may speak as noted there.

        Unless others are given.
        """
        self.unvouched = unvouched or Unvouched(connection)
        self.passes_over = False
        """Whether what names rows that nobody vouches for is left out, instead of waiting for them."""
        self.in_part: Counter[bytes] = Counter()
        """How many entries of which station tell of what only a newer program knows."""
        self._connection = connection
        self._touched = Touched()
        self._beside = Beside(connection)
        self._opening = Opening(keyring or Keyring(connection), connection)
        self._holding = Holding(connection)
        self._erasing = Erasing(self._beside, self._opening, self._touched)
        self._settling = Settling(self._beside, self._touched)
        writers = writers_of(connection) if writers is None else writers
        self._speaking = Speaking(connection, self._own, writers)
        self._writing = Writing(
            connection, self._beside, self._settling, self._speaking, self._touched
        )
        self._shapes = stored_tables()
        self._held: dict[str, list[Row]] = {}
        self._count = 0
        self._pending: set[bytes] = set()
        self._left_out: set[tuple[str, bytes]] = set()
        self._known: dict[str, set[bytes]] = {table: set() for table in self._shapes}

    @property
    def clashes(self) -> Sequence[Clash]:
        """Return what was made twice, and not alike, so far; whole after `flush`."""
        return self._writing.clashes

    @property
    def touched(self) -> Mapping[str, set[UUID]]:
        """Return the rows that came or changed so far, by table; whole after `flush`."""
        return self._touched.by_table()

    def apply_in_turn(self, station: bytes, entries: Run) -> int:
        """Carry out entries of one log of a station until one waits; return how many were."""
        facts, done = Facts(entries.bodies, entries.layers, self._opening.opened_row), 0
        for end in (*facts.others, len(entries.bodies)):
            done += self._apply_facts(station, entries, facts, done, end)
            if done < end or (
                end < len(entries.bodies) and not self._apply_some(station, entries, end, end + 1)
            ):
                return done
            done = min(end + 1, len(entries.bodies))
        return done

    def _apply_facts(self, station: bytes, entries: Run, facts: Facts, first: int, end: int) -> int:
        """Carry out entries that are new facts alone, many at once where that goes."""
        if end - first < _BY_COLUMN:
            return self._apply_some(station, entries, first, end)
        self.flush()
        blocks = facts.blocks(first, end)
        lot = Lot(self._connection, self._beside, self._has_come)
        if blocks is not None and lot.write(blocks, self._touched):
            return end - first
        if end - first <= _HALVED:
            return self._apply_some(station, entries, first, end)
        middle = (first + end) // 2
        done = self._apply_facts(station, entries, facts, first, middle)
        if done == middle - first:
            done += self._apply_facts(station, entries, facts, middle, end)
        return done

    def _apply_some(self, station: bytes, entries: Run, first: int, end: int) -> int:
        for at in range(first, end):
            version = version_of(entries.stamps[at], station)
            outcome = self.apply(version, decode_changes(entries.bodies[at]))
            if isinstance(outcome, Waiting):
                return at - first
            if not outcome.is_whole:
                self.in_part[station] += 1
        return end - first

    def apply(self, version: bytes, changes: Iterable[Change]) -> Applied | Waiting:
        """Carry out one entry, whole or not at all; `version` is what it gives to what it writes."""
        opened = self._opening.opened(changes)
        read, left_out = read_changes(opened)
        missing = self._missing(version, read)
        if missing:
            if not self._is_unvouched(missing):
                return Waiting(tuple(missing))
            read = list(self._vouched(version, read))
        if left_out:
            self._left_out.update(left_out)
            self._holding.hold(opened)
        for change in read:
            if change.stored.spoken is not None and not self._speaking.counts(version, change):
                continue
            if isinstance(change, NewRow):
                self._hold(version, change)
            else:
                self._edit(version, change)
        if self._count + len(self._left_out) >= _HELD:
            self.flush()
        return _IN_PART if left_out else _WHOLE

    def _is_unvouched(self, missing: Iterable[Missing]) -> bool:
        """Tell whether nobody vouches for any of the rows that have not come, and what names them is left out."""
        of = self.unvouched.station_of
        return self.passes_over and all(of((table, key.bytes)) for table, key in missing)

    def _vouched(
        self, version: bytes, changes: list[NewRow | NewValues]
    ) -> Iterator[NewRow | NewValues]:
        """Yield the changes of an entry without those that name rows for which nobody vouches."""
        come: list[NewRow | NewValues] = []
        for change in changes:
            missing = self._missing(version, [*come, change])
            if not missing:
                come.append(change)
                yield change
            elif isinstance(change, NewRow):
                table, key = missing[0]
                station = self.unvouched.station_of((table, key.bytes)) or b""
                self.unvouched.add((change.stored.table, change.key), station)

    def make_up(
        self, table: str, key: bytes, said: Iterable[tuple[bytes, Change]]
    ) -> Applied | Waiting:
        """Make one row anew of all that entries say of it, each change with the version it gives.

        That is for a row of which an older program left something out. Where it refers to rows that
        have not come, it stays as it was.
        """
        self.flush()
        shape = self._shapes[table]
        story = Story(self._connection, shape, key, self._speaking)
        for version, change in said:
            story.read(version, self._opening.opened([change]))
        with self._connection.begin_nested() as step:
            own = story.told()
            if story.is_refused:
                self._leave_out(shape, key)
                return _WHOLE
            if own is None:
                missing = [(table, UUID(bytes=key))] if story.is_whole else []
            else:
                missing = self._missing(b"", [NewRow(shape, key, own)])
            if own is None or missing:
                step.rollback()
                return Waiting(tuple(missing)) if missing else _IN_PART
            self._put(shape, key, own)
        if story.clashes:
            self._writing.note_clash(shape, own)
        return _WHOLE if story.is_whole else _IN_PART

    def _put(self, shape: Stored, key: bytes, own: Row) -> None:
        """Let a row be what all its entries make of it, wherever it stands; it is told of in any case."""
        there = self._beside.own(shape, key)
        if there is None:
            self._settling.add(shape, own)
        elif there != own:
            self._settling.replace(shape, key, own)
        self._touched.note(shape.table, [key])
        if self._speaking.is_of_another(shape, there, own):
            note_to_make_up(self._connection, self._speaking.depending(shape, key))

    def _leave_out(self, shape: Stored, key: bytes) -> None:
        """Take a row out that nobody wrote whose word counts; nothing refers to such rows."""
        if shape.has(self._connection, key):
            with turn(self._connection):
                shape.remove(self._connection, key)
            self._touched.note(shape.table, [key])

    def flush(self) -> None:
        """Write what is held back."""
        for table, shape in self._shapes.items() if self._held else ():
            rows = self._held.pop(table, None)
            if rows:
                self._writing.insert(shape, rows)
        if self._left_out:
            note_left_out(self._connection, self._left_out)
            self._left_out.clear()
        self._count = 0
        self._pending.clear()
        self._erasing.settle()
        if sum(map(len, self._known.values())) > _KNOWN:
            for known in self._known.values():
                known.clear()

    def read_again(self, people: Collection[bytes]) -> None:
        """Take what entries say of some people into the tables, whose keys have come since."""
        self._erasing.read_again(people)

    def _missing(self, version: bytes, changes: list[NewRow | NewValues]) -> list[Missing]:
        """Return the rows that an entry speaks of and that have not come, nor come with it before."""
        missing: list[Missing] = []
        here: set[bytes] = set()
        for change in changes:
            if isinstance(change, NewRow):
                here.add(change.key)
            asked = change.references()
            if change.stored.spoken is not None:
                asked = (*asked, *self._speaking.asked_for(version, change))
            for table, key in asked:
                if isinstance(key, bytes) and key not in here and not self._has_come(table, key):
                    missing.append((table, UUID(bytes=key)))
        return missing

    def _own(self, shape: Stored, key: bytes) -> Row | None:
        """Return a row as its entries wrote it, if it is held back also."""
        if key in self._pending:
            self.flush()
        return self._beside.own(shape, key)

    def _has_come(self, table: str, key: bytes) -> bool:
        if key in self._known[table] or key in self._pending:
            return True
        if not self._beside.has(self._shapes[table], key):
            return False
        self._known[table].add(key)
        return True

    def _hold(self, version: bytes, new: NewRow) -> None:
        shape = new.stored
        if shape.kind is Kind.RECORD:
            new.row["row_versions"] = pack_versions({"": version})
        if new.key in self._pending:  # the same row from two entries
            self.flush()
        held = self._held.get(shape.table)
        if held is None:
            held = self._held[shape.table] = []
        held.append(new.row)
        self._count += 1
        self._pending.add(new.key)

    def _edit(self, version: bytes, edit: NewValues) -> None:
        if self._pending and self._speaks_of_pending(edit):
            self.flush()
        own = self._beside.own(edit.stored, edit.key)
        if own is None:
            raise LookupError(edit.stored.table)
        changed, versions = edited(self._connection, own, version, edit)
        self._writing.change(edit.stored, edit.key, own, changed, versions)

    def _speaks_of_pending(self, edit: NewValues) -> bool:
        return any(key in self._pending for _table, key in edit.references())


__all__ = ["Applied", "Clash", "Projection", "Run", "Waiting"]
