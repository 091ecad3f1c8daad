"""How everything looks: colours, type, spacing, and the one style sheet made of them."""

from app.ui.kit.theme.theme import Appearance, Theme, current_theme
from app.ui.kit.theme.tokens import Ink, Palette, TextRole, Tokens, Tone, load_tokens

__all__ = [
    "Appearance",
    "Ink",
    "Palette",
    "TextRole",
    "Theme",
    "Tokens",
    "Tone",
    "current_theme",
    "load_tokens",
]
