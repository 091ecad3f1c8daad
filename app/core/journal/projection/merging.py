"""What an edit, or a second beginning, makes of a row: on the row in hand, and what is kept beside it."""

import sqlalchemy as sa

from app.core.journal.projection.beside import Row
from app.core.journal.projection.contests import keep_register, register_of
from app.core.journal.projection.reading import NewValues
from app.core.journal.projection.registers import Versions, split_versions, unpack_versions
from app.core.journal.projection.stored import Stored
from app.core.storage.columns import Wire


def begun_again(
    connection: sa.Connection, shape: Stored, own: Row, row: Row
) -> tuple[Row, Versions, bool] | None:
    """Take in a row that another entry inserted too: the first by version began it.

    Return new values, versions, and whether both beginnings are alike; None where it is the same one.
    """
    versions = versions_of(own)
    (version,) = split_versions(versions_of(row)[""])
    key, bases = as_bytes(row["id"]), split_versions(versions[""])
    if version in bases:
        return None
    changed: Row = {}
    is_alike = True
    for name in shape.journalled:
        register = register_of(connection, shape, key, name, versions, own[name])
        begun = register.live.get(bases[0], row[name])
        is_alike = is_alike and begun == row[name]
        register.insert_again(version, row[name])
        if name in versions:
            versions[name] = register.versions
            keep_register(connection, shape, key, name, register)
        changed[name] = register.value
    versions[""] = b"".join(sorted({*bases, version}))
    return changed, versions, is_alike


def edited(
    connection: sa.Connection, own: Row, version: bytes, edit: NewValues
) -> tuple[Row, Versions]:
    """Take in an edit; return new values and versions."""
    shape, key = edit.stored, edit.key
    versions = versions_of(own)
    changed: Row = {}
    for name, (seen, value) in edit.values.items():
        register = register_of(connection, shape, key, name, versions, own[name])
        was_contest = len(register.live) > 1 or bool(register.early)
        register.write(version, seen, value)
        versions[name] = register.versions
        changed[name] = register.value
        if was_contest or len(register.live) > 1 or register.early:
            keep_register(connection, shape, key, name, register)
    return changed, versions


def versions_of(row: Row) -> Versions:
    """Return the versions of a record's columns."""
    return unpack_versions(as_bytes(row["row_versions"]))


def as_bytes(wire: Wire) -> bytes:
    """Return an id or versions in wire form. Raises TypeError for anything else."""
    if not isinstance(wire, bytes):
        raise TypeError("an id or a version is bytes")
    return wire
