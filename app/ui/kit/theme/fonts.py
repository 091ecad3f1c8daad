"""The shipped fonts: loaded once, and the order in which a language's reader needs them."""

import logging

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase

from app.core.base.resources import resource

log = logging.getLogger(__name__)

_SCRIPT_OF = {
    "hi": "Devanagari",
    "mr": "Devanagari",
    "ta": "Tamil",
    "te": "Telugu",
    "bn": "Bengali",
    "gu": "Gujarati",
    "kn": "Kannada",
    "ml": "Malayalam",
    "pa": "Gurmukhi",
    "or": "Oriya",
}


class _Loaded:
    """Whether this process has its fonts."""

    done = False


def load_fonts() -> None:
    """Make the shipped fonts known to Qt. A checkout without them uses the system's."""
    if _Loaded.done:
        return
    _Loaded.done = True
    # Qt warns for each Latin font asked to draw an Indic word, then does the right thing.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    files = sorted(resource("fonts").glob("*.ttf"))
    if not files:
        log.warning("no shipped fonts found; using those of the system")
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            log.warning("font %s cannot be read", file.name)


def families_for(language: str, families: tuple[str, ...]) -> list[str]:
    """Return the font families in order: Latin first, then the script of `language`.

    Inter has no Indic letters, so it never takes them from the Noto families behind it.
    """
    script = _SCRIPT_OF.get(language)
    own = f"Noto Sans {script}"
    if script is None or own not in families:
        return list(families)
    return [families[0], own, *(name for name in families[1:] if name != own)]
