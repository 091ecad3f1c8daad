"""How pages look, to those who read them and to those who write them."""

from PySide6.QtGui import QFont

from app.ui.kit.theme import Ink, TextRole, current_theme


def page_style(scale: float = 1.0) -> str:
    """Return the style sheet of pages in the look in force, with letters so much larger."""
    theme = current_theme()
    line, soft, text = theme.hex(Ink.BORDER), theme.hex(Ink.SURFACE2), theme.hex(Ink.TEXT)
    return (
        f"body, p, li, td {{ color: {text}; line-height: 150%; }}"
        f"h1 {{ font-size: {theme.px(round(26 * scale))}px; }}"
        f"h2 {{ font-size: {theme.px(round(20 * scale))}px; }}"
        f"h3 {{ font-size: {theme.px(round(17 * scale))}px; }} p {{ margin: 0 0 {theme.px(12)}px 0; }}"
        f"li {{ margin: 0 0 {theme.px(6)}px 0; }}"
        f"th {{ background-color: {soft}; text-align: left; }}"
        f"th, td {{ padding: {theme.px(9)}px; border: 1px solid {line}; }}"
        f"blockquote {{ background-color: {theme.hex(Ink.PRIMARY_SOFT)}; color: {text}; }}"
        f"code, pre {{ background-color: {soft}; }}"
    )


def page_font(scale: float = 1.0) -> QFont:
    """Return the letters of a page's paragraphs, so much larger."""
    made = current_theme().font(TextRole.BODY)
    made.setPixelSize(current_theme().px(round(16 * scale)))
    return made
