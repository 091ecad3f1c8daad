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

Missing = tuple[str, UUID]
"""A row that has not come yet: table and id."""


@dataclass(slots=True)
class NewRow:
    """A whole row that came to be, as its entry wrote it."""

    shape: Stored
    key: bytes
    row: dict[str, Wire]

    def references(self) -> Iterable[tuple[str, Wire]]:
        """Return the rows it refers to."""
        row = self.row
        return [(target, row[column]) for column, target in self.shape.references.items()]


@dataclass(slots=True)
class NewValues:
    """Columns of a row that were edited, each with the versions its edit supersedes."""

    shape: Stored
    key: bytes
    values: dict[str, tuple[tuple[bytes, ...], Wire]]

    def references(self) -> Iterable[tuple[str, Wire]]:
        """Return the row it is of, and the rows it refers to now."""
        yield self.shape.table, self.key
        for column, target in self.shape.references.items():
            if column in self.values:
                yield target, self.values[column][1]


@dataclass(slots=True)
class Read:
    """What this program can do of an entry."""

    changes: list[NewRow | NewValues]
    is_whole: bool = True
    """False where something is only carried."""


def read_changes(changes: Iterable[Change]) -> Read:
    """Return what of an entry's changes can be applied."""
    read = Read([])
    known = stored_tables()
    for change in changes:
        shape = known.get(change.table)
        if shape is None:
            read.is_whole = False
        elif isinstance(change, Inserted):
            _read_row(read, shape, change)
        else:
            _read_values(read, shape, change)
    return read


def _read_row(read: Read, shape: Stored, change: Inserted) -> None:
    readers, values = shape.readers, change.values
    for name, wire in values.items():
        reads = readers.get(name)
        if reads is None:
            read.is_whole = False
        elif not reads(wire):
            read.is_whole = False
            return
    if not shape.required <= values.keys():
        read.is_whole = False
        return
    key = change.key.bytes
    read.changes.append(NewRow(shape, key, shape.completed(key, values)))


def _read_values(read: Read, shape: Stored, change: Edited) -> None:
    values = {}
    for name, edit in change.edits.items():
        seen = _seen(edit) if name in shape.readers and shape.readers[name](edit.new) else None
        if seen is None or "row_versions" not in shape.columns:
            read.is_whole = False
        else:
            values[name] = (seen, edit.new)
    if values:
        read.changes.append(NewValues(shape, change.key.bytes, values))


def _seen(edit: Edit) -> tuple[bytes, ...] | None:
    try:
        return split_versions(edit.superseded)
    except (TypeError, ValueError):
        return None
