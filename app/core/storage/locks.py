"""A lock between programs: held by a process, and gone with it however it ends."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

_TURNS = 64
"""On Windows a lock of many is one byte of a file each; who wants it alone takes them all."""


class FileLock:
    """A file that several programs hold together, or one holds alone."""

    def __init__(self, path: Path, *, alone: bool = True, for_all: bool = True) -> None:
        """Take the file; not `for_all` is one that other accounts of the PC are kept from."""
        self._path = path
        self._alone = alone
        self._mode = 0o666 if for_all else 0o600
        self._file: int | None = None

    def take(self, *, wait: bool = False) -> bool:
        """Take the lock; False where another program holds it. Raises OSError of the disk.

        With `wait` until it is free: for what is held for a moment only.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, self._mode)
        if not _locked(file, alone=self._alone, wait=wait):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go; does nothing when it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __del__(self) -> None:
        """Let go: whoever held it is gone."""
        self.release()

    def __enter__(self) -> Self:
        """Hold what was taken until the block ends."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Let go."""
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int, *, alone: bool, wait: bool) -> bool:
        wanted = [(0, _TURNS)] if alone else [(turn, 1) for turn in range(_TURNS)]
        how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # ten seconds, or at once
        for start, length in wanted:
            os.lseek(file, start, os.SEEK_SET)
            try:
                msvcrt.locking(file, how, length)
            except OSError:
                continue
            return True
        return False

else:
    import fcntl

    def _locked(file: int, *, alone: bool, wait: bool) -> bool:
        kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
