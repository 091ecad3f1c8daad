"""Two pages side by side that scroll for themselves; one over the other where it is narrow."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.kit.folding import FoldingPair, scrolled
from app.ui.kit.layouts import NO_LIMIT
from app.ui.kit.theme import current_theme

_FOLD_BELOW, _SIDE_WIDTH = 760, 420
_LEAST_HEIGHT = 280


class SplitPages(FoldingPair):
    """The main page takes what the side leaves."""

    def __init__(self, main: QWidget, side: QWidget, parent: QWidget | None = None) -> None:
        self.main_page, self.side_page = scrolled(main), scrolled(side)
        pages = self.main_page, self.side_page
        super().__init__(*pages, shares=(3, 2), fold_below=_FOLD_BELOW, parent=parent)
        self.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))

    @override
    def fit(self, *, narrow: bool) -> None:
        self.side_page.setMaximumWidth(NO_LIMIT if narrow else current_theme().px(_SIDE_WIDTH))
