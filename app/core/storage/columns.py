"""Column types. Each has one wire form (what the journal keeps), the same on every engine."""

import json
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from app.core.base.clock import from_microseconds, to_microseconds

Wire = None | bool | int | str | bytes
"""A value as the journal keeps it (msgpack has each of these)."""

Moment = datetime | sa.ColumnElement[datetime]
"""An instant in a condition, or the parameter or column that stands for one."""

_Value = TypeVar("_Value")


class _Wired(TypeDecorator[_Value]):
    """A type whose wire form is what the database keeps.

    SQLAlchemy asks it for one function a direction, not for a chain of them: the way from and to
    the driver is taken for each value of each row.
    """

    to_wire: Callable[[Any], Wire]
    """Returns the wire form of a value."""

    def from_wire(self, wire: Any) -> Any:
        """Return the value of a wire form."""
        raise NotImplementedError

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        to_wire = self.to_wire
        return lambda value: None if value is None else to_wire(value)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        from_wire = self.from_wire
        return lambda wire: None if wire is None else from_wire(wire)

    @override
    def literal_processor(self, dialect: Dialect) -> Callable[[Any], str] | None:
        to_wire = self.to_wire
        return lambda value: _written(to_wire(value))


class Id(_Wired[UUID]):
    """A UUID: 16 bytes in SQLite and on the wire, `uuid` in PostgreSQL."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if _has_ids(dialect):
            return dialect.type_descriptor(sa.Uuid())
        return dialect.type_descriptor(sa.LargeBinary(16))

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return None if _has_ids(dialect) else super().bind_processor(dialect)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None if _has_ids(dialect) else super().result_processor(dialect, coltype)

    @override
    def literal_processor(self, dialect: Dialect) -> Callable[[Any], str] | None:
        if _has_ids(dialect):
            return lambda value: f"'{value}'"
        return super().literal_processor(dialect)

    to_wire = staticmethod(attrgetter("bytes"))

    @override
    def from_wire(self, wire: bytes) -> UUID:
        return UUID(bytes=wire)


class IdWire(TypeDecorator[bytes]):
    """An id given in its wire form."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Id().load_dialect_impl(dialect)

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        if not _has_ids(dialect):
            return None
        return lambda value: None if value is None else UUID(bytes=value)


def id_wire(found: Any) -> bytes:
    """Return the wire form of an id as a driver gives it: bytes, or a UUID where the database knows ids."""
    return found.bytes if isinstance(found, UUID) else bytes(found)


class FlagWire(TypeDecorator[bool]):
    """A boolean as it is: the drivers take it, and SQLAlchemy need not look at each."""

    impl = sa.Boolean
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        return None


def _written(wire: Wire) -> str:
    """Return a wire form as SQL writes it."""
    if isinstance(wire, bytes):
        return f"x'{wire.hex()}'"
    if isinstance(wire, str):
        return "'" + wire.replace("'", "''") + "'"
    return "NULL" if wire is None else str(int(wire))


def _has_ids(dialect: Dialect) -> bool:
    """Tell whether an engine, and its driver, know UUIDs themselves."""
    return dialect.name == "postgresql"


class Instant(_Wired[datetime]):
    """An aware UTC instant, kept as whole microseconds since 1970."""

    impl = sa.BigInteger
    cache_ok = True

    to_wire = staticmethod(to_microseconds)

    @override
    def from_wire(self, wire: int) -> datetime:
        return from_microseconds(wire)


class Day(_Wired[date]):
    """A calendar day, kept as ISO 8601 text, which sorts as days do."""

    impl = sa.String(10)
    cache_ok = True

    @override
    def to_wire(self, value: date) -> str:
        return value.isoformat()

    @override
    def from_wire(self, wire: str) -> date:
        return date.fromisoformat(wire)


class Word(_Wired[StrEnum]):
    """A member of a StrEnum, kept as its value.

    A value that only a newer program knows is kept as it came where the column says as what it is read
    meanwhile, its `otherwise`; anything else with such a value waits in the journal for the update.
    """

    impl = sa.String
    cache_ok = True

    def __init__(self, kind: type[StrEnum], otherwise: StrEnum | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.otherwise = otherwise

    def knows(self, wire: object) -> bool:
        """Tell whether this program has written, or could have written, a value."""
        return wire in {one.value for one in self.kind}

    @override
    def to_wire(self, value: StrEnum) -> str:
        return self.kind(value).value

    @override
    def from_wire(self, wire: str) -> StrEnum:
        try:
            return self.kind(wire)
        except ValueError:
            if self.otherwise is None:
                raise
            return self.otherwise


class Share(_Wired[Fraction]):
    """An exact fraction, kept as text (`17/20`)."""

    impl = sa.String
    cache_ok = True

    @override
    def to_wire(self, value: Fraction) -> str:
        return f"{value.numerator}/{value.denominator}"

    @override
    def from_wire(self, wire: str) -> Fraction:
        return Fraction(wire)


class Json(_Wired[Any]):
    """A JSON document, kept as canonical text (sorted keys, no spaces), so that equal means equal."""

    impl = sa.Text
    cache_ok = True

    @override
    def to_wire(self, value: Any) -> str:
        return canonical_json(value)

    @override
    def from_wire(self, wire: str) -> Any:
        return json.loads(wire)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Any) -> str:
    """Return `value` as JSON with sorted keys and no spaces."""
    return _CANONICAL.encode(value)


def wire_maker(kind: TypeEngine[Any]) -> Callable[[Any], Wire]:
    """Return what makes the wire form of a value, other than None, of a column of type `kind`."""
    return kind.to_wire if isinstance(kind, _Wired) else plain_wire


def plain_wire(value: Any) -> Wire:
    """Return the wire form of a value, other than None, of a column without a type of ours. Raises TypeError."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (bool, int, str, bytes)):
        return value
    raise TypeError(f"the journal cannot keep a {type(value).__name__} of a plain column")


def to_wire(column: sa.Column[Any], value: Any) -> Wire:
    """Return a mapped value in its wire form."""
    return None if value is None else wire_maker(column.type)(value)


def wire_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type that binds what `to_wire` makes of a column of type `kind`."""
    if isinstance(kind, Id):
        return IdWire()
    if isinstance(kind, sa.Boolean):
        return FlagWire()
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def from_wire(column: sa.Column[Any], wire: Wire) -> Any:
    """Return the mapped value of a wire form."""
    if wire is None or not isinstance(column.type, _Wired):
        return wire
    return column.type.from_wire(wire)
