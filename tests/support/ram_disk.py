"""Temporary folders in memory: tests sync to the disk as the product does, and wait for none.

What a kill leaves is the same there; what a power cut leaves is tried on disks that the tests make up.
"""

import os
import shutil
import tempfile
from pathlib import Path

_RAM_DISK = Path("/dev/shm")  # Linux has it; pytest makes its own folder in it
_ROOM_BYTES = 6 << 30
"""More than a whole run holds at a time. Containers often give 64 MB."""


def prefer_ram_disk() -> None:
    """Let temporary folders lie in memory where it has room, unless somebody named another place.

    Those of the processes that tests start lie there too. Pytest has asked for the place before any of
    our code runs, and Python does not look a second time.
    """
    if "TMPDIR" in os.environ or not _RAM_DISK.is_dir():
        return
    if shutil.disk_usage(_RAM_DISK).free >= _ROOM_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_RAM_DISK)
