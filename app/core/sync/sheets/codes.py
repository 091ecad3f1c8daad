"""A file as numbered codes, and codes as the file: any order, any repetition, on however many days.

    DAKSHA:SHEET:1: · base32 of: kind (1) · bundle id (16) · SHA-256 of all, its beginning (8)
                                 · number (2) · of how many (2) · piece · CRC-32 of all before (4)

The pieces one after another are the file, packed by zstd. All but the last are of one length: which
sheet a code is on follows from its number. The check at the end is for a reader that types; nobody
is believed by it, but by the signatures within the file.
"""

import base64
import binascii
import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import ceil
from uuid import UUID

from backports import zstd

from app.core.sync.envelope import BUNDLE
from app.core.sync.limits import MOST_RECEIPT_BYTES
from app.core.sync.refusals import BundleOverLimits
from app.core.sync.sheets.refusals import SheetsDiffer

ANY_VERSION = "DAKSHA:SHEET:"
PREFIX = f"{ANY_VERSION}1:"
ACROSS, DOWN = 2, 3
CODES_ON_A_SHEET = ACROSS * DOWN
MOST_SHEETS = 40
MOST_CODES = MOST_SHEETS * CODES_ON_A_SHEET
PIECE_BYTES = 560
"""Makes codes of 101 dots a side: 0.66 mm each, six on a sheet of A4 (ADR 62 has what was measured)."""
_MOST_BYTES = MOST_RECEIPT_BYTES
"""Of the file unpacked; receipts alone are packed to much less than they are."""
_LEVEL = 19
_DIGEST_BYTES, _CHECK_BYTES = 8, 4
_HEAD = struct.Struct(f">B16s{_DIGEST_BYTES}sHH")
_SPACE = re.compile(r"\s+")
_BASE32 = re.compile(r"[A-Z2-7]+")
_WINDOW: Mapping[int, int] = {
    zstd.DecompressionParameter.window_log_max: _MOST_BYTES.bit_length() - 1
}


class SheetKind(IntEnum):
    """What a file on paper is."""

    RECORDS = 1
    RECEIPT = 2


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Which file on paper: of two receipts for one bundle the digests differ."""

    kind: SheetKind
    bundle_id: UUID
    digest: bytes

    @property
    def name(self) -> str:
        """Return a word for it that every file system takes."""
        return f"{self.bundle_id.hex}-{self.digest.hex()}-{self.kind.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """One of the codes of a file on paper."""

    of: OnPaper
    number: int
    """From 1."""
    count: int
    piece: bytes

    @property
    def text(self) -> str:
        """Return it as the QR code holds it: capitals, digits and colons alone."""
        head = _HEAD.pack(
            self.of.kind, self.of.bundle_id.bytes, self.of.digest, self.number, self.count
        )
        content = head + self.piece
        checked = content + zlib.crc32(content).to_bytes(_CHECK_BYTES, "big")
        return PREFIX + base64.b32encode(checked).decode().rstrip("=")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesRead:
    """What was found among texts that were scanned or typed."""

    codes: tuple[SheetCode, ...]
    damaged: int = 0
    """Codes of sheets that did not come whole: a reader left out a letter, say."""
    newer: int = 0
    """Codes of a format that came later."""


def cut_into_codes(kind: SheetKind, bundle_id: UUID, content: bytes) -> tuple[SheetCode, ...]:
    """Return the codes of a file, however many they are."""
    packed = zstd.compress(content, _LEVEL)
    of = OnPaper(kind, bundle_id, _digest(packed))
    starts = range(0, len(packed), PIECE_BYTES)
    pieces = [packed[start : start + PIECE_BYTES] for start in starts]
    return tuple(
        SheetCode(of=of, number=number, count=len(pieces), piece=piece)
        for number, piece in enumerate(pieces, start=1)
    )


def sheets_for(codes: int) -> int:
    """Return how many sheets so many codes take."""
    return ceil(codes / CODES_ON_A_SHEET)


def sheet_of(number: int) -> int:
    """Return the sheet that a code is on, from 1."""
    return (number - 1) // CODES_ON_A_SHEET + 1


def read_codes_of_sheets(untrusted_texts: Iterable[str]) -> CodesRead:
    """Return the codes among texts, each once; several may stand in one text, one after another."""
    found: dict[SheetCode, None] = {}
    damaged = newer = 0
    for text in untrusted_texts:
        for part in _SPACE.sub("", text).upper().split(ANY_VERSION)[1:]:
            version, _colon, coded = part.partition(":")
            if version.isdecimal() and version != "1":
                newer += 1
            elif (code := _decoded(coded)) is None:
                damaged += 1
            else:
                found[code] = None
    return CodesRead(codes=tuple(found), damaged=damaged, newer=newer)


def joined(of: OnPaper, pieces: Mapping[int, bytes]) -> bytes:
    """Return the file whose pieces all are here, by their numbers. Raises BundleRefused."""
    packed = b"".join(pieces[number] for number in sorted(pieces))
    if _digest(packed) != of.digest:
        raise SheetsDiffer
    content = _unpacked(packed)
    if of.kind is SheetKind.RECORDS and not content.startswith(BUNDLE.magic):
        raise SheetsDiffer
    return content


def _unpacked(untrusted: bytes) -> bytes:
    try:
        size = zstd.get_frame_info(untrusted).decompressed_size
        if size is None or size > _MOST_BYTES:
            raise BundleOverLimits
        unpacker = zstd.ZstdDecompressor(options=_WINDOW)
        content = unpacker.decompress(untrusted, size + 1)
    except zstd.ZstdError as error:
        raise SheetsDiffer from error
    if len(content) != size or not unpacker.eof or unpacker.unused_data:
        raise SheetsDiffer
    return content


def _decoded(untrusted: str) -> SheetCode | None:
    """Return a code by what stands behind its prefix; None where it did not come whole."""
    coded = _BASE32.match(untrusted)
    if coded is None or coded.end() != len(untrusted):
        return None
    try:
        checked = base64.b32decode(untrusted + "=" * (-len(untrusted) % 8))
    except (binascii.Error, ValueError):
        return None
    content, check = checked[:-_CHECK_BYTES], checked[-_CHECK_BYTES:]
    if len(content) <= _HEAD.size or zlib.crc32(content).to_bytes(_CHECK_BYTES, "big") != check:
        return None
    kind, bundle_id, digest, number, count = _HEAD.unpack_from(content)
    piece = content[_HEAD.size :]
    has_place = 1 <= number <= count <= MOST_CODES
    is_cut_so = len(piece) == PIECE_BYTES or (number == count and len(piece) < PIECE_BYTES)
    if kind not in set(SheetKind) or not (has_place and is_cut_so):
        return None
    of = OnPaper(SheetKind(kind), UUID(bytes=bundle_id), digest)
    return SheetCode(of=of, number=number, count=count, piece=piece)


def _digest(packed: bytes) -> bytes:
    return hashlib.sha256(packed).digest()[:_DIGEST_BYTES]
