"""Reading an entry's changes against the tables of this program.

What a newer program wrote, and this one does not know or cannot read, is left where it is: in the
journal. It is carried on to others, and applied after the update.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.journal.changes import Change, Edit, Edited, Inserted
from app.core.journal.projection.registers import split_versions
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.storage.columns import Wire
from app.core.storage.tables import Kind

Missing = tuple[str, UUID]
"""A row that has not come yet: table and id."""


@dataclass(slots=True)
class NewRow:
    """A whole row that came to be, as its entry wrote it."""

    stored: Stored
    key: bytes
    row: dict[str, Wire]

    def references(self) -> Iterable[tuple[str, Wire]]:
        """Return the rows it refers to."""
        row = self.row
        return [(target, row[column]) for column, target in self.stored.referring]


@dataclass(slots=True)
class NewValues:
    """Columns of a row that were edited, each with the versions its edit supersedes."""

    stored: Stored
    key: bytes
    values: dict[str, tuple[tuple[bytes, ...], Wire]]

    def references(self) -> Iterable[tuple[str, Wire]]:
        """Return the row it is of, and the rows it refers to now."""
        yield self.stored.table, self.key
        for column, target in self.stored.references.items():
            if column in self.values:
                yield target, self.values[column][1]


def read_changes(changes: Iterable[Change]) -> tuple[list[NewRow | NewValues], bool]:
    """Return what of an entry's changes can be applied, and whether that is all of them."""
    read: list[NewRow | NewValues] = []
    is_whole, tables = True, stored_tables()
    for change in changes:
        stored = tables.get(change.table)
        if stored is None:
            is_whole = False
        elif isinstance(change, Inserted):
            is_whole &= _read_row(read, stored, change)
        else:
            is_whole &= _read_values(read, stored, change)
    return read, is_whole


def _read_row(read: list[NewRow | NewValues], stored: Stored, change: Inserted) -> bool:
    values = change.values
    readers = stored.readers_of(tuple(values))
    if readers is None:
        known = {name: wire for name, wire in values.items() if name in stored.readers}
        if len(known) < len(values) and stored.required <= known.keys():
            _read_row(read, stored, Inserted(change.table, change.key, known))
        return False
    for reads, wire in zip(readers, values.values(), strict=True):
        if not reads(wire):
            return False
    key = change.key.bytes
    read.append(NewRow(stored, key, stored.completed(key, values)))
    return True


def _read_values(read: list[NewRow | NewValues], stored: Stored, change: Edited) -> bool:
    values = {}
    for name, edit in change.edits.items():
        reads = stored.readers.get(name)
        seen = _seen(edit) if reads is not None and reads(edit.new) else None
        if seen is not None and stored.kind is Kind.RECORD:
            values[name] = (seen, edit.new)
    if values:
        read.append(NewValues(stored, change.key.bytes, values))
    return len(values) == len(change.edits)


def _seen(edit: Edit) -> tuple[bytes, ...] | None:
    try:
        return split_versions(edit.superseded)
    except (TypeError, ValueError):
        return None
