"""The file of a backup (.dkbk), in which the records lie as they lie on the disk: encrypted.

magic · length · header (msgpack)      readable by anyone: which site, when, how much
key slots · paper of a PC that joined · database (SQLCipher)
HMAC-SHA256 of all before              its key is made of the data key: nobody else can forge one
SHA-256 of all before                  anybody can check a file without opening it
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.base.clock import from_microseconds
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations.backups.errors import BackupDamaged, BackupTooNew, NoBackup
from app.core.operations.backups.types import Backup, LogEnd, Occasion
from app.core.storage.faults import told_plainly

SUFFIX = ".dkbk"
MAGIC = b"DKBK\r\n\x1a\n"
VERSION = 1
BLOCK = 1 << 20
_LENGTH_BYTES = 4
_HASH_BYTES = 32
_MOST_HEADER = 4 << 20
_MOST_SLOTS = 1 << 20
_MOST_REGISTER = 64 << 20


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself to anyone."""

    version: int
    site_id: bytes
    site_name: str
    number: int
    made_at: int
    """Microseconds since 1970."""
    occasion: str
    schema: str
    station: bytes
    incarnation: bytes
    logs: list[LogEnd]
    entries: int
    has_assets: bool
    key_check: bytes
    """Tells whether a data key is the one, and nothing else of it."""
    slots: int
    """Bytes of the key slots."""
    register: int = 0
    """Bytes of what a PC that joined was told of its site, which may not be in its records yet."""
    database: int
    """Bytes of the database."""


def derived_key(data_key: bytes, purpose: bytes) -> bytes:
    """Return a key for one purpose, made of the data key."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(data_key)


def key_check(data_key: bytes) -> bytes:
    """Return what a backup tells a data key by."""
    return derived_key(data_key, b"daksha-backup-key-check-v1")[:8]


def blocks_of_backup(
    header: Header, papers: bytes, database: Path, data_key: bytes, progress: Progress
) -> Iterator[bytes]:
    """Yield the bytes of a backup; `papers` are the key slots and what a PC that joined was told."""
    digest = hashlib.sha256()
    seal = hmac.new(derived_key(data_key, b"daksha-backup-v1"), digestmod=hashlib.sha256)
    packed = msgspec.msgpack.encode(header)
    done = 0
    for block in _content(packed, papers, database):
        digest.update(block)
        seal.update(block)
        yield block
        done += len(block)
        progress.step(done, header.database, _("Writing the backup"))
    digest.update(seal.digest())
    yield seal.digest()
    yield digest.digest()


def _content(packed: bytes, papers: bytes, database: Path) -> Iterator[bytes]:
    yield MAGIC + len(packed).to_bytes(_LENGTH_BYTES, "big") + packed + papers
    with database.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def read_backup(path: Path) -> Backup:
    """Return what a backup tells of itself. Raises NoBackup, BackupDamaged, BackupTooNew."""
    with told_plainly(), path.open("rb") as file:
        header, _start = _read_header(file, path)
        size = os.fstat(file.fileno()).st_size
        file.seek(-_HASH_BYTES, os.SEEK_END)
        digest = file.read(_HASH_BYTES)
    try:
        return Backup(
            path=path,
            site_id=UUID(bytes=header.site_id),
            site_name=header.site_name,
            number=header.number,
            made_at=from_microseconds(header.made_at),
            occasion=Occasion(header.occasion),
            schema=header.schema,
            station=header.station,
            incarnation=header.incarnation,
            logs=tuple(header.logs),
            entries=header.entries,
            has_assets=header.has_assets,
            key_check=header.key_check,
            size=size,
            digest=digest,
        )
    except (ValueError, OverflowError) as damage:
        raise BackupDamaged(path) from damage


def check_whole(path: Path, progress: Progress) -> None:
    """Read a backup to its end and compare it with its own hash. Raises BackupDamaged."""
    with told_plainly(), path.open("rb") as file:
        _read_header(file, path)
        left = total = os.fstat(file.fileno()).st_size - _HASH_BYTES
        file.seek(0)
        digest = hashlib.sha256()
        while left > 0 and (block := file.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
            progress.step(total - left, total, _("Reading the backup"))
        if digest.digest() != file.read():
            raise BackupDamaged(path)


def read_slots(path: Path) -> bytes:
    """Return the key slots in a backup."""
    with told_plainly(), path.open("rb") as file:
        header, start = _read_header(file, path)
        file.seek(start)
        return file.read(header.slots)


def read_register_in(path: Path) -> bytes:
    """Return what a PC that joined was told of its site; b"" in backups of others."""
    with told_plainly(), path.open("rb") as file:
        header, start = _read_header(file, path)
        file.seek(start + header.slots)
        return file.read(header.register)


def write_database(path: Path, target: Path, data_key: bytes, progress: Progress) -> None:
    """Write a backup's database into a file of its own, on disk when this returns.

    Raises BackupDamaged where the backup is not what the holder of the data key has made.
    """
    with told_plainly(), path.open("rb") as file, target.open("wb") as out:
        header, start = _read_header(file, path)
        seal = hmac.new(derived_key(data_key, b"daksha-backup-v1"), digestmod=hashlib.sha256)
        file.seek(0)
        seal.update(file.read(start + header.slots + header.register))
        left = header.database
        while left > 0 and (block := file.read(min(BLOCK, left))):
            seal.update(block)
            out.write(block)
            left -= len(block)
            progress.step(header.database - left, header.database, _("Reading the backup"))
        if left or not hmac.compare_digest(seal.digest(), file.read(_HASH_BYTES)):
            raise BackupDamaged(path)
        out.flush()
        os.fsync(out.fileno())


def _read_header(file: BinaryIO, path: Path) -> tuple[Header, int]:
    """Return the header and where what follows it starts; the file has exactly its length."""
    start = file.read(len(MAGIC) + _LENGTH_BYTES)
    if start[: len(MAGIC)] != MAGIC:
        raise NoBackup(path)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if len(start) < len(MAGIC) + _LENGTH_BYTES or length > _MOST_HEADER:
        raise BackupDamaged(path)
    packed = file.read(length)
    try:
        version = msgspec.msgpack.decode(packed, type=_Version).version
        if version > VERSION:
            raise BackupTooNew(path)
        header = msgspec.msgpack.decode(packed, type=Header)
    except (msgspec.MsgspecError, UnicodeDecodeError) as damage:
        raise BackupDamaged(path) from damage
    papers = header.slots + header.register
    whole = len(start) + length + papers + header.database + 2 * _HASH_BYTES
    has_papers = 0 < header.slots <= _MOST_SLOTS and 0 <= header.register <= _MOST_REGISTER
    has_sense = has_papers and header.database > 0
    if not has_sense or os.fstat(file.fileno()).st_size != whole:
        raise BackupDamaged(path)
    return header, len(start) + length


class _Version(msgspec.Struct):
    """What every version of the header has."""

    version: int
