"""Where backups lie: a folder, a second disk, a stick. What is written there is read back."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.core.base.errors import UserFacingError
from app.core.content import sync_folder
from app.core.operations.backups.errors import PlaceUntrue
from app.core.operations.backups.format import BLOCK, SUFFIX, read_backup
from app.core.operations.backups.types import Backup
from app.core.storage.faults import PlaceGone, told_plainly

_PART = ".part"


class Place:
    """A folder for backups."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups here that say what they are, the newest first."""
        found = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                found.append(read_backup(path))
            except (UserFacingError, OSError):
                continue  # whoever verifies or restores this file is told what is wrong with it
        return tuple(sorted(found, key=lambda each: (each.number, each.made_at), reverse=True))

    def room(self) -> int:
        """Return how many bytes the disk still takes. Raises PlaceGone."""
        self._check_there()
        with told_plainly():
            return shutil.disk_usage(self.folder).free

    def write(self, path: Path, blocks: Iterable[bytes]) -> None:
        """Write a file whole or not at all, and read it back. Raises what the disk does, PlaceUntrue."""
        self._check_there()
        part = path.with_name(path.name + _PART)
        digest = hashlib.sha256()
        try:
            with told_plainly():
                path.parent.mkdir(parents=True, exist_ok=True)
                with self.created(part) as file:
                    for block in blocks:
                        digest.update(block)
                        file.write(block)
                    file.flush()
                    os.fsync(file.fileno())
                self._check(part, digest.digest())
                part.replace(path)
                sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):  # the disk may be gone; a part that stays is taken away later
                part.unlink(missing_ok=True)
            raise

    def _check_there(self) -> None:
        """Raise PlaceGone where the folder is not: a stick that is out must not become a folder here."""
        if not self.folder.is_dir():
            raise PlaceGone(str(self.folder))

    def _check(self, part: Path, digest: bytes) -> None:
        if _read_back(part) != digest:
            raise PlaceUntrue(self.folder)

    def created(self, path: Path) -> BinaryIO:
        """Return a new file to write to."""
        return path.open("wb")

    def remove(self, backup: Backup) -> None:
        """Take a backup away."""
        with told_plainly():
            backup.path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what a program that was killed has left."""
        with told_plainly():
            for part in self.folder.glob(f"*{SUFFIX}{_PART}"):
                part.unlink(missing_ok=True)


def _read_back(path: Path) -> bytes:
    """Return the hash of a file as the disk has it, past what is still in memory where that can be had."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.digest()
