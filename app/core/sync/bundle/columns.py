"""Columns of a segment as bytes: numbers and repeated values, laid out so that zstd finds what repeats.

A *plane* is one byte of every row: the first bytes of all numbers, then the second bytes, and so on.
High bytes hardly change, so their planes shrink to nothing; the noise of the low ones costs what it is.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Annotated, Generic, TypeVar

import msgspec

from app.core.sync.limits import MOST_ROWS

Value = TypeVar("Value")

_NUMBER, _NUMBER_BYTES = "q", 8
_SMALL_CODES = 1 << 8


class ColumnDamaged(ValueError):
    """The bytes of a column cannot be what an encoder wrote."""


class Coded(
    msgspec.Struct, Generic[Value], array_like=True, frozen=True, forbid_unknown_fields=True
):
    """A column of few values: each once, and for every row which of them. One value needs no codes."""

    values: Annotated[list[Value], msgspec.Meta(max_length=MOST_ROWS)]
    codes: bytes


def to_planes(pieces: bytes, width: int) -> bytes:
    """Return equally wide pieces, joined, as planes."""
    return b"".join([pieces[place::width] for place in range(width)])


def from_planes(planes: bytes, width: int) -> bytes:
    """Return what `to_planes` was given."""
    rows = len(planes) // width
    pieces = bytearray(len(planes))
    for place in range(width):
        pieces[place::width] = planes[place * rows : (place + 1) * rows]
    return bytes(pieces)


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return signed 64-bit numbers as planes. Raises OverflowError for larger ones."""
    return to_planes(_little_end_first(array(_NUMBER, numbers)), _NUMBER_BYTES)


def unpack_numbers(packed: bytes, rows: int) -> Sequence[int]:
    """Return `rows` numbers. Raises ColumnDamaged."""
    if len(packed) != rows * _NUMBER_BYTES:
        raise ColumnDamaged
    return _numbers(_NUMBER, from_planes(packed, _NUMBER_BYTES))


def pack_coded(column: Sequence[Value]) -> Coded[Value]:
    """Return a column of up to 65,536 rows as its values and codes."""
    first = column[0]
    if column.count(first) == len(column):
        return Coded([first], b"")
    values, codes = coded(column)
    return Coded(values, pack_codes(codes, len(values)))


def coded(column: Iterable[Value]) -> tuple[list[Value], list[int]]:
    """Return the values of a column, each once, and for every row the place of its value among them."""
    places: defaultdict[Value, int] = defaultdict(count().__next__)
    codes = list(map(places.__getitem__, column))
    return list(places), codes


def unpack_coded(column: Coded[Value], rows: int) -> list[Value]:
    """Return the `rows` values of a column. Raises ColumnDamaged."""
    values = column.values
    if len(values) == 1 and not column.codes:
        return values * rows
    return picked(values.__getitem__, unpack_codes(column.codes, len(values), rows))


def pack_codes(codes: Iterable[int], values: int) -> bytes:
    """Return codes below `values` (at most 65,536) as planes."""
    if values <= _SMALL_CODES:
        return bytes(codes)
    return to_planes(_little_end_first(array("H", codes)), 2)


def unpack_codes(packed: bytes, values: int, rows: int) -> Sequence[int]:
    """Return `rows` codes; whether they lie below `values` shows when they are used. Raises ColumnDamaged."""
    width = 1 if values <= _SMALL_CODES else 2
    if not 1 <= values <= MOST_ROWS or len(packed) != rows * width:
        raise ColumnDamaged
    return packed if width == 1 else _numbers("H", from_planes(packed, width))


def picked(pick: Callable[[int], Value], codes: Sequence[int]) -> list[Value]:
    """Return the value of each code. Raises ColumnDamaged for one that has none."""
    try:
        return list(map(pick, codes))
    except IndexError as error:
        raise ColumnDamaged from error


def _little_end_first(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(kind: str, packed: bytes) -> Sequence[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
