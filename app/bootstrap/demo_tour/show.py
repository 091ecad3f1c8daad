"""The demo plant in the window, in a folder of its own that is kept for the next time."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

from app.bootstrap.window import run_window


def show_demo() -> int:
    """Open the window on the demo folder; the first time it offers to set the demo plant up."""
    folder = Path(PlatformDirs("Daksha Demo", appauthor=False).user_data_dir)
    os.environ["DAKSHA_DATA"] = str(folder)
    os.environ["DAKSHA_KEYS"] = str(folder.with_name(f"{folder.name} keys"))
    return run_window()
