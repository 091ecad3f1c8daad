"""The asset store: files beside the database, and the rows that name them. Written once, never changed."""

import hashlib
import os
import shutil
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
from app.core.base.progress import Progress
from app.core.base.sharing import Errands
from app.core.content.asset_files import (
    blocks_of,
    flush_files,
    flush_folders,
    shown_name,
)
from app.core.content.asset_folder import AssetFolder, Written, is_name
from app.core.content.models import AssetDestroyedRow, AssetRow
from app.core.journal import Unit

STAGING_PREFIX = "staging-"
"""Of folders in the store whose content is not kept; what a power cut leaves is removed later."""
_LEFT_BEHIND_SECONDS = 2 * 24 * 3600
_LARGE = 1 << 20
"""From how many bytes on a file is worth a turn of the disk of its own."""
_FEW = 500
"""How many hashes go into one query."""
_TURN = "stored files"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFile:
    """What was copied: its hash and how long it really was."""

    sha256: str
    size: int


class AssetStore(AssetFolder):
    """Keeps files and the rows that name them. Bytes are on disk before the row."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder)
        self._clock = clock

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

    def stored(self, session: Session, hashes: Iterable[str]) -> dict[str, StoredAsset]:
        """Return those of `hashes` that are known and whose files lie here in full length."""
        rows = _known(session, hashes).values()
        return {row.sha256: _asset(row) for row in rows if self.holds(row.sha256, row.size)}

    def destroy(self, unit: Unit, hashes: Iterable[str]) -> int:
        """Let files lie here no more, now or when they come again; return how many lay here."""
        gone = 0
        for sha256 in hashes:
            if unit.get(AssetDestroyedRow, sha256) is None:
                unit.add(AssetDestroyedRow(sha256=sha256))
            gone += self._remove(sha256)
        return gone

    def _add(self, unit: Unit, written: Written, media_type: str, name: str) -> StoredAsset:
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


class Staging(AssetStore):
    """A store for one import: `copy` and `keep` outside the transaction; inside, adding only moves.

    What is not in a file of its own (a package's files) is taken block by block: `take`, `add_taken`.

    Used as a context: on leaving, what nobody added is removed; when leaving by an error, so is
    what was added, because the transaction that named it was undone.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder, clock)
        self._copied: dict[Path, Written] = {}
        self._kept: dict[str, Written] = {}
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

    def _flush_soon(self, written: Written) -> None:
        """Bring a large file to the disk while the next are read; the small ones all at once later."""
        if written.size >= _LARGE:
            self._errands.give(partial(flush_files, (written.path,)))
        else:
            self._unflushed.append(written.path)

    @override
    def _bring_down(self, written: Written) -> None:
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


def _known(session: Session, hashes: Iterable[str]) -> dict[str, AssetRow]:
    """Return the rows of those of `hashes` that are known."""
    wanted = sorted({sha256 for sha256 in hashes if is_name(sha256)})
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
