"""Nothing personal of who is erased stands in the tables, in whatever order things come (I12).

Where a row says that somebody is erased, their keys are destroyed and what is personal of them gives
way to a pseudonym, wherever it stands: in the tables, aside, or in what several edits say of a column.
What comes later is looked at too, for entries of before there were keys say it openly.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

import sqlalchemy as sa

from app.core.journal.changes import Change, Inserted, decode_changes
from app.core.journal.models import EntryRow, LogRow
from app.core.journal.personal import Opening, PersonalTable, erasing_tables, personal_tables
from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.contests import keep_register, register_of
from app.core.journal.projection.owners import Owners
from app.core.journal.projection.registers import unpack_versions
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.journal.projection.turns import turn
from app.core.journal.stamps import version_of
from app.core.storage.columns import Wire

_Values = Callable[[bytes], Wire]
"""What a column has by the version that wrote it."""


class Erasing:
    """Blanks, and reads again what was blank, on one connection."""

    def __init__(self, beside: Beside, opening: Opening, touched: Touched) -> None:
        self._beside = beside
        self._opening = opening
        self._touched = touched
        self._owners = Owners(beside)
        self._tables = personal_tables()
        self._stored = stored_tables()
        self._seen: dict[str, int] = {}
        """How many of the touched rows of each table were looked at."""

    def settle(self) -> None:
        """Look at the rows that were touched since the last time."""
        new = {
            table: keys
            for table in (*erasing_tables(), *self._tables)
            if (keys := self._touched.after(table, self._seen.get(table, 0)))
        }
        if not new:
            return
        self._note_seen()
        erased = self._erased_by(new)
        if not self._opening.erased:
            return
        found = {
            (one.table, key): person for person in erased for one, key in self._rows_of(person)
        }
        for table, keys in new.items():
            found.update(self._of_the_erased(table, keys))
        if found:
            self._blank(found)
        self._note_seen()

    def read_again(self, people: Collection[bytes]) -> None:
        """Take what is sealed of some people into the tables: keys of theirs have come."""
        said = self._said_of(people)
        if not said:
            return
        with turn(self._beside.connection):
            for (table, key), values in said.items():
                self._say(self._stored[table], key, values)
        self._note_seen()

    def _erased_by(self, new: Mapping[str, Iterable[bytes]]) -> set[bytes]:
        """Destroy the keys of those whose erasure came; return them."""
        people: set[bytes] = set()
        for table, column in erasing_tables().items():
            for key in new.get(table, ()):
                row = self._beside.own(self._stored[table], key)
                named = row[column] if row is not None else None
                if isinstance(named, bytes):
                    people.add(named)
        for person in people:
            self._opening.keyring.destroy(person)
            self._opening.erased.add(person)
        return people

    def _rows_of(self, person: bytes) -> Iterable[tuple[PersonalTable, bytes]]:
        for table in self._tables.values():
            for key in self._owners.rows_of(table, person):
                yield table, key

    def _of_the_erased(
        self, table: str, keys: Iterable[bytes]
    ) -> Iterable[tuple[tuple[str, bytes], bytes]]:
        personal = self._tables.get(table)
        if personal is None:
            return
        for key in set(keys):
            person = self._owners.of(personal, key)
            if person is not None and person in self._opening.erased:
                yield (table, key), person
                for led, other in self._owners.rows_through(table, key):
                    yield (led.table, other), person

    def _blank(self, rows: Mapping[tuple[str, bytes], bytes]) -> None:
        with turn(self._beside.connection):
            for (table, key), person in rows.items():
                stored = self._stored[table]
                own = self._beside.own(stored, key)
                if own is not None:
                    blanks = self._tables[table].blanks(person, own)
                    self._replace(stored, key, own, {n: _always(v) for n, v in blanks.items()})

    def _say(self, stored: Stored, key: bytes, said: Mapping[str, dict[bytes, Wire]]) -> None:
        own = self._beside.own(stored, key)
        if own is None:
            return
        self._replace(stored, key, own, {name: _known(own[name], by) for name, by in said.items()})

    def _replace(
        self, stored: Stored, key: bytes, own: Row, columns: Mapping[str, _Values]
    ) -> None:
        """Give columns of a row other values for the versions that stand."""
        packed = own.get("row_versions")
        changed: Row = {}
        for name, value_of in columns.items():
            if isinstance(packed, bytes):
                changed[name] = self._in_register(stored, key, name, own[name], packed, value_of)
            else:
                changed[name] = value_of(b"")
        changed = {name: value for name, value in changed.items() if own[name] != value}
        if changed:
            self._beside.rewrite(stored, key, {**own, **changed}, changed)
            self._touched.note(stored.table, [key])

    def _in_register(
        self,
        stored: Stored,
        key: bytes,
        name: str,
        value: Wire,
        packed: bytes,
        value_of: _Values,
    ) -> Wire:
        versions = unpack_versions(packed)
        register = register_of(self._beside.connection, stored, key, name, versions, value)
        if len(register.live) > 1:
            register.live = {version: value_of(version) for version in register.live}
            keep_register(self._beside.connection, stored, key, name, register)
            return register.value
        return value_of(next(iter(register.live)))

    def _note_seen(self) -> None:
        for table in (*erasing_tables(), *self._tables):
            self._seen[table] = self._touched.count(table)

    def _said_of(
        self, people: Collection[bytes]
    ) -> dict[tuple[str, bytes], dict[str, dict[bytes, Wire]]]:
        """Return what entries say of people by table and row, then by column, then by version."""
        said: dict[tuple[str, bytes], dict[str, dict[bytes, Wire]]] = {}
        with self._beside.connection.execute(_APPLIED) as entries:
            for stamp, station, body in entries:
                if any(person in body for person in people):
                    version = version_of(stamp, station)
                    for change in decode_changes(body):
                        if change.sealed[:16] in people and change.table in self._tables:
                            _collect(said, version, change, self._opening)
        return said


def _collect(
    said: dict[tuple[str, bytes], dict[str, dict[bytes, Wire]]],
    version: bytes,
    change: Change,
    opening: Opening,
) -> None:
    (opened,) = opening.opened([change])
    columns = personal_tables()[change.table].columns
    values = (
        opened.values
        if isinstance(opened, Inserted)
        else {name: edit.new for name, edit in opened.edits.items()}
    )
    row = said.setdefault((change.table, change.key.bytes), {})
    for name in columns:
        if name in values:
            row.setdefault(name, {})[version] = values[name]


def _always(value: Wire) -> _Values:
    return lambda _version: value


def _known(stands: Wire, by_version: Mapping[bytes, Wire]) -> _Values:
    """Return what a column has by version; of a fact, which has none, the one value that was said."""
    only = next(iter(by_version.values()), stands)
    return lambda version: by_version.get(version, stands) if version else only


_APPLIED = (
    sa.select(EntryRow.stamp, LogRow.station, EntryRow.body)
    .join(
        LogRow,
        sa.and_(
            LogRow.id == EntryRow.log_id,
            sa.or_(LogRow.applied.is_(None), EntryRow.seq <= LogRow.applied),
        ),
    )
    .order_by(EntryRow.place)
    .execution_options(yield_per=1000)
)
