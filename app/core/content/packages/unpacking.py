"""The bytes of one entry of a zip archive: inflated within bounds, checked against their CRC-32.

The standard library finds the entries; its reader of them copies every block once more, and takes
as long to begin as a page takes to inflate.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from threading import Lock
from zipfile import ZIP_STORED, BadZipFile, ZipInfo

from app.core.content.packages.names import raw_name

_BLOCK = 1 << 17
_FIRST_BYTES = b"PK\x03\x04"
_HEAD = 30
"""Bytes of an entry's own header before its name; the lengths of what follows end it (APPNOTE.TXT 4.3.7)."""
_LENGTHS = struct.Struct("<2H")
_EXTRA = 64
"""What an entry's own extra fields usually stay below: its header and its beginning are read at once."""


class PackedBytes:
    """The archive as it is packed. Several threads may read, each from where it wants."""

    def __init__(self, file: BufferedReader | BytesIO) -> None:
        self._file = file
        self._turn = Lock()

    def at(self, place: int, count: int) -> bytes:
        """Return so many bytes from a place on, or those that are left."""
        with self._turn:
            self._file.seek(place)
            return self._file.read(count)


def unpacked(packed: PackedBytes, entry: ZipInfo) -> Iterator[bytes]:
    """Yield an entry's bytes in blocks, at most as many as it declares.

    Raises BadZipFile, zlib.error and EOFError for what is damaged.
    """
    left, checksum = entry.file_size, 0
    blocks = _packed_blocks(packed, entry)
    for block in blocks if entry.compress_type == ZIP_STORED else _inflated(blocks):
        taken = block[:left]
        left -= len(taken)
        checksum = zlib.crc32(taken, checksum)
        if not left and checksum != entry.CRC:
            raise BadZipFile("the checksum of an entry is not that of its bytes")
        yield taken
        if not left:
            return
    if left and checksum != entry.CRC:
        raise BadZipFile("an entry ends early, and not with the bytes of its checksum")


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in blocks:
        waiting = packed
        while block := inflater.decompress(waiting, _BLOCK):
            yield block
            if inflater.eof:
                return
            waiting = inflater.unconsumed_tail


def _packed_blocks(packed: PackedBytes, entry: ZipInfo) -> Iterator[bytes]:
    name = raw_name(entry)
    most = min(entry.compress_size, _BLOCK)
    opening = packed.at(entry.header_offset, _HEAD + len(name) + _EXTRA + most)
    if not opening.startswith(_FIRST_BYTES) or len(opening) < _HEAD:
        raise BadZipFile("an entry has no header of its own")
    named, extra = _LENGTHS.unpack_from(opening, _HEAD - _LENGTHS.size)
    if opening[_HEAD : _HEAD + named] != name:
        raise BadZipFile("an entry has another name in its own header")
    begin = _HEAD + named + extra
    block = opening[begin : begin + most]
    place = entry.header_offset + begin + len(block)
    left = entry.compress_size - len(block)
    if block:
        yield block
    while left:
        block = packed.at(place, min(left, _BLOCK))
        if not block:
            raise EOFError
        place += len(block)
        left -= len(block)
        yield block
