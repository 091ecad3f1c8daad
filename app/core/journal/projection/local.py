"""What edits made here do beside the tables: the same that they do where they arrive.

The unit of work writes rows and their versions itself. Where a column's edits follow one on another,
where nothing stands aside and no reference was repointed, there is nothing else to do.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import Edit, Edited
from app.core.journal.personal import Keyring, Opening
from app.core.journal.projection.applying import Projection
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.contests import keep_register, register_of
from app.core.journal.projection.erasing import Erasing
from app.core.journal.projection.registers import are_several, unpack_versions
from app.core.journal.projection.settling import Settling
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.journal.shapes import Shape
from app.core.storage.columns import Wire


def keep_edit(connection: sa.Connection, shape: Shape, edited: Edited) -> Collection[str]:
    """Take in an edit: it superseded every value that stood, and its references are its own.

    Return the tables in which other rows changed with it.
    """
    touched = Touched()
    stored = stored_tables()[shape.table]
    beside, key = Beside(connection), edited.key.bytes
    for name, edit in edited.edits.items():
        if are_several(edit.superseded):
            _end_contest(beside, stored, key, name)
        if name in shape.references:
            beside.forget_repointed(stored, key, name)
    if shape.identifying & edited.edits.keys():
        Settling(beside, touched).free(stored, key)
    return touched.by_table().keys()


def edit_anywhere(
    connection: sa.Connection,
    shape: Shape,
    version: bytes,
    key: UUID,
    values: Mapping[str, Wire],
) -> tuple[Edited, Mapping[str, set[UUID]]]:
    """Edit a row, whether it is shown or stands aside, as an entry that arrives does.

    What it saw is every value that stands. Return the edit, and the rows that changed, by table.
    Raises LookupError for a row that never came.
    """
    row = Beside(connection).own(stored_tables()[shape.table], key.bytes)
    if row is None or not isinstance(row["row_versions"], bytes):
        raise LookupError(shape.table)
    versions = unpack_versions(row["row_versions"])
    edits = {
        name: Edit(superseded=versions.get(name, versions[""]), old=row[name], new=wire)
        for name, wire in values.items()
    }
    edited = Edited(shape.table, key, edits)
    projection = Projection(connection)
    projection.apply(version, [edited])
    projection.flush()
    return edited, projection.touched


def erase(
    connection: sa.Connection, touched_rows: Mapping[str, Iterable[bytes]]
) -> Mapping[str, set[UUID]]:
    """Let what was written here say nothing personal of who is erased, those included whom it erases.

    Return the rows that changed with it, by table.
    """
    touched = Touched()
    for table, keys in touched_rows.items():
        touched.note(table, keys)
    Erasing(Beside(connection), Opening(Keyring(connection), connection), touched).settle()
    return touched.by_table()


def _end_contest(beside: Beside, shape: Stored, key: bytes, column: str) -> None:
    row = beside.own(shape, key)
    if row is None or not isinstance(row["row_versions"], bytes):
        return
    versions = unpack_versions(row["row_versions"])
    register = register_of(beside.connection, shape, key, column, versions, row[column])
    keep_register(beside.connection, shape, key, column, register)
