"""Where a file is made while it is converted: a folder of the store that its maker holds.

What a killed program left behind is known by nobody's holding it, and is removed at once.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from app.core.content.assets import STAGING_PREFIX

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PREFIX = f"{STAGING_PREFIX}webm-"
_HELD = "held"


@contextlib.contextmanager
def corner_in(folder: Path) -> Iterator[Path]:
    """Make a folder that is held until it is removed, with everything in it."""
    corner = folder / f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"
    corner.mkdir(parents=True)
    try:
        with (corner / _HELD).open("wb") as mark:
            _hold(mark.fileno())
            yield corner
    finally:
        shutil.rmtree(corner, ignore_errors=True)


def clear_abandoned(folder: Path) -> None:
    """Remove the folders that programs left behind which are no more."""
    for corner in folder.glob(f"{_PREFIX}*"):
        if _is_abandoned(corner):
            shutil.rmtree(corner, ignore_errors=True)


def _is_abandoned(corner: Path) -> bool:
    try:
        with (corner / _HELD).open("r+b") as mark:
            _hold(mark.fileno())
    except OSError:
        return False  # somebody holds it, or it is being made or removed this very moment
    return True


def _hold(descriptor: int) -> None:
    """Lock an open file. Raises OSError when another holds it; the system lets go with the program."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
