"""Column types. Each has one wire form (what the journal keeps), the same on every engine."""

import json
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from app.core.base.clock import from_microseconds, to_microseconds

Wire = None | bool | int | str | bytes
"""A value as the journal keeps it (msgpack has each of these)."""


class Id(TypeDecorator[UUID]):
    """A UUID: 16 bytes in SQLite and on the wire, `uuid` in PostgreSQL."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Uuid())
        return dialect.type_descriptor(sa.LargeBinary(16))

    @override
    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | bytes | None:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return value if value is None or isinstance(value, UUID) else UUID(bytes=value)

    @staticmethod
    def from_wire(wire: bytes) -> UUID:
        """Return the UUID kept as 16 bytes."""
        return UUID(bytes=wire)


class IdWire(TypeDecorator[bytes]):
    """An id given in its wire form."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Id().load_dialect_impl(dialect)

    @override
    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> UUID | bytes | None:
        return UUID(bytes=value) if value is not None and dialect.name == "postgresql" else value


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole microseconds since 1970."""

    impl = sa.BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_microseconds(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_microseconds(value)

    @staticmethod
    def from_wire(wire: int) -> datetime:
        """Return the instant kept as microseconds."""
        return from_microseconds(wire)


class Day(TypeDecorator[date]):
    """A calendar day, kept as ISO 8601 text, which sorts as days do."""

    impl = sa.String(10)
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)

    @staticmethod
    def from_wire(wire: str) -> date:
        """Return the day kept as ISO text."""
        return date.fromisoformat(wire)


class Word(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its value."""

    impl = sa.String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    @override
    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)

    def from_wire(self, wire: str) -> StrEnum:
        """Return the member kept as text."""
        return self.kind(wire)


class Share(TypeDecorator[Fraction]):
    """An exact fraction, kept as text (`17/20`)."""

    impl = sa.String
    cache_ok = True

    @override
    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.numerator}/{value.denominator}"

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)

    @staticmethod
    def from_wire(wire: str) -> Fraction:
        """Return the fraction kept as text."""
        return Fraction(wire)


class Json(TypeDecorator[Any]):
    """A JSON document, kept as canonical text (sorted keys, no spaces), so that equal means equal."""

    impl = sa.Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)

    @staticmethod
    def from_wire(wire: str) -> Any:
        """Return the document kept as text."""
        return json.loads(wire)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Any) -> str:
    """Return `value` as JSON with sorted keys and no spaces."""
    return _CANONICAL.encode(value)


def to_wire(column: sa.Column[Any], value: Any) -> Wire:  # noqa: PLR0911  one line a type
    """Return a mapped value in its wire form."""
    if isinstance(column.type, Json):
        return None if value is None else canonical_json(value)
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, (bool, int, str, bytes)):
        return value
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, datetime):
        return to_microseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise TypeError(f"{column} holds a {type(value).__name__}, which the journal cannot keep")


def wire_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type that binds what `to_wire` makes of a column of type `kind`."""
    if isinstance(kind, Id):
        return IdWire()
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def from_wire(column: sa.Column[Any], wire: Wire) -> Any:
    """Return the mapped value of a wire form."""
    if wire is None:
        return None
    convert = getattr(column.type, "from_wire", None)
    return wire if convert is None else convert(wire)
