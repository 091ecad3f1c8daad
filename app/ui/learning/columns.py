"""A card in the middle of a page that scrolls, no wider than lines can be read."""

from PySide6.QtWidgets import QWidget

from app.ui.kit.layouts import ScrollPage, column, row
from app.ui.kit.theme import current_theme

_MOST = 100


def page_of(card: QWidget, width: int, *, above: int = 0, below: int = 1) -> ScrollPage:
    """Return a page with `card` in its middle, at most `width` design pixels wide.

    `above` and `below` share out the height that the card leaves.
    """
    card.setMaximumWidth(current_theme().px(width))
    page = ScrollPage(page=False)
    around = column(page.content, gap=0)
    line = row(gap=0)
    line.addStretch(1)
    line.addWidget(card, _MOST)
    line.addStretch(1)
    around.addStretch(above)
    around.addLayout(line)
    around.addStretch(below)
    return page
