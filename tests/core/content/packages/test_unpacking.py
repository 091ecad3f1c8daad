"""The bytes of one entry: those it was made of, in bounded blocks; or the archive is damaged."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.content.packages.unpacking import PackedBytes, unpacked
from tests.support.archives import zip_bytes

MOST = 1 << 17
CENTRAL = b"PK\x01\x02"


def blocks(content: bytes, name: str = "a") -> list[bytes]:
    held = BytesIO(content)
    with zipfile.ZipFile(held) as archive:
        return list(unpacked(PackedBytes(held), archive.getinfo(name)))


def one_entry(content: bytes, method: int = zipfile.ZIP_DEFLATED, extra: bytes = b"") -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        info = zipfile.ZipInfo("a")
        info.compress_type = method
        info.extra = extra
        archive.writestr(info, content)
    return held.getvalue()


def declared(archive: bytes, size: int, checksum: int) -> bytes:
    """Return an archive whose directory says something else of its first entry."""
    content = bytearray(archive)
    at = content.index(CENTRAL)
    struct.pack_into("<L", content, at + 16, checksum)
    struct.pack_into("<L", content, at + 24, size)
    return bytes(content)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("size", [0, 1, MOST - 1, MOST, MOST + 1, 3 * MOST + 5])
def test_it_is_what_was_packed(method: int, size: int) -> None:
    content = bytes(at * at % 251 for at in range(size))

    found = blocks(one_entry(content, method))

    assert b"".join(found) == content
    assert all(len(block) <= MOST for block in found)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(1, 3_000))
def test_every_entry_is_read_as_the_standard_library_reads_it(
    parts: list[bytes], times: int
) -> None:
    files = {str(at): part * times for at, part in enumerate(parts)} | {"a": b"last"}
    content = zip_bytes(dict[str, str | bytes](files))

    with zipfile.ZipFile(BytesIO(content)) as archive:
        expected = {name: archive.read(name) for name in files}
    assert {name: b"".join(blocks(content, name)) for name in files} == expected


def test_what_packs_a_thousandfold_comes_in_small_blocks() -> None:
    found = blocks(one_entry(bytes(20_000_000)))

    assert sum(map(len, found)) == 20_000_000
    assert max(map(len, found)) <= MOST


def test_extra_fields_may_be_longer_than_usual() -> None:
    extra = struct.pack("<2H", 0x7777, 60_000) + bytes(60_000)

    assert b"".join(blocks(one_entry(b"content", extra=extra))) == b"content"


def test_no_more_comes_than_is_declared() -> None:
    content = one_entry(b"12345" * 100)

    found = blocks(declared(content, 7, zlib.crc32(b"1234512")))

    assert found == [b"1234512"]


def test_less_than_is_declared_is_all_there_is() -> None:
    content = declared(one_entry(b"12345"), 4_000_000_000, zlib.crc32(b"12345"))

    assert b"".join(blocks(content)) == b"12345"


def test_less_than_is_declared_is_damage_where_its_checksum_is_another() -> None:
    with pytest.raises(zipfile.BadZipFile):
        blocks(declared(one_entry(b"12345"), 4_000_000_000, zlib.crc32(b"123456")))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_bytes_that_are_not_those_of_the_checksum_are_damage(method: int) -> None:
    content = one_entry(b"12345" * 100, method)

    with pytest.raises(zipfile.BadZipFile):
        blocks(declared(content, 500, 7))


@pytest.mark.parametrize("at", [0, 3, 30])
def test_a_header_of_its_own_that_is_another_is_damage(at: int) -> None:
    content = bytearray(one_entry(b"12345"))
    content[at] ^= 0x55

    with pytest.raises(zipfile.BadZipFile):
        blocks(bytes(content))


def test_an_archive_that_was_cut_meanwhile_is_damage() -> None:
    content = one_entry(bytes(range(256)) * 4_000, zipfile.ZIP_STORED)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entry = archive.getinfo("a")

    with pytest.raises(EOFError):
        list(unpacked(PackedBytes(BytesIO(content[:300_000])), entry))
