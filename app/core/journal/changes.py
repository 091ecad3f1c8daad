"""The body of an entry: which rows changed, and how, as msgpack that is never encoded twice.

A change is `[table, key, {column: new}]` for an insert, and
`[table, key, {column: [version superseded, old, new]}]` for an edit. Values are in wire form.

What is personal stands among the columns as one value under a name that no column has: whose it is,
and the rest under that person's key (ADR 25). A program of before leaves it alone, as it does any column
that it does not know.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.storage.columns import Wire

SEALED = "~who"
"""Stands for the columns that are sealed."""
SEALED_MARK = msgspec.msgpack.encode(SEALED)
"""A body without these bytes has nothing sealed in it."""

PERSON_BYTES = 16
"""At the beginning of what is sealed: whose it is."""

_INSERT, _EDIT = 0, 1


class BodyUnreadable(UserFacingError):
    """An entry's body is not what an entry's body looks like."""

    def __init__(self) -> None:
        super().__init__(_("An entry of the journal cannot be read."))


class Inserted(msgspec.Struct, frozen=True):
    """A row that came to be."""

    table: str
    key: UUID
    values: dict[str, Wire]
    sealed: bytes = b""
    """What is personal of it, as `personal.cipher` seals it; empty where nothing is."""


class Edit(msgspec.Struct, frozen=True):
    """What happened to one column."""

    superseded: bytes
    old: Wire
    new: Wire


class Edited(msgspec.Struct, frozen=True):
    """A row of which some columns changed."""

    table: str
    key: UUID
    edits: dict[str, Edit]
    sealed: bytes = b""
    """As of a new row; the columns that are sealed stand among the edits, without values."""


Change = Inserted | Edited


_encode = msgspec.msgpack.Encoder().encode


def encode_changes(changes: list[Change]) -> bytes:
    """Return the bytes of a body."""
    return _encode(list(map(_packed, changes)))


def decode_changes(body: bytes) -> list[Change]:
    """Return the changes of a body. Raises BodyUnreadable for bytes that are not one."""
    try:
        return [_unpacked(*packed) for packed in msgspec.msgpack.decode(body)]
    except (msgspec.DecodeError, TypeError, ValueError, KeyError, IndexError) as error:
        raise BodyUnreadable from error


class _Told(msgspec.Struct, array_like=True):
    """A change as far as it says of what it tells; its columns are passed over."""

    code: int
    table: str


_tell = msgspec.msgpack.Decoder(list[_Told]).decode


def tables_told_of(body: bytes) -> list[tuple[bool, str]] | None:
    """Return of each change whether its row is new, and the table; None for a body of a form not known."""
    try:
        told = _tell(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if any(one.code not in {_INSERT, _EDIT} for one in told):
        return None
    return [(one.code == _INSERT, one.table) for one in told]


def people_sealed_in(bodies: Sequence[bytes]) -> set[bytes]:
    """Return of whom entries say something that is sealed. A body that is none says nothing."""
    if SEALED_MARK not in b"".join(bodies):  # which is so of most, and quickly seen
        return set()
    found: set[bytes] = set()
    for body in bodies:
        if SEALED_MARK in body:
            with suppress(BodyUnreadable):
                found.update(change.sealed[:PERSON_BYTES] for change in decode_changes(body))
    return {person for person in found if len(person) == PERSON_BYTES}


def _packed(change: Change) -> list[Any]:
    if isinstance(change, Inserted):
        values = {**change.values, SEALED: change.sealed} if change.sealed else change.values
        return [_INSERT, change.table, change.key.bytes, values]
    edits = {name: [edit.superseded, edit.old, edit.new] for name, edit in change.edits.items()}
    if change.sealed:
        edits[SEALED] = [b"", None, change.sealed]
    return [_EDIT, change.table, change.key.bytes, edits]


def _unpacked(code: int, table: str, key: bytes, columns: dict[str, Any]) -> Change:
    if code == _INSERT:
        sealed = columns.pop(SEALED, b"")
        return Inserted(table, UUID(bytes=key), columns, _bytes(sealed))
    if code == _EDIT:
        *_before, sealed = columns.pop(SEALED, (b"",))
        edits = {name: Edit(*parts) for name, parts in columns.items()}
        return Edited(table, UUID(bytes=key), edits, _bytes(sealed))
    raise ValueError(code)


def _bytes(value: Any) -> bytes:
    if type(value) is not bytes:
        raise TypeError("what is sealed is bytes")
    return value
