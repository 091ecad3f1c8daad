"""Where the data folder and the key folder lie."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

from app.core.storage.reserve import RESERVE_BYTES

_DIRS = PlatformDirs("Daksha", appauthor=False)


def data_folder() -> Path:
    """Return DAKSHA_DATA; else the PC's folder where an installer made one; else the user's."""
    given = os.environ.get("DAKSHA_DATA")
    if given:
        return Path(given)
    shared = Path(_DIRS.site_data_dir)
    return shared if (shared / "daksha.json").exists() else Path(_DIRS.user_data_dir)


def reserve_bytes() -> int:
    """Return what DAKSHA_RESERVE_MIB says is kept in reserve on the disk; else 64 MiB. 0: nothing is."""
    given = os.environ.get("DAKSHA_RESERVE_MIB", "")
    return int(given) << 20 if given.isdecimal() else RESERVE_BYTES


def keys_folder() -> Path:
    """Return DAKSHA_KEYS, else a folder beside the user's settings, away from the data."""
    given = os.environ.get("DAKSHA_KEYS")
    return Path(given) if given else Path(_DIRS.user_config_dir) / "keys"
