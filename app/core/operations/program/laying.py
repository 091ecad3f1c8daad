"""Laying a version down beside the others: whole and on the disk, or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.base.installation import PART, Installation
from app.core.base.progress import Progress
from app.core.content import sync_folder
from app.core.operations.program.errors import (
    InstallUnderWay,
    NoRoomForProgram,
    ProgramFolderClosed,
)
from app.core.operations.program.release import ReleasedFile
from app.core.operations.program.upgrade_file import UpgradeFile
from app.core.storage.faults import DiskFull, told_plainly
from app.core.storage.locks import FileLock

_LOCK = "install.lock"
_MARGIN = 64_000_000
_MAY_RUN, _PLAIN = 0o755, 0o644


@contextmanager
def alone(installation: Installation) -> Iterator[None]:
    """Let nobody else install meanwhile. Raises InstallUnderWay, ProgramFolderClosed, DiskFull."""
    lock = FileLock(installation.versions / _LOCK)
    try:
        is_taken = lock.take()
    except OSError as refusal:
        if refusal.errno == errno.ENOSPC:
            raise DiskFull from refusal
        raise ProgramFolderClosed(installation.home) from refusal
    if not is_taken:
        raise InstallUnderWay
    with lock:
        yield


def check_room(installation: Installation, size: int) -> None:
    """Raise NoRoomForProgram where the disk does not take a version of so many bytes."""
    free = shutil.disk_usage(installation.home).free
    if free < size + _MARGIN:
        raise NoRoomForProgram(installation.home, size + _MARGIN, free)


def clear(installation: Installation) -> None:
    """Take away what an installation that was killed has left, and versions that are neither in force nor before.

    What a running program holds stays until the next time.
    """
    pointer = installation.pointer()
    stays = {pointer.current, pointer.before, installation.running}
    for folder in _folders(installation.versions):
        if folder.name not in stays:
            shutil.rmtree(folder, ignore_errors=True)


def lay(installation: Installation, name: str, upgrade: UpgradeFile, progress: Progress) -> None:
    """Write a version's files under its name, each one checked. Raises an UpgradeRefused, DiskFull.

    It bears another name until the last of them is on the disk.
    """
    part = installation.versions / f"{name}{PART}"
    try:
        with told_plainly():
            part.mkdir()
        for file, blocks in upgrade.files(progress):
            _write(part / file.path, file, blocks)
        for link in upgrade.release.links:
            with told_plainly():
                place = part / link.path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.symlink_to(link.leads_to)
        with told_plainly():
            _bring_down(part)
            part.rename(installation.folder(name))
            sync_folder(installation.versions)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def take_away(installation: Installation, name: str) -> None:
    """Take a version away that did not work."""
    shutil.rmtree(installation.folder(name), ignore_errors=True)


def _write(place: Path, said: ReleasedFile, blocks: Iterator[bytes]) -> None:
    with told_plainly():
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        place.chmod(_MAY_RUN if said.is_program else _PLAIN)


def _bring_down(folder: Path) -> None:
    """Bring the entries of every folder down to the disk: the files are there already."""
    for here, _folders_in, _files in os.walk(folder):
        sync_folder(Path(here))


def _folders(versions: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in versions.iterdir() if one.is_dir() and not one.is_symlink()]
    return []
