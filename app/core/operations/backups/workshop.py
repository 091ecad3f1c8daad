"""A folder to copy and check in, within the data folder: one program at a time."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.operations.backups.errors import BackupUnderWay
from app.core.storage.faults import told_plainly
from app.core.storage.locks import FileLock

_NAME = "backup-in-work"


@contextmanager
def work_in(folder: Path) -> Iterator[Path]:
    """Give a workshop in a data folder, alone. Raises BackupUnderWay.

    What a program that was killed has left there is taken away.
    """
    with FileLock(folder / "backup.lock") as lock, told_plainly():
        if not lock.take():
            raise BackupUnderWay
        workshop = folder / _NAME
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir()
        try:
            yield workshop
        finally:
            shutil.rmtree(workshop, ignore_errors=True)


@contextmanager
def work_anywhere() -> Iterator[Path]:
    """Give a workshop where there is no data folder."""
    with told_plainly():
        workshop = Path(tempfile.mkdtemp(prefix="daksha-backup-"))
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
