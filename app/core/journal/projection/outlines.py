"""Where in bodies that are laid under each other the values of new facts stand.

The first body is taken apart, as the msgpack that it is; the bytes between its values are the same in
all, so that the values of the others stand in the same places. Where anything is out of the ordinary
there is no outline, and the bodies are read one by one.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.core.journal.layers import Layer, Stretch, pieces_at
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.storage.columns import Id, Instant, Wire

_INSERT = 0
_ID_HEADER, _ID_BYTES = b"\xc4\x10", 16
_CHANGE = 0x94
_CHANGES = {0x90 + count: count for count in range(1, 16)}
_COLUMNS = {0x80 + count: count for count in range(16)}
"""First bytes of so many changes, and of so many columns."""
_NUMBERS = {0xCC: "B", 0xCD: "H", 0xCE: "I", 0xCF: "Q", 0xD0: "b", 0xD1: "h", 0xD2: "i", 0xD3: "q"}
"""What follows the first byte of a number, as `struct` calls it."""
_LENGTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}
"""How many bytes after the first say how long bytes or a text are."""
_SIZES = {
    **dict.fromkeys((0xC0, 0xC2, 0xC3, *range(0x80), *range(0xE0, 0x100)), 1),
    **{0xA0 + length: 1 + length for length in range(32)},
    **{first: 1 + struct.calcsize(kind) for first, kind in _NUMBERS.items()},
}
"""How long a value is by its first byte: nothing, false, true, small numbers, short texts, numbers."""
_decode = msgspec.msgpack.Decoder().decode


class _Strange(ValueError):
    """A body is not what the outline of new facts can be made of."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One row of each body: its table, and where its id and its values stand."""

    stored: Stored
    key: int
    """Where the sixteen bytes of its id begin."""
    values: dict[str, Stretch]


def outlines_of(layer: Layer) -> Sequence[Outline] | None:
    """Return the rows that each of some bodies adds; None where they are not new facts alone."""
    body = layer.first
    try:
        found, end = _outlines(body)
    except (_Strange, IndexError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if end == len(body) and _varies_within(layer, found) else None


def _varies_within(layer: Layer, found: Sequence[Outline]) -> bool:
    """Tell whether some bodies differ in ids and values alone."""
    values = [stretch for outline in found for stretch in outline.values.values()]
    values += [(outline.key, _ID_BYTES) for outline in found]
    places = {place for start, width in values for place in range(start, start + width)}
    varies = (place for start, width in layer.varying for place in range(start, start + width))
    return places.issuperset(varies)


def _outlines(body: bytes) -> tuple[list[Outline], int]:
    found, at = [], 1
    for _turn in range(_looked_up(_CHANGES, body[0])):
        outline, at = _outline(body, at)
        found.append(outline)
    return found, at


def _outline(body: bytes, at: int) -> tuple[Outline, int]:
    if body[at] != _CHANGE or body[at + 1] != _INSERT:
        raise _Strange
    table, at = _text(body, at + 2)
    stored = stored_tables().get(table)
    if stored is None or not stored.is_plain_fact or not body.startswith(_ID_HEADER, at):
        raise _Strange
    key = at + len(_ID_HEADER)
    at = key + _ID_BYTES
    count, at = _looked_up(_COLUMNS, body[at]), at + 1
    values: dict[str, Stretch] = {}
    for _turn in range(count):
        name, at = _text(body, at)
        end = _end(body, at)
        values[name] = (at, end - at)
        at = end
    if len(values) != count or not stored.required <= values.keys() <= stored.readers.keys():
        raise _Strange
    return Outline(stored, key, values), at


def _looked_up(table: dict[int, int], first: int) -> int:
    try:
        return table[first]
    except KeyError:
        raise _Strange from None


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = _end(body, at)
    text = _decode(body[at:end])
    if not isinstance(text, str):
        raise _Strange
    return text, end


def _end(body: bytes, at: int) -> int:
    """Return where the value that begins at `at` ends."""
    first = body[at]
    if first in _LENGTHS:
        begin = at + 1 + _LENGTHS[first]
        end = begin + int.from_bytes(body[at + 1 : begin], "big")
    else:
        end = at + _looked_up(_SIZES, first)
    if end > len(body):
        raise _Strange
    return end


class Columns:
    """Values of bodies that are laid under each other, by column."""

    def __init__(self, layer: Layer, first: int, end: int) -> None:
        """Read the bodies from the one at `first` up to the one at `end`."""
        self._layer = layer
        self._rows = memoryview(layer.joined)[first * layer.width : end * layer.width]
        self._body = layer.first
        self.count = end - first

    def keys(self, outline: Outline) -> Sequence[bytes]:
        """Return the ids of the rows."""
        return self._every(outline.key, _ID_BYTES)

    def read(self, outline: Outline, name: str) -> Sequence[Wire] | None:
        """Return the values of a column; None where one of them cannot be its column's."""
        start, width = outline.values[name]
        reads, kind = outline.stored.readers[name], outline.stored.columns[name].type
        if not self._varies(start, width):
            value = _decode(self._body[start : start + width])
            return [value] * self.count if reads(value) else None
        if isinstance(kind, Id) and self._is_headed(_ID_HEADER, start, width):
            # Sixteen bytes: there is nothing that could keep them from being an id.
            return self._every(start + len(_ID_HEADER), _ID_BYTES)
        number = _NUMBERS.get(self._body[start])
        if isinstance(kind, Instant) and number is not None and not self._varies(start, 1):
            numbers = self._every(start + 1, width - 1, number)
            # What lies between two times is a time.
            return numbers if reads(min(numbers)) and reads(max(numbers)) else None
        return self._decoded(start, width, reads)

    def _decoded(
        self, start: int, width: int, reads: Callable[[Any], bool]
    ) -> Sequence[Wire] | None:
        """Return values, each decoded and looked at once."""
        packed = self._every(start, width)
        try:
            values = {one: _decode(one) for one in set(packed)}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        if not all(map(reads, values.values())):
            return None
        return list(map(values.__getitem__, packed))

    def _every(self, start: int, width: int, kind: str = "") -> list[Any]:
        """Return what stands at one place of every body."""
        return pieces_at(self._rows, self._layer.width, start, width, kind)

    def _is_headed(self, header: bytes, start: int, width: int) -> bool:
        """Tell whether an id stands in every body."""
        return (
            width == len(header) + _ID_BYTES
            and self._body.startswith(header, start)
            and not self._varies(start, len(header))
        )

    def _varies(self, start: int, width: int) -> bool:
        return any(at < start + width and start < at + length for at, length in self._layer.varying)
