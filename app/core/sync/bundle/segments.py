"""Segments: a stretch of one log's entries, by column, packed (ADR 17).

Neither numbers nor hashes of the entries are in it: the manifest says where the stretch begins, and
who unpacks it computes the chain anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from operator import add, sub
from typing import Annotated

import msgspec
from backports import zstd

from app.core.journal import Entries
from app.core.sync.bundle.bodies import Bodies, pack_bodies, unpack_bodies
from app.core.sync.bundle.columns import (
    Coded,
    ColumnDamaged,
    pack_coded,
    pack_numbers,
    unpack_coded,
    unpack_numbers,
)
from app.core.sync.decoding import decode
from app.core.sync.limits import MOST_PACKED_BYTES, MOST_ROWS, MOST_UNPACKED_BYTES
from app.core.sync.refusals import BundleDamaged

Row = tuple[int, int, int, bytes | None, str, str, bytes]
"""Stamp, wall time in microseconds since 1970, offset from UTC in minutes, actor, action, reason, body."""

_LEVEL = 3
_COUNTER_BITS, _MICROSECONDS = 16, 1000
"""Of a stamp, and of a millisecond."""
_WINDOW: Mapping[int, int] = {
    zstd.DecompressionParameter.window_log_max: MOST_UNPACKED_BYTES.bit_length() - 1
}
"""A frame may ask for memory to look back into, whatever it holds."""
_AIM_ROWS, _AIM_BYTES = 32_768, 8 << 20
_FURTHEST_WALL = 253_402_300_800_000_000
"""The year 10000, which no date of Python's reaches."""
_FURTHEST_STAMP = 1 << 63

_Actor = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_Offset = Annotated[int, msgspec.Meta(gt=-1440, lt=1440)]


class _Columns(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A segment as it is before zstd."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)]
    stamps: bytes
    """By how much each is greater than the one before."""
    walls: bytes
    """By how many microseconds each differs from the millisecond of its stamp."""
    offsets: Coded[_Offset]
    actors: Coded[_Actor | None]
    actions: Coded[str]
    reasons: Coded[str]
    bodies: Bodies


class SegmentTooLarge(ValueError):
    """Rows that no segment may hold: too many, or too large a body."""


def encode_segment(rows: Sequence[Row]) -> bytes:
    """Return rows packed.

    Raises SegmentTooLarge past the limits, ValueError when stamps do not rise strictly, as they
    do in every log.
    """
    if not 1 <= len(rows) <= MOST_ROWS:
        raise SegmentTooLarge
    stamps, walls, offsets, actors, actions, reasons, bodies = Entries.of(rows).columns
    if sum(map(len, bodies)) > MOST_UNPACKED_BYTES:
        raise SegmentTooLarge
    steps = list(map(sub, stamps, chain((0,), stamps)))
    if not _are_possible(steps, stamps[-1], walls):
        raise ValueError("stamps of a log rise strictly, and nothing was written before 1970")
    columns = _Columns(
        count=len(rows),
        stamps=pack_numbers(steps),
        walls=pack_numbers(map(sub, walls, _moments(stamps))),
        offsets=pack_coded(offsets),
        actors=pack_coded(actors),
        actions=pack_coded(actions),
        reasons=pack_coded(reasons),
        bodies=pack_bodies(bodies, actions),
    )
    unpacked = msgspec.msgpack.encode(columns)
    packed = zstd.compress(unpacked, _LEVEL)
    if len(unpacked) > MOST_UNPACKED_BYTES or len(packed) > MOST_PACKED_BYTES:
        raise SegmentTooLarge
    return packed


def unpacked_size(packed: bytes) -> int:
    """Return how long a segment says it is unpacked. Raises BundleDamaged."""
    try:
        size = zstd.get_frame_info(packed).decompressed_size
    except zstd.ZstdError as error:
        raise BundleDamaged from error
    if size is None:
        raise BundleDamaged
    return size


def decode_segment(
    untrusted: bytes, most_rows: int = MOST_ROWS, most_bytes: int = MOST_UNPACKED_BYTES
) -> Entries:
    """Return the rows of a segment. Raises BundleDamaged for anything else, however it was made.

    Nothing is made that is longer than `most_bytes`, for the columns and for the bodies each.
    """
    try:
        columns = decode(_unpacked(untrusted, most_bytes), _Columns)
        return _rows(columns, most_rows, most_bytes)
    except ColumnDamaged as error:
        raise BundleDamaged from error


def cut_into_segments(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in stretches that make good segments: large enough to pack well, small enough to hold."""
    stretch: list[Row] = []
    room = _AIM_BYTES
    for row in rows:
        if stretch and (len(stretch) == _AIM_ROWS or len(row[-1]) > room):
            yield stretch
            stretch, room = [], _AIM_BYTES
        stretch.append(row)
        room -= len(row[-1])
    if stretch:
        yield stretch


def _unpacked(untrusted: bytes, most_bytes: int) -> bytes:
    declared = unpacked_size(untrusted)
    if declared > most_bytes:
        raise ColumnDamaged
    try:
        unpacker = zstd.ZstdDecompressor(options=_WINDOW)
        unpacked = unpacker.decompress(untrusted, declared + 1)
    except zstd.ZstdError as error:
        raise ColumnDamaged from error
    if len(unpacked) != declared or not unpacker.eof or unpacker.unused_data:
        raise ColumnDamaged
    return unpacked


def _rows(columns: _Columns, most_rows: int, most_bytes: int) -> Entries:
    count = columns.count
    if count > most_rows:
        raise ColumnDamaged
    steps = unpack_numbers(columns.stamps, count)
    stamps = list(accumulate(steps))
    walls = list(map(add, unpack_numbers(columns.walls, count), _moments(stamps)))
    if not _are_possible(steps, stamps[-1], walls):
        raise ColumnDamaged
    bodies, layers = unpack_bodies(columns.bodies, count, most_bytes)
    return Entries(
        (
            stamps,
            walls,
            unpack_coded(columns.offsets, count),
            unpack_coded(columns.actors, count),
            unpack_coded(columns.actions, count),
            unpack_coded(columns.reasons, count),
            bodies,
        ),
        layers,
    )


def _are_possible(steps: Sequence[int], last: int, walls: Sequence[int]) -> bool:
    rising = min(steps) > 0 and last < _FURTHEST_STAMP
    return rising and min(walls) >= 0 and max(walls) < _FURTHEST_WALL


def _moments(stamps: Iterable[int]) -> Iterator[int]:
    """Yield the milliseconds of stamps, in microseconds."""
    return map(_MICROSECONDS.__mul__, map(_COUNTER_BITS.__rrshift__, stamps))
