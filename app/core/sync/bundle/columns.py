"""Columns of a segment as bytes: numbers and repeated values, laid out so that zstd finds what repeats.

A *plane* is one byte of every row: the first bytes of all numbers, then the second bytes, and so on.
High bytes hardly change, so their planes shrink to nothing; the noise of the low ones costs what it is.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
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
    count = len(planes) // width
    pieces = bytearray(len(planes))
    for place in range(width):
        pieces[place::width] = planes[place * count : (place + 1) * count]
    return bytes(pieces)


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return signed 64-bit numbers as planes. Raises OverflowError for larger ones."""
    return to_planes(_little_end_first(array(_NUMBER, numbers)), _NUMBER_BYTES)


def unpack_numbers(packed: bytes, count: int) -> Sequence[int]:
    """Return `count` numbers. Raises ColumnDamaged."""
    if len(packed) != count * _NUMBER_BYTES:
        raise ColumnDamaged
    return _numbers(_NUMBER, from_planes(packed, _NUMBER_BYTES))


def pack_coded(column: Sequence[Value]) -> Coded[Value]:
    """Return a column of up to 65,536 rows as its values and codes."""
    first = column[0]
    if column.count(first) == len(column):
        return Coded([first], b"")
    codes = {value: code for code, value in enumerate(dict.fromkeys(column))}
    return Coded(list(codes), pack_codes(map(codes.__getitem__, column), len(codes)))


def unpack_coded(coded: Coded[Value], count: int) -> list[Value]:
    """Return the `count` values of a column. Raises ColumnDamaged."""
    values = coded.values
    if len(values) == 1 and not coded.codes:
        return values * count
    return picked(values.__getitem__, unpack_codes(coded.codes, len(values), count))


def pack_codes(codes: Iterable[int], values: int) -> bytes:
    """Return codes below `values` (at most 65,536) as planes."""
    if values <= _SMALL_CODES:
        return bytes(codes)
    return to_planes(_little_end_first(array("H", codes)), 2)


def unpack_codes(packed: bytes, values: int, count: int) -> Sequence[int]:
    """Return `count` codes; whether they lie below `values` shows when they are used. Raises ColumnDamaged."""
    width = 1 if values <= _SMALL_CODES else 2
    if not 1 <= values <= MOST_ROWS or len(packed) != count * width:
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
