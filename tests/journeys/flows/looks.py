"""Pictures of what a flow passes, for whoever looks at them: only where FLOW_LOOKS names a folder."""

import os
from pathlib import Path

from app.ui.kit.theme import Appearance
from tests.support.walking import Walker


def shot(walker: Walker, name: str) -> None:
    """Keep what is seen, light and dark."""
    folder = os.environ.get("FLOW_LOOKS")
    if not folder:
        return
    theme = walker.work.theme if walker.window.work is not None else walker.window._theme
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        theme.set_appearance(appearance)
        walker.shot(Path(folder), f"{name}-{appearance.value}")
