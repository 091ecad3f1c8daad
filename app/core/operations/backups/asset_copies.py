"""Stored files beside backups, each once for all the backups in a place, encrypted.

A file's name and key are made of the data key and its SHA-256: nobody can tell from a name which
file it is. Stored files are never changed or deleted, so what is here serves every later backup.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.operations.backups.format import derived_key
from app.core.operations.backups.place import Place

FOLDER = "daksha-assets"
_CHUNK = 1 << 20
_TAG = 16
_LAST = b"\1"
_MORE = b"\0"


class _NotThatFile(Exception):
    """A stored file is gone or damaged in the data folder."""


class AssetCopies:
    """The stored files of one site in a place."""

    def __init__(self, place: Place, data_key: bytes) -> None:
        self._place = place
        self._data_key = data_key
        self._names = derived_key(data_key, b"daksha-backup-asset-names-v1")

    def holds(self, sha256: str, size: int) -> bool:
        """Tell whether a file is here in full length."""
        try:
            return self._path(sha256).stat().st_size == sealed_size(size)
        except OSError:
            return False

    def add(self, sha256: str, source: Path) -> bool:
        """Put a file here; False: it is gone, or not the one of that hash. Raises what the disk does."""
        try:
            self._place.write(self._path(sha256), self._sealed(sha256, source))
        except _NotThatFile:
            return False
        return True

    def write(self, sha256: str, target: Path) -> bool:
        """Write a file's bytes to `target`, on disk when this returns; False: it is not here, or not whole."""
        try:
            with target.open("xb") as out:
                for block in self._opened(sha256):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
        except (FileNotFoundError, InvalidTag, ValueError):
            target.unlink(missing_ok=True)
            return False
        return True

    def is_whole(self, sha256: str) -> bool:
        """Read a file to its end; tell whether it is the one of that hash."""
        try:
            for _block in self._opened(sha256):
                pass
        except (FileNotFoundError, InvalidTag, ValueError):
            return False
        return True

    def _path(self, sha256: str) -> Path:
        name = hmac.new(self._names, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self._place.folder / FOLDER / name[:2] / name

    def _cipher(self, sha256: str) -> AESGCM:
        return AESGCM(
            derived_key(self._data_key, b"daksha-backup-asset-v1" + bytes.fromhex(sha256))
        )

    def _sealed(self, sha256: str, source: Path) -> Iterator[bytes]:
        """Yield a file in sealed chunks; where each stands, and that the last is the last, is sealed too."""
        cipher, digest = self._cipher(sha256), hashlib.sha256()
        try:
            file = source.open("rb")
        except FileNotFoundError as missing:
            raise _NotThatFile from missing
        with file:
            number, chunk = 0, file.read(_CHUNK)
            while True:
                following = file.read(_CHUNK)
                digest.update(chunk)
                if not following and digest.hexdigest() != sha256:
                    raise _NotThatFile  # its key is for one content only
                yield cipher.encrypt(_nonce(number, is_last=not following), chunk, None)
                if not following:
                    return
                number, chunk = number + 1, following

    def _opened(self, sha256: str) -> Iterator[bytes]:
        """Yield a file's blocks. Raises FileNotFoundError, InvalidTag and ValueError for another's bytes."""
        cipher, digest = self._cipher(sha256), hashlib.sha256()
        with self._path(sha256).open("rb") as file:
            number, sealed = 0, file.read(_CHUNK + _TAG)
            while True:
                following = file.read(_CHUNK + _TAG)
                block = cipher.decrypt(_nonce(number, is_last=not following), sealed, None)
                digest.update(block)
                yield block
                if not following:
                    break
                number, sealed = number + 1, following
        if digest.hexdigest() != sha256:
            raise ValueError(sha256)


def sealed_size(size: int) -> int:
    """Return how long a file of `size` bytes is here."""
    chunks = max(1, -(-size // _CHUNK))
    return size + chunks * _TAG


def _nonce(number: int, *, is_last: bool) -> bytes:
    """Return a nonce: the key is of this content alone, so each is used for one plaintext only."""
    return number.to_bytes(11, "big") + (_LAST if is_last else _MORE)
