"""The bodies of a segment: those of one shape share a template, and only what varies is kept for each.

A body is the msgpack of an entry's changes and must come back byte for byte. Nothing here knows
msgpack: bodies of one action and one length are laid under each other, the bytes that are the
same in all of them are the template, and the stretches between are fields.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from operator import add
from typing import Annotated

import msgspec

from app.core.journal import FEW_BODIES, WIDEST_BODY, Layer, pieces_at, varying_stretches
from app.core.sync.bundle.columns import (
    ColumnDamaged,
    coded,
    pack_codes,
    picked,
    to_planes,
    unpack_codes,
)
from app.core.sync.limits import MOST_ROWS, MOST_UNPACKED_BYTES

_CODED_WIDTH = 4
"""Narrower fields are as small in planes as by code."""
_TEXT_WIDTH = 32
"""Wider fields are text rather than numbers: left whole, zstd finds words in them."""
_SAMPLE = 256
_TOO_NEW, _MOSTLY_NEW = 0.9, 0.5
"""Shares of values that were not there before: in a sample, and in all, from which codes do not pay."""

_Width = Annotated[int, msgspec.Meta(ge=0, le=MOST_UNPACKED_BYTES)]


class Layout(IntEnum):
    """How the bytes of a field are laid out."""

    WHOLE = 0
    PLANES = 1
    CODED = 2


class Field(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A stretch in which bodies of one shape differ."""

    start: _Width
    width: Annotated[int, msgspec.Meta(ge=1, le=MOST_UNPACKED_BYTES)]
    layout: Layout
    values: bytes
    """Of a coded field: its values, joined."""
    content: bytes


class Shape(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Bodies of one length. Without fields the template holds all of them, joined."""

    width: _Width
    template: bytes
    fields: Annotated[int, msgspec.Meta(ge=0)]
    """How many of the segment's fields are its own."""


class Bodies(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """All bodies of a segment, and of which shape each is."""

    shapes: Annotated[list[Shape], msgspec.Meta(max_length=MOST_ROWS)]
    fields: Annotated[list[Field], msgspec.Meta(max_length=MOST_ROWS)]
    """Of all shapes, one after another: so that their number is known before they are made."""
    codes: bytes


def pack_bodies(bodies: Sequence[bytes], actions: Sequence[str]) -> Bodies:
    """Return bodies by shape: those of one action and one length have one."""
    kinds, kind_of_each = coded(actions)
    lengths = map(len, bodies)
    keys = map(add, map((1 << 32).__mul__, kind_of_each), lengths) if len(kinds) > 1 else lengths
    found, shape_of_each = coded(keys)
    alike: list[list[bytes]] = [[] for _shape in found]
    if len(found) == 1:
        alike, codes = [list(bodies)], b""
    else:
        for shape_number, body in zip(shape_of_each, bodies, strict=True):
            alike[shape_number].append(body)
        codes = pack_codes(shape_of_each, len(found))
    shapes: list[Shape] = []
    fields: list[Field] = []
    for same in alike:
        shape, its_fields = _pack_alike(same, MOST_ROWS - len(fields))
        shapes.append(shape)
        fields += its_fields
    return Bodies(shapes, fields, codes)


def unpack_bodies(
    packed: Bodies, count: int, most_bytes: int
) -> tuple[list[bytes], tuple[Layer, ...]]:
    """Return the `count` bodies, none altered, and how they lie under each other.

    Raises ColumnDamaged; makes nothing over `most_bytes`.
    """
    shapes, fields = packed.shapes, iter(packed.fields)
    if sum(shape.fields for shape in shapes) != len(packed.fields):
        raise ColumnDamaged
    if len(shapes) == 1 and not packed.codes:
        _check_size([count], shapes, most_bytes)
        unpacked = _unpack_alike(shapes[0], fields, range(count))
        return _pieces(unpacked, count), (unpacked,)
    codes = unpack_codes(packed.codes, len(shapes), count)
    turns: list[list[int]] = [[] for _shape in shapes]
    for turn, its_turns in enumerate(picked(turns.__getitem__, codes)):
        its_turns.append(turn)
    if not all(turns):
        raise ColumnDamaged
    _check_size(list(map(len, turns)), shapes, most_bytes)
    layers = [_unpack_alike(shape, fields, its) for shape, its in zip(shapes, turns, strict=True)]
    alike = [iter(_pieces(layer, len(layer.turns))) for layer in layers]
    return list(map(next, map(alike.__getitem__, codes))), tuple(layers)


def _check_size(counts: Sequence[int], shapes: Sequence[Shape], most_bytes: int) -> None:
    sizes = (count * shape.width for count, shape in zip(counts, shapes, strict=True))
    if sum(sizes) > most_bytes:
        raise ColumnDamaged


def _pack_alike(bodies: Sequence[bytes], most_fields: int) -> tuple[Shape, list[Field]]:
    width, joined = len(bodies[0]), b"".join(bodies)
    if len(bodies) >= FEW_BODIES and width <= WIDEST_BODY:
        stretches = varying_stretches(joined, width)
        if len(stretches) <= most_fields:
            fields = [_pack_field(joined, width, *stretch) for stretch in stretches]
            return Shape(width, bodies[0], len(fields)), fields
    return Shape(width, joined, 0), []


def _pack_field(joined: bytes, width: int, start: int, stretch: int) -> Field:
    if stretch >= _CODED_WIDTH:
        sample = range(start, min(len(joined), start + _SAMPLE * width), width)
        if _share_of_new([joined[at : at + stretch] for at in sample]) < _TOO_NEW:
            pieces = pieces_at(joined, width, start, stretch)
            values, codes = coded(pieces)
            if len(values) < _MOSTLY_NEW * len(pieces):
                packed = pack_codes(codes, len(values))
                return Field(start, stretch, Layout.CODED, b"".join(values), packed)
    if stretch > _TEXT_WIDTH:
        whole = b"".join(pieces_at(joined, width, start, stretch))
        return Field(start, stretch, Layout.WHOLE, b"", whole)
    planes = b"".join([joined[place::width] for place in range(start, start + stretch)])
    return Field(start, stretch, Layout.PLANES, b"", planes)


def _share_of_new(pieces: Sequence[bytes]) -> float:
    return len(set(pieces)) / len(pieces)


def _unpack_alike(shape: Shape, fields: Iterator[Field], turns: Sequence[int]) -> Layer:
    """Return bodies of one shape; those without fields, and not all the same, may differ anywhere."""
    width, count, joined = shape.width, len(turns), shape.template
    if len(joined) == width:
        its_fields = list(islice(fields, shape.fields))
        varying = [(field.start, field.width) for field in its_fields]
        return Layer(width, _filled(shape, its_fields, count), turns, varying)
    if shape.fields or len(joined) != count * width:
        raise ColumnDamaged
    return Layer(width, joined, turns, [(0, width)])


def _pieces(layer: Layer, count: int) -> list[bytes]:
    joined, width = layer.joined, layer.width
    return (
        [joined[at : at + width] for at in range(0, len(joined), width)] if width else [b""] * count
    )


def _filled(shape: Shape, fields: Sequence[Field], count: int) -> bytes:
    width, reached = shape.width, 0
    joined = bytearray(shape.template * count)
    for field in fields:
        # In order and apart from each other: the work is then no more than the bodies are long.
        if field.start < reached or field.start + field.width > width:
            raise ColumnDamaged
        reached = field.start + field.width
        planes = _planes_of(field, count)
        if len(planes) != count * field.width:
            raise ColumnDamaged
        for place in range(field.width):
            plane = planes[place * count : (place + 1) * count]
            joined[field.start + place :: width] = plane
    return bytes(joined)


def _planes_of(field: Field, count: int) -> bytes:
    match field.layout:
        case Layout.PLANES:
            return field.content
        case Layout.WHOLE:
            return to_planes(field.content, field.width)
        case Layout.CODED:
            values, width = field.values, field.width
            pieces = [values[at : at + width] for at in range(0, len(values), width)]
            codes = unpack_codes(field.content, len(pieces), count)
            return to_planes(b"".join(picked(pieces.__getitem__, codes)), width)
