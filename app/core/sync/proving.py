"""Reads files of courses and sees on the way whether each still is what its hash says."""

import hashlib
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, cast

from app.core.sync.volumes import MaterialDamaged, OpenAsset


class Proving:
    """Opens files; knows afterwards which were not what they were. Each is read from its beginning on."""

    def __init__(self, open_asset: OpenAsset, told: Callable[[int], None]) -> None:
        """Open through `open_asset`; `told` is told how much was read."""
        self._open = open_asset
        self._told = told
        self._digests: dict[bytes, hashlib._Hash] = {}
        self._missing: set[bytes] = set()
        self._done = 0

    def open(self, sha256: bytes) -> BinaryIO:
        """Return a file. Raises MaterialDamaged where there is none."""
        digest = self._digests.setdefault(sha256, hashlib.sha256())
        try:
            file = self._open(sha256)
        except (MaterialDamaged, OSError):
            self._missing.add(sha256)
            raise

        def passed(block: bytes) -> None:
            digest.update(block)
            self._done += len(block)
            self._told(self._done)

        # Of a file only what `note_volume` asks for: it seeks, and reads on.
        return cast("BinaryIO", _Read(file, passed))

    def is_wrong(self, sha256: str) -> bool:
        """Tell whether a file that was read to its end had another hash, or is not there."""
        name = bytes.fromhex(sha256)
        digest = self._digests.get(name)
        return name in self._missing or (digest is not None and digest.digest() != name)


class _Read:
    def __init__(self, file: BinaryIO, passed: Callable[[bytes], None]) -> None:
        self._file = file
        self._passed = passed

    def read(self, size: int, /) -> bytes:
        block = self._file.read(size)
        self._passed(block)
        return block

    def seek(self, place: int) -> int:
        return self._file.seek(place)

    def __enter__(self) -> "_Read":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()
