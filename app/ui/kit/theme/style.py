"""Fills the style template from a palette, and makes the QPalette that Fusion paints the rest with."""

import re
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

from app.core.base.resources import resource
from app.ui.kit.theme.tokens import Ink, Palette

_MARK = re.compile(r"\$([a-z0-9_]+)|\b(\d+)sp\b")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@lru_cache(maxsize=1)
def _template() -> str:
    return _COMMENT.sub("", resource("style", "app.qss.tmpl").read_text("utf-8"))


def style_sheet(palette: Palette, scale: float) -> str:
    """Return the application's style sheet. Raises ValueError for a colour no token names."""

    def fill(match: re.Match[str]) -> str:
        if match[1]:
            return palette[Ink(match[1])]
        return f"{round(int(match[2]) * scale)}px"

    return _MARK.sub(fill, _template())


_ROLES = {
    QPalette.ColorRole.Window: Ink.BG,
    QPalette.ColorRole.WindowText: Ink.TEXT,
    QPalette.ColorRole.Base: Ink.SURFACE,
    QPalette.ColorRole.AlternateBase: Ink.SURFACE2,
    QPalette.ColorRole.Text: Ink.TEXT,
    QPalette.ColorRole.PlaceholderText: Ink.TEXT3,
    QPalette.ColorRole.Button: Ink.SURFACE,
    QPalette.ColorRole.ButtonText: Ink.TEXT,
    QPalette.ColorRole.BrightText: Ink.DANGER,
    QPalette.ColorRole.Highlight: Ink.PRIMARY,
    QPalette.ColorRole.HighlightedText: Ink.ON_PRIMARY,
    QPalette.ColorRole.ToolTipBase: Ink.TEXT,
    QPalette.ColorRole.ToolTipText: Ink.BG,
    QPalette.ColorRole.Link: Ink.PRIMARY,
    QPalette.ColorRole.LinkVisited: Ink.PRIMARY,
    QPalette.ColorRole.Accent: Ink.PRIMARY,
    QPalette.ColorRole.Light: Ink.SURFACE2,
    QPalette.ColorRole.Midlight: Ink.SURFACE2,
    QPalette.ColorRole.Mid: Ink.BORDER,
    QPalette.ColorRole.Dark: Ink.BORDER_STRONG,
    QPalette.ColorRole.Shadow: Ink.BORDER_STRONG,
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def qt_palette(palette: Palette) -> QPalette:
    """Return what Fusion takes for every control that the style sheet does not reach."""
    made = QPalette()
    for role, ink in _ROLES.items():
        made.setColor(role, QColor(palette[ink]))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette[Ink.TEXT3]))
    return made
