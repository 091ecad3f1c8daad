"""Whether a disk has room for a large piece of work, asked before anything is written."""

import shutil
from pathlib import Path
from typing import Final

from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.words import _

MARGIN: Final = 64_000_000
"""Bytes that stay free beside what a piece of work needs: the records on that disk go on meanwhile."""


class NoRoom(UserFacingError):
    """A disk has too little room for what was about to begin."""

    def __init__(
        self, folder: Path, needed: int, free: int, *, safe: str = "", remedy: str = ""
    ) -> None:
        super().__init__(
            _("{folder} has {free} free; {needed} are needed.").format(
                folder=folder, free=size(free), needed=size(needed)
            ),
            safe=safe or _("Nothing was begun, and nothing was changed."),
            remedy=remedy or _("Free some space on that disk, and do it again."),
        )


def free_at(folder: Path) -> int:
    """Return how many bytes the disk of a folder still takes, also where the folder is yet to be made."""
    for there in (folder, *folder.parents):
        if there.is_dir():
            return shutil.disk_usage(there).free
    return shutil.disk_usage(folder).free


def require_room(folder: Path, needed: int, *, safe: str = "", remedy: str = "") -> None:
    """Raise NoRoom where a disk does not take so many bytes and still has some to spare."""
    free = free_at(folder)
    if free < needed + MARGIN:
        raise NoRoom(folder, needed + MARGIN, free, safe=safe, remedy=remedy)
