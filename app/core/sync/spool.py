"""Pieces that wait on the disk until they are written out, readable by nobody meanwhile.

A manifest stands before its segments and knows their hashes, so all are packed before the first is
written. They hold people's records: the waiting file has a key that only this object knows.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.storage.faults import told_plainly

_NONCE_BYTES = 12


class Spool:
    """A file without a name, gone when it is closed."""

    def __init__(self, folder: Path) -> None:
        """Make the file on the disk of `folder`. Raises DiskFull and what else is told plainly."""
        self._cipher = AESGCM(AESGCM.generate_key(bit_length=256))
        self._lengths: list[int] = []
        with told_plainly():
            # Closed by `close`: the pieces outlive this method.
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115

    def close(self) -> None:
        """Let go of everything."""
        self._file.close()

    def append(self, piece: bytes) -> None:
        """Keep a piece. Raises DiskFull and what else is told plainly."""
        sealed = self._cipher.encrypt(self._nonce(len(self._lengths)), piece, None)
        with told_plainly():
            self._file.seek(0, os.SEEK_END)
            self._file.write(sealed)
        self._lengths.append(len(sealed))

    def pieces(self) -> Iterator[bytes]:
        """Yield the pieces in order, one in memory at a time."""
        place = 0
        for number, length in enumerate(self._lengths):
            with told_plainly():
                self._file.seek(place)
                sealed = self._file.read(length)
            place += length
            yield self._cipher.decrypt(self._nonce(number), sealed, None)

    def _nonce(self, number: int) -> bytes:
        # The key lives as long as this file: a number is never used twice with it.
        return number.to_bytes(_NONCE_BYTES, "big")
