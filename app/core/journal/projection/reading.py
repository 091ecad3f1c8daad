"""Reading an entry's changes against the tables of this program.

What a newer program wrote, and this one does not know or cannot read, is left where it is: in the
journal. It is carried on to others, and put into the tables after the update (making_up).
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


def read_changes(
    changes: Iterable[Change],
) -> tuple[list[NewRow | NewValues], list[tuple[str, bytes]]]:
    """Return what of an entry's changes can be applied, and the rows of which something cannot."""
    read: list[NewRow | NewValues] = []
    left_out: list[tuple[str, bytes]] = []
    tables = stored_tables()
    for change in changes:
        stored = tables.get(change.table)
        if stored is None or not _read(read, stored, change):
            left_out.append((change.table, change.key.bytes))
    return read, left_out


def _read(read: list[NewRow | NewValues], stored: Stored, change: Change) -> bool:
    """Add what of a change can be applied; tell whether that is all of it."""
    if isinstance(change, Inserted):
        return _read_row(read, stored, change)
    return _read_values(read, stored, change)


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
