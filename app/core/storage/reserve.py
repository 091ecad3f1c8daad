"""Room that is kept on the disk of the records for the day it is full: a file, given up when it counts.

A full disk is usually somebody else's doing: another program's, or that of whoever copied films to it.
What a learner does in the midst of a test is kept all the same, and whoever looks after the PC is told.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.core.storage.room import MARGIN, free_at

RESERVE_BYTES: Final = 64 << 20
"""What some ten thousand answers take, and closing the records in order."""
RESERVE_FILE: Final = "disk.reserve"
_BLOCK = 1 << 20
_log = logging.getLogger(__name__)


class Reserve:
    """The file in a data folder that takes up room, so that it can be given up."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / RESERVE_FILE

    @property
    def is_kept(self) -> bool:
        """Tell whether there is room to give up."""
        return self.path.exists()

    @property
    def is_called_for(self) -> bool:
        """Tell whether the disk has so little room that this would help."""
        try:
            return free_at(self.path.parent) < MARGIN
        except OSError:
            return False

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def keep(self, size: int = RESERVE_BYTES) -> bool:
        """Take the room up again where the disk has it to spare; tell whether it is kept now."""
        if self.is_kept:
            return True
        part = self.path.with_suffix(".part")
        with suppress(OSError):
            if free_at(self.path.parent) < size + MARGIN:
                return False
            try:
                _fill(part, size)
                part.replace(self.path)
            finally:
                part.unlink(missing_ok=True)
        return self.is_kept

    def give_up(self) -> bool:
        """Let go of the room; tell whether there was any."""
        try:
            self.path.unlink()
        except OSError:
            return False
        _log.warning("the disk is full: the room kept in reserve was given up")
        return True


def _fill(path: Path, size: int) -> None:
    """Make a file that has so many bytes on the disk, not only in its name."""
    with path.open("wb") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            # Other bytes than zeros: a file system that packs or leaves out zeros would keep no room.
            for _block in range(0, size, _BLOCK):
                file.write(os.urandom(min(_BLOCK, size)))
        file.flush()
        os.fsync(file.fileno())
