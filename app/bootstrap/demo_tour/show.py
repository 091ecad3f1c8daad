"""The demo plant in the window, in a folder of its own that is kept for the next time."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

from app.bootstrap.demo_site import FEWEST_PEOPLE, found_demo_site
from app.bootstrap.window import run_window
from app.core.base.progress import Progress


def show_demo(people: int, progress: Progress) -> int:
    """Open the window on the demo folder; the first time it offers to set the demo plant up.

    A larger plant has a folder of its own, and is set up before the window opens.
    """
    folder = Path(PlatformDirs("Daksha Demo", appauthor=False).user_data_dir)
    if people > FEWEST_PEOPLE:
        folder = folder.with_name(f"{folder.name} {people}")
    os.environ["DAKSHA_DATA"] = str(folder)
    os.environ["DAKSHA_KEYS"] = str(folder.with_name(f"{folder.name} keys"))
    if people > FEWEST_PEOPLE and not (folder / "daksha.json").exists():
        found_demo_site(folder, progress, people).close()
    return run_window()
