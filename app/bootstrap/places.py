"""Where the data folder and the key folder lie."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("Daksha", appauthor=False)


def data_folder() -> Path:
    """Return DAKSHA_DATA; else the PC's folder where an installer made one; else the user's."""
    given = os.environ.get("DAKSHA_DATA")
    if given:
        return Path(given)
    shared = Path(_DIRS.site_data_dir)
    return shared if (shared / "daksha.json").exists() else Path(_DIRS.user_data_dir)


def keys_folder() -> Path:
    """Return DAKSHA_KEYS, else a folder beside the user's settings, away from the data."""
    given = os.environ.get("DAKSHA_KEYS")
    return Path(given) if given else Path(_DIRS.user_config_dir) / "keys"
