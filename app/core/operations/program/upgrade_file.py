"""The upgrade file: a signed list, and after it the files of a version one after the other, compressed.

    DAKSHA-UPGRADE-1\\n  length of the paper (4 bytes, big-endian)  the paper (release.py)  zstd

The list is signed and holds the size and hash of each file, so the stream needs no structure of its own.
Read and written in blocks: neither takes more memory for a program of any size.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from backports import zstd

from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.keys import PaperRefused, PaperTooNew
from app.core.operations.program.errors import (
    UpgradeDamaged,
    UpgradeNotRead,
    UpgradeTooNew,
    UpgradeUnreadable,
)
from app.core.operations.program.release import Release, ReleasedFile, read_release

ENDING = ".daksha-upgrade"
_MARK_OF_ALL = b"DAKSHA-UPGRADE-"
_MARK = _MARK_OF_ALL + b"1\n"
_LENGTH_BYTES = 4
_MOST_PAPER = 8 << 20
_BLOCK = 1 << 20
_LEVEL = 12
_WORKERS = 2
_PACKING: dict[int, int] = {
    zstd.CompressionParameter.compression_level: _LEVEL,
    zstd.CompressionParameter.nb_workers: _WORKERS,
}
_UNPACKING: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 27}
"""Memory that a stream may ask for to be unpacked: 128 MB."""


class UpgradeFile:
    """An upgrade file that is open for reading: its release, then its files, each once."""

    def __init__(self, path: Path, read: Callable[[int], bytes]) -> None:
        """Read the release from what `read` gives; its signature is in order, whose key it is has yet to be found out.

        Raises UpgradeUnreadable, UpgradeDamaged, UpgradeTooNew.
        """
        self._path = path
        self._read = read
        self.paper = self._paper()
        try:
            self.release, self.key = read_release(self.paper)
        except PaperTooNew as refusal:
            raise UpgradeTooNew(path) from refusal
        except PaperRefused as refusal:
            raise UpgradeDamaged(path) from refusal
        self.digest = hashlib.sha256(self.paper).digest()

    def files(self, progress: Progress) -> Iterator[tuple[ReleasedFile, Iterator[bytes]]]:
        """Yield each file with its blocks, which are to be taken before the next one.

        That a file is the one that was signed is known when its last block was taken. Raises
        UpgradeDamaged.
        """
        whole, done = self.release.size, 0
        stream = Unpacked(self._read)
        for file in self.release.files:
            progress.step(done, whole, file.path)
            yield file, self._blocks(stream, file)
            done += file.size
        if self._taken(stream, 1) or not stream.is_at_end:
            raise UpgradeDamaged(self._path)
        progress.step(whole, whole)

    def _blocks(self, stream: "Unpacked", file: ReleasedFile) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), file.size
        while left:
            block = self._taken(stream, min(_BLOCK, left))
            if not block:
                raise UpgradeDamaged(self._path)
            digest.update(block)
            left -= len(block)
            yield block
        if digest.digest() != file.sha256:
            raise UpgradeDamaged(self._path, file.path)

    def _taken(self, stream: "Unpacked", count: int) -> bytes:
        try:
            return stream.read(count)
        except zstd.ZstdError as damage:
            raise UpgradeDamaged(self._path) from damage

    def _paper(self) -> bytes:
        mark = self._read(len(_MARK))
        if mark != _MARK:
            is_later = mark.startswith(_MARK_OF_ALL) and len(mark) == len(_MARK)
            raise UpgradeTooNew(self._path) if is_later else UpgradeUnreadable(self._path)
        length = int.from_bytes(self._read(_LENGTH_BYTES), "big")
        if not 0 < length <= _MOST_PAPER:
            raise UpgradeDamaged(self._path)
        return self._read(length)


@contextmanager
def opened_upgrade(path: Path) -> Iterator[UpgradeFile]:
    """Open an upgrade file. Raises UpgradeNotRead, also for a stick that goes while it is read."""
    try:
        file = path.open("rb", buffering=0)
    except OSError as refusal:
        raise UpgradeNotRead(path, why_refused(refusal)) from refusal
    with file:
        yield UpgradeFile(path, lambda count: _read(path, file, count))


def _read(path: Path, file: BinaryIO, count: int) -> bytes:
    """Return so many bytes, or as many as there are. Raises UpgradeNotRead.

    What is written meanwhile may be refused, too; that is told apart.
    """
    got = bytearray()
    try:
        while len(got) < count and (block := file.read(count - len(got))):
            got += block
    except OSError as refusal:
        raise UpgradeNotRead(path, why_refused(refusal)) from refusal
    return bytes(got)


class Unpacked:
    """What a compressed stream holds, as far as it is asked for."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._unpacker = zstd.ZstdDecompressor(options=_UNPACKING)

    def read(self, count: int) -> bytes:
        """Return up to so many bytes; none at the end, or where the stream breaks off. Raises ZstdError."""
        while not self._unpacker.eof:
            wants_more = self._unpacker.needs_input
            packed = self._read(_BLOCK) if wants_more else b""
            if wants_more and not packed:
                return b""
            block = self._unpacker.decompress(packed, count)
            if block:
                return block
        return b""

    @property
    def is_at_end(self) -> bool:
        """Tell whether the stream has ended as it should, and nothing comes after it."""
        return self._unpacker.eof and not self._unpacker.unused_data and not self._read(1)


def write_upgrade(
    target: BinaryIO, paper: bytes, folder: Path, release: Release, progress: Progress
) -> bool:
    """Write an upgrade file of the files in a folder; False where one is not as it was listed."""
    target.write(_MARK + len(paper).to_bytes(_LENGTH_BYTES, "big") + paper)
    done = 0
    with zstd.ZstdFile(target, "w", options=_PACKING) as stream:
        for file in release.files:
            progress.step(done, release.size, file.path)
            digest, size = hashlib.sha256(), 0
            with (folder / file.path).open("rb") as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    stream.write(block)
            if (digest.digest(), size) != (file.sha256, file.size):
                return False
            done += file.size
    progress.step(done, release.size, _("Written"))
    return True
