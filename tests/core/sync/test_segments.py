"""Segments come back byte for byte, are small, and refuse whatever else they are given."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from app.core.sync.bundle.segments import (
    Row,
    SegmentTooLarge,
    cut_into_segments,
    decode_segment,
    encode_segment,
)
from app.core.sync.limits import MOST_ROWS, MOST_UNPACKED_BYTES
from app.core.sync.refusals import BundleDamaged
from tests.support.entries import answers

FURTHEST_WALL = 253_402_300_799_999_999


@st.composite
def written_rows(draw: st.DrawFn) -> list[Row]:
    """Rows of any log: few or many of one shape, bodies of any bytes."""
    shapes = draw(st.lists(st.binary(max_size=40), min_size=1, max_size=3))
    stamps = draw(st.sets(st.integers(1, (1 << 63) - 1), min_size=1, max_size=60))
    rows: list[Row] = []
    for stamp in sorted(stamps):
        body = bytearray(draw(st.sampled_from(shapes)))
        for place in draw(st.lists(st.integers(0, 39), max_size=6)):
            if place < len(body):
                body[place] = draw(st.integers(0, 255))
        rows.append(
            (
                stamp,
                draw(st.integers(0, FURTHEST_WALL)),
                draw(st.integers(-1439, 1439)),
                draw(st.none() | st.binary(min_size=16, max_size=16)),
                draw(st.sampled_from(["attempt.answer", "person.edit", "ž"])),
                draw(st.text(max_size=5)),
                bytes(body),
            )
        )
    return rows


@given(rows=written_rows())
def test_what_is_packed_comes_back(rows: list[Row]) -> None:
    assert list(decode_segment(encode_segment(rows))) == rows


@pytest.mark.parametrize("bodies", [b"\0" * 300, b"abc", b""])
def test_bodies_that_are_all_the_same_come_back(bodies: bytes) -> None:
    rows: list[Row] = [(stamp, 0, 0, None, "a", "", bodies) for stamp in range(1, 500)]

    assert list(decode_segment(encode_segment(rows))) == rows


def test_bodies_of_many_shapes_and_many_values_come_back() -> None:
    chance = random.Random(3)
    rows: list[Row] = [
        (
            stamp,
            stamp,
            330,
            chance.randbytes(16),
            f"verb {stamp % 700}",
            f"reason {stamp}",
            chance.randbytes(stamp % 900),
        )
        for stamp in range(1, 5000)
    ]

    assert list(decode_segment(encode_segment(rows))) == rows


def test_texts_that_differ_come_back_and_shrink() -> None:
    words = [
        "the",
        "valve",
        "must",
        "be",
        "closed",
        "before",
        "anybody",
        "enters",
        "the",
        "tank",
        "or",
        "opens",
        "the",
        "pump",
    ]
    chance = random.Random(5)
    texts = [" ".join(chance.choices(words, k=60))[:180].encode() for _ in range(400)]
    rows: list[Row] = [
        (stamp, 0, 0, None, "remark.add", "", b"head" + text + b"tail")
        for stamp, text in enumerate(texts, 1)
    ]
    packed = encode_segment(rows)

    assert list(decode_segment(packed)) == rows
    assert len(packed) < 60 * len(rows)


def test_more_shapes_with_fields_than_a_segment_may_name_come_back() -> None:
    """Bodies of so many shapes that differ in so many places that the rest are left whole."""
    rows: list[Row] = []
    for width in range(1500, 1600):
        for turn in range(8):
            body = bytes(place % 2 and (turn + place) % 256 for place in range(width))
            rows.append((len(rows) + 1, 0, 0, None, "a", "", body))

    assert list(decode_segment(encode_segment(rows))) == rows


def test_an_answer_takes_no_more_than_thirty_bytes() -> None:
    rows = answers(20_000)
    packed = encode_segment(rows)

    assert list(decode_segment(packed)) == rows
    assert len(packed) <= 25 * len(rows)


def test_a_log_is_cut_where_segments_are_full() -> None:
    rows: list[Row] = [(stamp, 0, 0, None, "a", "", b"x" * 3_000_000) for stamp in range(1, 8)]

    stretches = list(cut_into_segments(rows))

    assert [row for stretch in stretches for row in stretch] == rows
    assert [len(stretch) for stretch in stretches] == [2, 2, 2, 1]
    assert list(cut_into_segments([])) == []
    assert max(map(len, cut_into_segments(answers(40_000)))) <= MOST_ROWS


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], SegmentTooLarge),
        ([(stamp, 0, 0, None, "a", "", b"") for stamp in range(1, MOST_ROWS + 2)], SegmentTooLarge),
        ([(1, 0, 0, None, "a", "", bytes(MOST_UNPACKED_BYTES + 1))], SegmentTooLarge),
        ([(s, 0, 0, None, "a", "", bytes(2000)) for s in range(1, 40_000)], SegmentTooLarge),
        ([(1, 0, 0, None, "a", "", random.Random(1).randbytes(33 << 20))], SegmentTooLarge),
        ([(2, 0, 0, None, "a", "", b""), (2, 0, 0, None, "a", "", b"")], ValueError),
        ([(2, -1, 0, None, "a", "", b"")], ValueError),
    ],
    ids=[
        "nothing",
        "too many",
        "too large",
        "too large together",
        "too dense",
        "stamps that stand still",
        "before 1970",
    ],
)
def test_what_no_reader_would_take_is_not_packed(
    rows: list[Row], refusal: type[ValueError]
) -> None:
    with pytest.raises(refusal):
        encode_segment(rows)


def test_a_segment_that_was_cut_short_is_refused() -> None:
    packed = encode_segment(answers(30))

    for length in range(len(packed)):
        with pytest.raises(BundleDamaged):
            decode_segment(packed[:length])


def test_a_segment_with_something_behind_it_is_refused() -> None:
    packed = encode_segment(answers(30))

    for behind in (b"\0", packed):
        with pytest.raises(BundleDamaged):
            decode_segment(packed + behind)


@pytest.mark.parametrize("most", [{"most_rows": 29}, {"most_bytes": 3000}], ids=["rows", "bytes"])
def test_a_segment_past_what_was_announced_is_refused(most: dict[str, int]) -> None:
    with pytest.raises(BundleDamaged):
        decode_segment(encode_segment(answers(30)), **most)


def test_a_segment_that_does_not_say_how_long_it_is_is_refused() -> None:
    unpacked = zstd.decompress(encode_segment(answers(30)))
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.content_size_flag: 0})

    with pytest.raises(BundleDamaged):
        decode_segment(packer.compress(unpacked, zstd.ZstdCompressor.FLUSH_FRAME))


@pytest.mark.parametrize(
    ("window_bits", "taken"), [(20, True), (26, True), (27, False), (41, False)]
)
def test_a_frame_that_asks_for_more_memory_than_a_segment_may_take_is_refused(
    window_bits: int, taken: bool
) -> None:
    """RFC 8878 §3.1.1: a frame of one raw block, with a size of 8 bytes and a window of its own choice."""
    rows = answers(1500)
    unpacked = zstd.decompress(encode_segment(rows))
    size, window = len(unpacked).to_bytes(8, "little"), bytes([(window_bits - 10) << 3])
    block = (1 | len(unpacked) << 3).to_bytes(3, "little") + unpacked
    frame = b"\x28\xb5\x2f\xfd\xc0" + window + size + block

    if taken:
        assert list(decode_segment(frame)) == rows
    else:
        with pytest.raises(BundleDamaged):
            decode_segment(frame)


def test_zeros_without_end_are_refused() -> None:
    for size in (1 << 16, MOST_UNPACKED_BYTES, MOST_UNPACKED_BYTES + 1):
        with pytest.raises(BundleDamaged):
            decode_segment(zstd.compress(bytes(size)))


def _changed(change: Callable[[list[Any]], None]) -> bytes:
    """Return a segment of which somebody with the keys changed something."""
    columns = msgspec.msgpack.decode(zstd.decompress(encode_segment(answers(50))))
    change(columns)
    return zstd.compress(msgspec.msgpack.encode(columns))


COUNT, STAMPS, WALLS, OFFSETS, ACTORS, BODIES = 0, 1, 2, 3, 4, 7
SHAPES, FIELDS, CODES = 0, 1, 2


def _set(value: object, *path: int) -> Callable[[list[Any]], None]:
    def change(columns: list[Any]) -> None:
        place = columns
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set(0, COUNT),
        _set(49, COUNT),
        _set(1 << 40, COUNT),
        _set(bytes(400), STAMPS),
        _set(b"\x7f" * 400, STAMPS),
        _set(b"\x80" * 400, WALLS),
        _set(b"\x7f" * 400, WALLS),
        _set([100_000], OFFSETS, 0),
        _set([], OFFSETS, 0),
        _set([b"short"], ACTORS, 0),
        _set([b"seventeen bytes !"], ACTORS, 0),
        _set(b"\xff" * 50, ACTORS, 1),
        _set(b"\xff" * 50, BODIES, CODES),
        _set(bytes(50), BODIES, CODES),
        lambda columns: _set(columns[BODIES][CODES][:-1] + b"\xff", BODIES, CODES)(columns),
        lambda columns: columns[BODIES][SHAPES].append([3, b"one", 0]),
        _set(1 << 26, BODIES, SHAPES, 0, 0),
        _set(1 << 20, BODIES, SHAPES, 0, 0),
        _set(b"", BODIES, SHAPES, 0, 1),
        _set(0, BODIES, SHAPES, 0, 2),
        _set(200, BODIES, FIELDS, 1, 0),
        _set(0, BODIES, FIELDS, 1, 0),
        _set(1 << 20, BODIES, FIELDS, 0, 1),
        _set(9, BODIES, FIELDS, 0, 2),
        _set(b"", BODIES, FIELDS, 0, 4),
        lambda columns: columns.append(1),
        lambda columns: columns.pop(),
    ],
)
def test_what_an_insider_changed_is_refused(change: Callable[[list[Any]], None]) -> None:
    with pytest.raises(BundleDamaged):
        decode_segment(_changed(change))


def test_arrays_within_arrays_are_refused() -> None:
    for nested in (b"\x91" * 200_000, b"\x98" + b"\x91" * 200_000, b"\x81\xa1x" + b"\x91" * 9000):
        with pytest.raises(BundleDamaged):
            decode_segment(zstd.compress(nested))


@given(place=st.integers(0, 10_000), bits=st.integers(1, 255), again=st.integers(0, 10_000))
def test_a_flipped_byte_before_packing_gives_rows_or_a_refusal(
    place: int, bits: int, again: int
) -> None:
    unpacked = bytearray(zstd.decompress(encode_segment(answers(40))))
    for spot in (place, again):
        unpacked[spot % len(unpacked)] ^= bits
    try:
        rows = list(decode_segment(zstd.compress(bytes(unpacked))))
    except BundleDamaged:
        return
    assert list(decode_segment(encode_segment(rows))) == rows
