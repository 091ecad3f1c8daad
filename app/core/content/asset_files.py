"""Files of the asset store as the disk has them: read in blocks, brought down safely."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from io import FileIO
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.storage.faults import told_plainly

_BLOCK = 1 << 20
_FEW_PATHS = 16
"""From how many files on they are brought to the disk all at once."""


class FileUnreadable(UserFacingError):
    """A file that was to be stored could not be read to its end."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("{name} could not be read. {reason}").format(name=name, reason=reason),
            safe=_("Nothing was changed."),
            remedy=_("Copy the file to this PC and try again."),
        )


def blocks_of(source: Path, progress: Progress) -> Iterator[bytes]:
    """Yield a file block by block, telling the progress. Raises FileUnreadable."""
    done = 0
    try:
        with source.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            while block := file.read(_BLOCK):
                done += len(block)
                progress.step(done, total, shown_name(source.name))
                yield block
    except OSError as refusal:
        raise FileUnreadable(shown_name(source.name), why_refused(refusal)) from refusal


def write_new(path: Path, blocks: Iterator[bytes]) -> tuple[str, int]:
    """Write a file that is not there yet; return its SHA-256, hexadecimal, and how long it is.

    Raises DiskFull, and what `blocks` does; then there is no such file.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with told_plainly(), _created(path) as file:
            for block in blocks:
                digest.update(block)
                size += len(block)
                _write_whole(file, block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def shown_name(untrusted_name: str) -> str:
    """Return a file name that can be kept and shown, whatever bytes the disk has for it."""
    return untrusted_name.encode("utf-8", "replace").decode("utf-8")


def flush_files(paths: Collection[Path]) -> None:
    """Make sure that a power cut does not undo what was written."""
    _flush(paths, _sync_file)


def flush_folders(paths: Collection[Path]) -> None:
    """Make sure that a power cut does not undo renamings."""
    _flush(paths, sync_folder)


def _created(path: Path) -> FileIO:
    try:
        return path.open("xb", buffering=0)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb", buffering=0)


def _write_whole(file: FileIO, block: bytes) -> None:
    """Write a block; the system takes less of it at once only when something is about to go wrong."""
    written = file.write(block)
    while written < len(block):
        written += file.write(block[written:])


def _flush(paths: Collection[Path], flush: Callable[[Path], None]) -> None:
    """Bring files or folders to the disk: many at once, where the system can.

    Five hundred files one by one cost as many commits of the file system's own journal.
    """
    if len(paths) > _FEW_PATHS and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        flush(path)


def _sync_file(path: Path) -> None:
    """Bring one file to the disk; one that was taken away again needs it no more."""
    try:
        # Windows flushes only what may be written to.
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        with told_plainly():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make sure that a power cut does not undo the renaming (Windows does that by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
