"""The body of an entry: which rows changed, and how, as msgpack that is never encoded twice.

A change is `[table, key, {column: new}]` for an insert, and
`[table, key, {column: [version superseded, old, new]}]` for an edit. Values are in wire form.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.storage.columns import Wire

_INSERT, _EDIT = 0, 1


class BodyUnreadable(UserFacingError):
    """An entry's body is not what an entry's body looks like."""

    def __init__(self) -> None:
        super().__init__(_("An entry of the journal cannot be read."))


@dataclass(frozen=True, slots=True)
class Inserted:
    """A row that came to be."""

    table: str
    key: UUID
    values: dict[str, Wire]


@dataclass(frozen=True, slots=True)
class Edit:
    """What happened to one column."""

    superseded: bytes
    old: Wire
    new: Wire


@dataclass(frozen=True, slots=True)
class Edited:
    """A row of which some columns changed."""

    table: str
    key: UUID
    edits: dict[str, Edit]


Change = Inserted | Edited


def encode_changes(changes: list[Change]) -> bytes:
    """Return the bytes of a body."""
    return _encode([_packed(change) for change in changes])


def decode_changes(body: bytes) -> list[Change]:
    """Return the changes of a body. Raises BodyUnreadable for bytes that are not one."""
    try:
        return [_unpacked(*packed) for packed in msgspec.msgpack.decode(body)]
    except (msgspec.DecodeError, TypeError, ValueError, KeyError) as error:
        raise BodyUnreadable from error


_encode = msgspec.msgpack.Encoder().encode


def _packed(change: Change) -> list[Any]:
    if isinstance(change, Inserted):
        return [_INSERT, change.table, change.key.bytes, change.values]
    edits = {name: [edit.superseded, edit.old, edit.new] for name, edit in change.edits.items()}
    return [_EDIT, change.table, change.key.bytes, edits]


def _unpacked(code: int, table: str, key: bytes, columns: dict[str, Any]) -> Change:
    if code == _INSERT:
        return Inserted(table, UUID(bytes=key), columns)
    if code == _EDIT:
        return Edited(
            table, UUID(bytes=key), {name: Edit(*parts) for name, parts in columns.items()}
        )
    raise ValueError(code)
