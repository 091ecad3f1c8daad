"""Stored files that come from other PCs in pieces, in any order, over weeks and through power cuts."""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.core.content.asset_files import flush_files, flush_folders
from app.core.content.assets import AssetStore
from app.core.storage.faults import told_plainly

_BLOCK = 1 << 20
_PIECES, _STRETCHES, _WHOLE = ".pieces", ".stretches", ".whole"
_STRETCH = struct.Struct(">QQ")
_MOST_HELD, _MOST_HELD_BYTES = 500, 64 << 20
"""Small files are brought to the disk together: how many at most, and how long together."""
_BROUGHT_DOWN_EVERY = 64 << 20
"""How much of a large file a power cut may cost."""

Stretch = tuple[int, int]


@dataclass(slots=True)
class _Growing:
    """The file whose bytes come at the moment."""

    sha256: str
    size: int
    file: BinaryIO
    start: int
    end: int


@dataclass(slots=True)
class Arrivals:
    """Puts files together until they are whole and what their hash says, then into the store.

    What came is on the disk when `settle` returns; what came before a crash needs not come again.
    """

    store: AssetStore
    folder: Path
    """Where pieces lie meanwhile, on the store's disk."""
    came: list[str] = field(default_factory=list)
    """Hashes of the files that are in the store now."""
    wrong: list[str] = field(default_factory=list)
    """Hashes that the bytes did not have."""
    _growing: _Growing | None = None
    _held: dict[str, int] = field(default_factory=dict)

    def take(self, sha256: str, size: int, place: int, data: bytes) -> None:
        """Keep what belongs at `place` of a file that is `size` long. Raises DiskFull."""
        if self.store.holds(sha256, size) or sha256 in self._held:
            return
        with told_plainly():
            if place == 0 and len(data) == size:
                self._take_whole(sha256, data)
            else:
                self._take_piece(sha256, size, place, data)

    def settle(self) -> None:
        """Bring to the disk, and where it is whole into the store, what came. Raises DiskFull."""
        with told_plainly():
            self._end_stretch()
            self._place_held()

    def tidy(self) -> None:
        """Let go of pieces of files that came whole by another way."""
        for pieces in self.folder.glob(f"*{_PIECES}"):
            if self.store.place_for(pieces.stem).is_file():
                self._forget(pieces.stem)
                self._path(pieces.stem, _WHOLE).unlink(missing_ok=True)

    def _take_whole(self, sha256: str, data: bytes) -> None:
        if hashlib.sha256(data).hexdigest() != sha256:
            self.wrong.append(sha256)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._path(sha256, _WHOLE).write_bytes(data)
        self._held[sha256] = len(data)
        if len(self._held) >= _MOST_HELD or sum(self._held.values()) >= _MOST_HELD_BYTES:
            self._place_held()

    def _take_piece(self, sha256: str, size: int, place: int, data: bytes) -> None:
        growing = self._growing
        if growing is None or (growing.sha256, growing.end) != (sha256, place):
            self._end_stretch()
            growing = self._growing = self._opened(sha256, size, place)
        growing.file.write(data)
        growing.end = place + len(data)
        if growing.end == size or growing.end - growing.start >= _BROUGHT_DOWN_EVERY:
            self._end_stretch()

    def _opened(self, sha256: str, size: int, place: int) -> _Growing:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(sha256, _PIECES)
        path.touch()
        file = path.open("r+b")
        file.seek(place)
        return _Growing(sha256, size, file, place, place)

    def _end_stretch(self) -> None:
        growing, self._growing = self._growing, None
        if growing is None:
            return
        growing.file.close()
        pieces = self._path(growing.sha256, _PIECES)
        # The bytes first: a stretch that is noted is there.
        flush_files((pieces,))
        noted = self._path(growing.sha256, _STRETCHES)
        with noted.open("ab") as file:
            file.write(_STRETCH.pack(growing.start, growing.end))
        flush_files((noted,))
        if _covers(self._stretches(noted), growing.size):
            self._finish(growing.sha256, growing.size)

    def _stretches(self, noted: Path) -> list[Stretch]:
        content = noted.read_bytes()
        whole = len(content) - len(content) % _STRETCH.size
        return list(_STRETCH.iter_unpack(content[:whole]))

    def _finish(self, sha256: str, size: int) -> None:
        pieces = self._path(sha256, _PIECES)
        with pieces.open("r+b") as file:
            file.truncate(size)
        if _hash_of(pieces) == sha256:
            self._move([(pieces, sha256)])
        else:
            self.wrong.append(sha256)
        self._forget(sha256)

    def _place_held(self) -> None:
        held = [(self._path(sha256, _WHOLE), sha256) for sha256 in self._held]
        flush_files([path for path, _sha256 in held])
        self._move(held)
        self._held.clear()

    def _move(self, files: Iterable[tuple[Path, str]]) -> None:
        folders: dict[Path, None] = {}
        for path, sha256 in files:
            final = self.store.place_for(sha256)
            final.parent.mkdir(parents=True, exist_ok=True)
            path.replace(final)
            folders[final.parent] = None
            self.came.append(sha256)
        flush_folders(list(folders))

    def _forget(self, sha256: str) -> None:
        for ending in (_STRETCHES, _PIECES):
            self._path(sha256, ending).unlink(missing_ok=True)

    def _path(self, sha256: str, ending: str) -> Path:
        # Asking the store refuses what is no hash before it becomes a name.
        return self.folder / f"{self.store.place_for(sha256).name}{ending}"


def _covers(stretches: Iterable[Stretch], size: int) -> bool:
    reached = 0
    for start, end in sorted(stretches):
        if start > reached:
            return False
        reached = max(reached, end)
    return reached >= size


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
