"""The asset store: files under their SHA-256, beside the database. Written once, never changed."""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
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
from app.core.base.sharing import Errands
from app.core.base.words import _
from app.core.content.asset_files import (
    blocks_of,
    flush_files,
    flush_folders,
    shown_name,
    sync_folder,
    write_new,
)
from app.core.content.models import AssetDestroyedRow, AssetRow
from app.core.journal import Unit

_SHA256 = re.compile(r"[0-9a-f]{64}")
STAGING_PREFIX = "staging-"
"""Of folders in the store whose content is not kept; what a power cut leaves is removed later."""
_LEFT_BEHIND_SECONDS = 2 * 24 * 3600
_LARGE = 1 << 20
"""From how many bytes on a file is worth a turn of the disk of its own."""
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


class AssetNotHere(AssetMissing):
    """A stored file is not on this PC: it has not come yet, or was lost."""

    def __init__(self, sha256: str) -> None:
        UserFacingError.__init__(
            self,
            _("This needs a file that is not on this PC ({name}).").format(name=sha256[:12]),
            safe=_("Training records are not touched."),
            remedy=_(
                "Ask whoever looks after this PC to bring the files of courses from another one,"
                " or to restore a backup."
            ),
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
            raise AssetNotHere(sha256)
        return self._path(sha256)

    def holds(self, sha256: str, size: int) -> bool:
        """Tell whether a file lies here in full length."""
        return _is_whole(self._path(sha256), size)

    def place_for(self, sha256: str) -> Path:
        """Return where a file of this hash is to lie; for what comes from other PCs (arrivals).

        Raises AssetNotHere.
        """
        if not _SHA256.fullmatch(sha256):
            raise AssetNotHere(sha256)
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
        return {
            row.sha256: _asset(row) for row in rows if _is_whole(self._path(row.sha256), row.size)
        }

    def destroy(self, unit: Unit, hashes: Iterable[str]) -> int:
        """Let files lie here no more, now or when they come again; return how many lay here."""
        gone = 0
        for sha256 in hashes:
            if unit.get(AssetDestroyedRow, sha256) is None:
                unit.add(AssetDestroyedRow(sha256=sha256))
            path = self._path(sha256)
            gone += path.exists()
            path.unlink(missing_ok=True)
            _aside(path).unlink(missing_ok=True)
        return gone

    def set_aside(self, sha256: str) -> None:
        """Let a file that is no longer what it was count as missing; it stays under another name."""
        path = self._path(sha256)
        path.replace(_aside(path))

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
        path = folder / f"{os.getpid()}-{os.urandom(8).hex()}.part"
        return _Written(path, *write_new(path, blocks))

    def _bring_down(self, written: _Written) -> None:
        """Make sure that no power cut undoes what was written, before it is named."""
        try:
            flush_files((written.path,))
        except BaseException:
            written.path.unlink(missing_ok=True)
            raise

    def _place(self, written: _Written) -> None:
        """Move a file under its hash, where it is not there already."""
        self._bring_down(written)
        final = self._path(written.sha256)
        if _is_whole(final, written.size):
            written.path.unlink(missing_ok=True)
            return
        try:
            os.replace(written.path, final)  # noqa: PTH105  ten thousand times in one transaction
        except FileNotFoundError:
            final.parent.mkdir(exist_ok=True)
            written.path.replace(final)
        self._moved_to(final)

    def _moved_to(self, final: Path) -> None:
        """Make sure that no power cut undoes the move."""
        sync_folder(final.parent)

    def _path(self, sha256: str) -> Path:
        return self._folder.joinpath(sha256[:2], sha256)


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
        self._unsettled: dict[str, Path] = {}
        self._errands = Errands()
        self._corner = folder / f"{STAGING_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"

    def copy(self, source: Path, progress: Progress) -> StagedFile:
        """Copy a file into the store's folder. Raises DiskFull and FileUnreadable."""
        written = self._write(self._corner, blocks_of(source, progress))
        self._copied[source] = written
        self._kept.setdefault(written.sha256, written)
        self._flush_soon(written)
        return StagedFile(sha256=written.sha256, size=written.size)

    def keep(self, content: bytes) -> None:
        """Write bytes that were made here into the store's folder. Raises DiskFull."""
        self.take(iter([content]))

    def take(self, blocks: Iterator[bytes]) -> StagedFile:
        """Write what is read elsewhere into the store's folder. Raises DiskFull, and what `blocks` does.

        Several threads may do so at once.
        """
        written = self._write(self._corner, blocks)
        if self._kept.setdefault(written.sha256, written) is written:
            self._flush_soon(written)
        else:
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
        if source not in self._copied:
            self.copy(source, progress)
        return self._add(unit, self._copied[source], media_type, source.name)

    @override
    def add_bytes(self, unit: Unit, content: bytes, media_type: str, name: str) -> StoredAsset:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self._kept:
            self.keep(content)
        return self._add(unit, self._kept[sha256], media_type, name)

    def flush(self) -> None:
        """Make sure that no power cut undoes what was copied and taken, before it is added."""
        self._errands.wait()
        flush_files(self._unflushed)
        self._unflushed.clear()

    def settle(self) -> None:
        """Make sure that no power cut undoes the moves; called last in the transaction."""
        flush_folders([path.parent for path in self._unsettled.values()])
        self._unsettled.clear()

    def _row(self, file: TakenFile) -> dict[str, object]:
        return {
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type,
            "name": shown_name(file.name),
            "added_at": self._clock.now(),
        }

    def _flush_soon(self, written: _Written) -> None:
        """Bring a large file to the disk while the next are read; the small ones all at once later."""
        if written.size >= _LARGE:
            self._errands.give(partial(flush_files, (written.path,)))
        else:
            self._unflushed.append(written.path)

    @override
    def _bring_down(self, written: _Written) -> None:
        self.flush()

    @override
    def _moved_to(self, final: Path) -> None:
        self._placed.append(final)
        self._unsettled[final.parent.name] = final

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
        self._errands.end()
        shutil.rmtree(self._corner, ignore_errors=True)
        if error is not None:
            for path in self._placed:
                path.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _is_whole(path: Path, size: int) -> bool:
    try:
        facts = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_size == size


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
