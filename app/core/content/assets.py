"""The asset store: files under their SHA-256, beside the database. Written once, never changed."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content.models import AssetRow
from app.core.journal import Unit
from app.core.storage.faults import told_plainly

_BLOCK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
STAGING_PREFIX = "staging-"
"""Of folders in the store whose content is not kept; what a power cut leaves is removed later."""
_LEFT_BEHIND_SECONDS = 2 * 24 * 3600
_FEW = 500
"""How many hashes go into one query."""


class AssetMissing(UserFacingError):
    """A stored file is gone from the data folder, or is not what it was."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("A stored file is missing or damaged ({name}).").format(name=sha256[:12]),
            safe=_("Training records are not touched."),
            remedy=_("Import the course again, or restore a backup."),
        )


class FileUnreadable(UserFacingError):
    """A file that was to be stored could not be read to its end."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("{name} could not be read: {reason}.").format(name=name, reason=reason),
            safe=_("Nothing was changed."),
            remedy=_("Copy the file to this PC and try again."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsset:
    """A file in the store."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class _Written:
    """A file that lies in the store's folder, but not yet under its hash."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFile:
    """What was copied: its hash and how long it really was."""

    sha256: str
    size: int


class AssetStore:
    """Keeps files in `folder/ab/abcd…`. Bytes are on disk before the row that names them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Return where the store lies; what is made for it is made on the same disk."""
        return self._folder

    def add_file(
        self, unit: Unit, source: Path, media_type: str, progress: Progress
    ) -> StoredAsset:
        """Copy a file in, in blocks, and return it; the same bytes are kept once.

        Raises DiskFull and FileUnreadable. The unit's lock is held meanwhile: large files are
        staged first.
        """
        written = self._write(self._folder, _blocks_of(source, progress))
        return self._add(unit, written, media_type, source.name)

    def add_bytes(self, unit: Unit, content: bytes, media_type: str, name: str) -> StoredAsset:
        """Keep bytes that were made here. Raises DiskFull."""
        return self._add(unit, self._write(self._folder, iter([content])), media_type, name)

    def staging(self) -> "Staging":
        """Return a store whose files can be copied in before the transaction that names them."""
        return Staging(self._folder, self._clock)

    def path(self, sha256: str) -> Path:
        """Return where a file lies. Raises AssetMissing when it does not."""
        if not _SHA256.fullmatch(sha256) or not self._path(sha256).is_file():
            raise AssetMissing(sha256)
        return self._path(sha256)

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes, checked against their hash. Raises AssetMissing."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise AssetMissing(sha256)
        return content

    def stored(self, session: Session, hashes: Iterable[str]) -> dict[str, StoredAsset]:
        """Return those of `hashes` that are known and whose files lie here in full length."""
        wanted = sorted({sha256 for sha256 in hashes if _SHA256.fullmatch(sha256)})
        rows = [
            row
            for start in range(0, len(wanted), _FEW)
            for row in session.scalars(
                sa.select(AssetRow).where(AssetRow.sha256.in_(wanted[start : start + _FEW]))
            )
        ]
        return {row.sha256: _asset(row) for row in rows if self._holds(row.sha256, row.size)}

    def room(self) -> int:
        """Return how many bytes the disk of the store still takes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _add(self, unit: Unit, written: _Written, media_type: str, name: str) -> StoredAsset:
        self._place(written)
        row = unit.scalars(
            sa.select(AssetRow).where(AssetRow.sha256 == written.sha256)
        ).one_or_none()
        if row is None:
            row = AssetRow(
                sha256=written.sha256,
                size=written.size,
                media_type=media_type,
                name=_shown(name),
                added_at=self._clock.now(),
            )
            unit.add(row)
            unit.flush()
        return _asset(row)

    def _write(self, folder: Path, blocks: Iterator[bytes]) -> _Written:
        partial = folder / f"{os.getpid()}-{os.urandom(4).hex()}.part"
        digest, size = hashlib.sha256(), 0
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with told_plainly(), partial.open("wb") as file:
                for block in blocks:
                    digest.update(block)
                    size += len(block)
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return _Written(partial, digest.hexdigest(), size)

    def _place(self, written: _Written) -> bool:
        """Move a file under its hash; tell whether it was not there before."""
        final = self._path(written.sha256)
        if self._holds(written.sha256, written.size):
            written.path.unlink(missing_ok=True)
            return False
        final.parent.mkdir(exist_ok=True)
        written.path.replace(final)
        self._moved_into(final.parent)
        return True

    def _moved_into(self, folder: Path) -> None:
        _sync_folder(folder)

    def _holds(self, sha256: str, size: int) -> bool:
        path = self._path(sha256)
        return path.is_file() and path.stat().st_size == size

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


class Staging(AssetStore):
    """A store for one import: `copy` and `keep` outside the transaction; inside, adding only moves.

    Used as a context: on leaving, what nobody added is removed; when leaving by an error, so is
    what was added, because the transaction that named it was undone.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder, clock)
        self._copied: dict[Path, _Written] = {}
        self._kept: dict[str, _Written] = {}
        self._placed: list[Path] = []
        self._unsettled: set[Path] = set()
        self._corner = folder / f"{STAGING_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"

    def copy(self, source: Path, progress: Progress) -> StagedFile:
        """Copy a file into the store's folder. Raises DiskFull and FileUnreadable."""
        written = self._write(self._corner, _blocks_of(source, progress))
        self._copied[source] = written
        return StagedFile(sha256=written.sha256, size=written.size)

    def keep(self, content: bytes) -> None:
        """Write bytes that were made here into the store's folder. Raises DiskFull."""
        written = self._write(self._corner, iter([content]))
        self._kept[written.sha256] = written

    @override
    def add_file(
        self, unit: Unit, source: Path, media_type: str, progress: Progress
    ) -> StoredAsset:
        written = self._copied.get(source)
        if written is None:
            return super().add_file(unit, source, media_type, progress)
        return self._add(unit, written, media_type, source.name)

    @override
    def add_bytes(self, unit: Unit, content: bytes, media_type: str, name: str) -> StoredAsset:
        written = self._kept.get(hashlib.sha256(content).hexdigest())
        if written is None:
            return super().add_bytes(unit, content, media_type, name)
        return self._add(unit, written, media_type, name)

    def settle(self) -> None:
        """Make sure that no power cut undoes the moves; called last in the transaction."""
        for folder in self._unsettled:
            _sync_folder(folder)
        self._unsettled.clear()

    @override
    def _place(self, written: _Written) -> bool:
        is_new = super()._place(written)
        if is_new:
            self._placed.append(self._path(written.sha256))
        return is_new

    @override
    def _moved_into(self, folder: Path) -> None:
        self._unsettled.add(folder)

    def __enter__(self) -> Self:
        """Remove what imports that lost power left behind."""
        oldest = self._clock.now().timestamp() - _LEFT_BEHIND_SECONDS
        for corner in self._folder.glob(f"{STAGING_PREFIX}*"):
            if corner.stat().st_mtime < oldest:
                shutil.rmtree(corner, ignore_errors=True)
        return self

    def __exit__(
        self,
        error: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Remove what was not added; after an error, everything that was."""
        shutil.rmtree(self._corner, ignore_errors=True)
        if error is not None:
            for path in self._placed:
                path.unlink(missing_ok=True)


def _asset(row: AssetRow) -> StoredAsset:
    return StoredAsset(
        id=row.id, sha256=row.sha256, size=row.size, media_type=row.media_type, name=row.name
    )


def _blocks_of(source: Path, progress: Progress) -> Iterator[bytes]:
    """Yield a file block by block, telling the progress."""
    done = 0
    try:
        with source.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            while block := file.read(_BLOCK):
                done += len(block)
                progress.step(done, total, _shown(source.name))
                yield block
    except OSError as refusal:
        raise FileUnreadable(_shown(source.name), refusal.strerror or "") from refusal


def _shown(untrusted_name: str) -> str:
    """Return a file name that can be kept and shown, whatever bytes the disk has for it."""
    return untrusted_name.encode("utf-8", "replace").decode("utf-8")


def _sync_folder(folder: Path) -> None:
    """Make sure that a power cut does not undo the renaming (Windows does that by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
