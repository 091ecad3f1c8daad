"""The editor's two columns: the outline stays in sight while the lesson beside it scrolls."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.kit.folding import FoldingPair, scrolled
from app.ui.kit.layouts import NO_LIMIT, SideBySide
from app.ui.kit.theme import current_theme

_OUTLINE_WIDTH, _SIDE_WIDTH = 316, 272
_FOLD_BELOW, _FOLD_SIDE = 680, 700
_LEAST_HEIGHT, _LEAST_FOLDED = 280, 700


class EditorColumns(FoldingPair):
    """Outline at the left, form and checks at the right; one over the other where it is narrow."""

    def __init__(
        self, outline: QWidget, form: QWidget, side: QWidget, parent: QWidget | None = None
    ) -> None:
        self._outline = outline
        self._page = scrolled(SideBySide(form, side, side_width=_SIDE_WIDTH, fold_below=_FOLD_SIDE))
        parts = outline, self._page
        super().__init__(*parts, shares=(2, 3), fold_below=_FOLD_BELOW, parent=parent)

    def to_top(self) -> None:
        """Show the lesson from its beginning."""
        self._page.verticalScrollBar().setValue(0)

    @override
    def fit(self, *, narrow: bool) -> None:
        theme = current_theme()
        self.setMinimumHeight(theme.px(_LEAST_FOLDED if narrow else _LEAST_HEIGHT))
        wide = theme.px(_OUTLINE_WIDTH)
        self._outline.setMinimumWidth(0 if narrow else wide)
        self._outline.setMaximumWidth(NO_LIMIT if narrow else wide)
