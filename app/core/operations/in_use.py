"""Who has a data folder open: many programs together, or one alone that changes what lies in it."""

from pathlib import Path

from app.core.operations.folder_errors import RecordsInUse
from app.core.storage.locks import FileLock


def take(folder: Path, *, alone: bool = False) -> FileLock:
    """Return the lock of a data folder, taken. Raises RecordsInUse."""
    lock = in_use(folder, alone=alone)
    if not lock.take():
        raise RecordsInUse
    return lock


def in_use(folder: Path, *, alone: bool) -> FileLock:
    """Return the lock of a data folder, not taken yet."""
    return FileLock(folder / "in-use.lock", alone=alone)
