"""A package is kept: its files as assets, staged without any lock; its index as one more."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.core.base.progress import Progress, SharedProgress
from app.core.base.sharing import made_of_each, meanwhile
from app.core.content.assets import Staging, TakenFile
from app.core.content.media_types import media_type_of
from app.core.content.packages.archive import Archive, Entry
from app.core.content.packages.index import PACKAGE_TYPE, index_bytes
from app.core.content.packages.values import PackageFile, PackageIndex, PackageManifest
from app.core.journal import Unit


def take_package(
    staging: Staging, archive: Archive, manifest: PackageManifest, progress: Progress
) -> PackageIndex:
    """Write every file of an archive into the staging; return the package's index, taken as well.

    Raises ArchiveRefused for what turns out damaged, DiskFull, and Cancelled by the progress.
    """
    told = SharedProgress(progress, archive.size)
    with meanwhile(partial(archive.sha256, told.again)) as whole:
        # In the order of the archive, so that a stick is read from its beginning to its end.
        files = made_of_each(partial(_take, staging, archive, told), archive.entries.values())
    files.sort(key=lambda one: one.name)
    index = PackageIndex(manifest=manifest, files=tuple(files), archive_sha256=whole.result())
    staging.keep(index_bytes(index))
    return index


def take_lone_manifest(
    staging: Staging, path: Path, manifest: PackageManifest, progress: Progress
) -> PackageIndex:
    """Write a manifest that came without an archive into the staging, as a package of one file."""
    taken = staging.copy(path, progress)
    file = PackageFile(
        name=f"{manifest.standard.value}.xml",
        sha256=taken.sha256,
        size=taken.size,
        media_type=media_type_of(path.name),
    )
    index = PackageIndex(manifest=manifest, files=(file,), archive_sha256=taken.sha256)
    staging.keep(index_bytes(index))
    return index


def add_package(unit: Unit, staging: Staging, index: PackageIndex, name: str) -> str:
    """Name in the records what was taken; return the SHA-256 of the index."""
    staging.add_taken(
        unit,
        [
            TakenFile(
                sha256=file.sha256,
                size=file.size,
                media_type=file.media_type,
                name=file.name.rpartition("/")[2],
            )
            for file in index.files
        ],
    )
    return staging.add_bytes(unit, index_bytes(index), PACKAGE_TYPE, name).sha256


def _take(staging: Staging, archive: Archive, told: SharedProgress, entry: Entry) -> PackageFile:
    taken = staging.take(_through(told, archive.blocks(entry), entry.name))
    return PackageFile(
        name=entry.name,
        sha256=taken.sha256,
        size=taken.size,
        media_type=media_type_of(entry.name),
    )


def _through(told: SharedProgress, blocks: Iterator[bytes], note: str) -> Iterator[bytes]:
    for block in blocks:
        yield block
        told.passed(len(block), note)
