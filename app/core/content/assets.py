"""The asset store: files under their SHA-256, beside the database. Written once, never changed."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content.models import AssetRow
from app.core.journal import Unit

_BLOCK = 1 << 20


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


class AssetStore:
    """Keeps files in `folder/ab/abcd…`. Bytes are on disk before the row that names them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def add_file(
        self, unit: Unit, source: Path, media_type: str, progress: Progress
    ) -> StoredAsset:
        """Copy a file in, in blocks, and return it; the same bytes are kept once."""
        total = source.stat().st_size
        with source.open("rb") as file:
            blocks = _watched(iter(lambda: file.read(_BLOCK), b""), total, source.name, progress)
            return self._add(unit, blocks, media_type, source.name)

    def add_bytes(self, unit: Unit, content: bytes, media_type: str, name: str) -> StoredAsset:
        """Keep bytes that were made here."""
        return self._add(unit, iter([content]), media_type, name)

    def path(self, sha256: str) -> Path:
        """Return where a file lies. Raises AssetMissing when it does not."""
        path = self._path(sha256)
        if not path.is_file():
            raise AssetMissing(sha256)
        return path

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes, checked against their hash. Raises AssetMissing."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise AssetMissing(sha256)
        return content

    def _add(self, unit: Unit, blocks: Iterator[bytes], media_type: str, name: str) -> StoredAsset:
        sha256, size = self._write(blocks)
        row = unit.scalars(sa.select(AssetRow).where(AssetRow.sha256 == sha256)).one_or_none()
        if row is None:
            row = AssetRow(
                sha256=sha256,
                size=size,
                media_type=media_type,
                name=name,
                added_at=self._clock.now(),
            )
            unit.add(row)
            unit.flush()
        return StoredAsset(
            id=row.id, sha256=sha256, size=size, media_type=row.media_type, name=row.name
        )

    def _write(self, blocks: Iterator[bytes]) -> tuple[str, int]:
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{os.getpid()}-{os.urandom(4).hex()}.part"
        digest, size = hashlib.sha256(), 0
        try:
            with partial.open("wb") as file:
                for block in blocks:
                    digest.update(block)
                    size += len(block)
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            final = self._path(digest.hexdigest())
            final.parent.mkdir(exist_ok=True)
            partial.replace(final)
        finally:
            partial.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _watched(blocks: Iterator[bytes], total: int, name: str, progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        done += len(block)
        progress.step(done, total, name)
        yield block
