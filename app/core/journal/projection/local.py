"""What edits made here do beside the tables: the same that they do where they arrive.

The unit of work writes rows and their versions itself. Where a column's edits follow one on another,
where nothing stands aside and no reference was repointed, there is nothing else to do.
"""

from collections.abc import Collection

import sqlalchemy as sa

from app.core.journal.changes import Edited
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.contests import keep_register, register_of
from app.core.journal.projection.registers import are_several, unpack_versions
from app.core.journal.projection.settling import Settling
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.journal.shapes import Shape


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


def _end_contest(beside: Beside, shape: Stored, key: bytes, column: str) -> None:
    row = beside.own(shape, key)
    if row is None or not isinstance(row["row_versions"], bytes):
        return
    versions = unpack_versions(row["row_versions"])
    register = register_of(beside.connection, shape, key, column, versions, row[column])
    keep_register(beside.connection, shape, key, column, register)
