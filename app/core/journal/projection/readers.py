"""Whether a value that came from elsewhere can be a column's: what is not, no screen could read."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.core.base.clock import to_microseconds
from app.core.storage.columns import Day, Id, Instant, Json, Share, Word

_LARGEST = 1 << 63
_EARLIEST = to_microseconds(datetime.min.replace(tzinfo=UTC))
_LATEST = to_microseconds(datetime.max.replace(tzinfo=UTC))
_ID_BYTES = 16
_SHARE = re.compile(r"-?\d{1,18}/[1-9]\d{0,17}", re.ASCII)
_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
"""What a newer program may call a member of an enumeration."""
_decode = msgspec.json.Decoder().decode


def reader_of(column: sa.Column[Any]) -> Callable[[Any], bool]:
    """Return what tells whether a wire form from elsewhere can be a column's value."""
    reads = _reader_of_type(column.type)
    if column.nullable:
        return lambda wire: wire is None or reads(wire)
    return reads


def _reader_of_type(kind: Any) -> Callable[[Any], bool]:
    for one, reads in _READERS.items():
        if isinstance(kind, one):
            return reads
    if isinstance(kind, Word):
        words = frozenset(member.value for member in kind.kind)
        if kind.otherwise is not None:
            return lambda wire: type(wire) is str and _WORD.fullmatch(wire) is not None
        return lambda wire: type(wire) is str and wire in words
    raise TypeError(f"the journal cannot read a column of {kind!r}")


def _is_id(wire: object) -> bool:
    return type(wire) is bytes and len(wire) == _ID_BYTES


def _is_whole(wire: object) -> bool:
    return type(wire) is int and -_LARGEST <= wire < _LARGEST


def _is_instant(wire: object) -> bool:
    return type(wire) is int and _EARLIEST <= wire <= _LATEST


def _is_day(wire: object) -> bool:
    try:
        return type(wire) is str and date.fromisoformat(wire).isoformat() == wire
    except ValueError:
        return False


def _is_json(wire: object) -> bool:
    if type(wire) is not str:
        return False
    try:
        _decode(wire)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


_READERS: dict[Any, Callable[[Any], bool]] = {
    Id: _is_id,
    Instant: _is_instant,
    Day: _is_day,
    Json: _is_json,
    Share: lambda wire: type(wire) is str and _SHARE.fullmatch(wire) is not None,
    sa.Boolean: lambda wire: type(wire) is bool,
    sa.Integer: _is_whole,
    sa.String: lambda wire: type(wire) is str,
    sa.LargeBinary: lambda wire: type(wire) is bytes,
}
"""By type of column; a type of ours before what it is kept as."""
