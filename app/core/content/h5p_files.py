"""Where H5P's own run-time lies, if somebody has put it on this PC.

npm's h5p-standalone calls itself MIT and holds H5P's core, which is under the GPL: so the product
is shipped without it (docs/adr/0013), and plays H5P where the site has added it.
"""

import os
from pathlib import Path

from app.core.base.resources import resource

CHOSEN_H5P = "DAKSHA_H5P"
"""Names the folder that holds main.bundle.js: `dist` of h5p-standalone 3.8."""

_NEEDED = ("main.bundle.js", "frame.bundle.js", "styles/h5p.css")


def h5p_runtime() -> Path | None:
    """Return the run-time's folder, the one that the setting names first; None when there is none."""
    chosen = os.environ.get(CHOSEN_H5P)
    places = [Path(chosen)] if chosen else []
    places.append(resource("web", "h5p-standalone"))
    return next((one for one in places if all((one / name).is_file() for name in _NEEDED)), None)
