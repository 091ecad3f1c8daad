"""The asset store: files under their SHA-256, beside the database. Written once, never changed."""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content.asset_files import (
    blocks_of,
    flush_files,
    flush_folders,
    shown_name,
    sync_folder,
)
from app.core.content.models import AssetRow
from app.core.journal import Unit
from app.core.storage.faults import told_plainly

_SHA256 = re.compile(r"[0-9a-f]{64}")
STAGING_PREFIX = "staging-"
"""Of folders in the store whose content is not kept; what a power cut leaves is removed later."""
_LEFT_BEHIND_SECONDS = 2 * 24 * 3600
_FEW = 500
_TURN = "stored files"
"""How many hashes go into one query."""


class AssetMissing(UserFacingError):
    """A stored file is gone from the data folder, or is not what it was."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("A stored file is missing or damaged ({name}).").format(name=sha256[:12]),
            safe=_("Training records are not touched."),
            remedy=_("Import the course again, or restore a backup."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsset:
    """A file in the store."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """What was taken into a staging, and what it is called."""

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
        written = self._write(self._folder, blocks_of(source, progress))
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
        rows = _known(session, hashes).values()
        return {row.sha256: _asset(row) for row in rows if self._holds(row.sha256, row.size)}

    def room(self) -> int:
        """Return how many bytes the disk of the store still takes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _add(self, unit: Unit, written: _Written, media_type: str, name: str) -> StoredAsset:
        self._place(written)
        unit.take_turn(_TURN)
        row = unit.scalars(
            sa.select(AssetRow).where(AssetRow.sha256 == written.sha256)
        ).one_or_none()
        if row is None:
            row = AssetRow(
                sha256=written.sha256,
                size=written.size,
                media_type=media_type,
                name=shown_name(name),
                added_at=self._clock.now(),
            )
            unit.add(row)
            unit.flush()
        return _asset(row)

    def _write(self, folder: Path, blocks: Iterator[bytes]) -> _Written:
        partial = folder / f"{os.getpid()}-{os.urandom(8).hex()}.part"
        digest, size = hashlib.sha256(), 0
        try:
            with told_plainly(), self._created(partial) as file:
                for block in blocks:
                    digest.update(block)
                    size += len(block)
                    file.write(block)
                file.flush()
                self._written(partial, file.fileno())
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return _Written(partial, digest.hexdigest(), size)

    def _created(self, path: Path) -> BinaryIO:
        try:
            return path.open("xb")
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("xb")

    def _written(self, _path: Path, descriptor: int) -> None:
        """Make sure that no power cut undoes what was written."""
        os.fsync(descriptor)

    def _place(self, written: _Written) -> bool:
        """Move a file under its hash; tell whether it was not there before."""
        if self._holds(written.sha256, written.size):
            written.path.unlink(missing_ok=True)
            return False
        final = self._path(written.sha256)
        try:
            os.replace(written.path, final)  # noqa: PTH105  ten thousand times in one transaction
        except FileNotFoundError:
            final.parent.mkdir(exist_ok=True)
            written.path.replace(final)
        self._moved_into(final.parent)
        return True

    def _moved_into(self, folder: Path) -> None:
        sync_folder(folder)

    def _holds(self, sha256: str, size: int) -> bool:
        try:
            facts = self._path(sha256).stat()
        except OSError:
            return False
        return stat.S_ISREG(facts.st_mode) and facts.st_size == size

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


class Staging(AssetStore):
    """A store for one import: `copy` and `keep` outside the transaction; inside, adding only moves.

    What is not in a file of its own (a package's files) is taken block by block: `take`, `add_taken`.

    Used as a context: on leaving, what nobody added is removed; when leaving by an error, so is
    what was added, because the transaction that named it was undone.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder, clock)
        self._copied: dict[Path, _Written] = {}
        self._kept: dict[str, _Written] = {}
        self._placed: list[Path] = []
        self._unflushed: list[Path] = []
        self._unsettled: set[Path] = set()
        self._corner = folder / f"{STAGING_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"

    def copy(self, source: Path, progress: Progress) -> StagedFile:
        """Copy a file into the store's folder. Raises DiskFull and FileUnreadable."""
        written = self._write(self._corner, blocks_of(source, progress))
        self._copied[source] = written
        self._kept.setdefault(written.sha256, written)
        return StagedFile(sha256=written.sha256, size=written.size)

    def keep(self, content: bytes) -> None:
        """Write bytes that were made here into the store's folder. Raises DiskFull."""
        self.take(iter([content]))

    def take(self, blocks: Iterator[bytes]) -> StagedFile:
        """Write what is read elsewhere into the store's folder. Raises DiskFull, and what `blocks` does.

        Several threads may do so at once.
        """
        written = self._write(self._corner, blocks)
        if self._kept.setdefault(written.sha256, written) is not written:
            written.path.unlink()
        return StagedFile(sha256=written.sha256, size=written.size)

    def add_taken(self, unit: Unit, files: Iterable[TakenFile]) -> None:
        """Keep what was taken, in few statements; the same bytes are kept once."""
        wanted = {file.sha256: file for file in files}
        for sha256 in wanted:
            self._place(self._kept[sha256])
        unit.take_turn(_TURN)
        known = _known(unit, wanted)
        rows = [self._row(file) for sha256, file in wanted.items() if sha256 not in known]
        unit.insert_many(AssetRow, rows)

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

    def flush(self) -> None:
        """Make sure that no power cut undoes what was copied and taken, before it is added."""
        flush_files(self._unflushed)
        self._unflushed.clear()

    def settle(self) -> None:
        """Make sure that no power cut undoes the moves; called last in the transaction."""
        flush_folders(self._unsettled)
        self._unsettled.clear()

    def _row(self, file: TakenFile) -> dict[str, object]:
        return {
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type,
            "name": shown_name(file.name),
            "added_at": self._clock.now(),
        }

    @override
    def _written(self, path: Path, descriptor: int) -> None:
        self._unflushed.append(path)

    @override
    def _place(self, written: _Written) -> bool:
        self.flush()
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


def _known(session: Session, hashes: Iterable[str]) -> dict[str, AssetRow]:
    """Return the rows of those of `hashes` that are known."""
    wanted = sorted({sha256 for sha256 in hashes if _SHA256.fullmatch(sha256)})
    return {
        row.sha256: row
        for start in range(0, len(wanted), _FEW)
        for row in session.scalars(
            sa.select(AssetRow).where(AssetRow.sha256.in_(wanted[start : start + _FEW]))
        )
    }


def _asset(row: AssetRow) -> StoredAsset:
    return StoredAsset(
        id=row.id, sha256=row.sha256, size=row.size, media_type=row.media_type, name=row.name
    )
