"""Where a package is seen: its contents at the side, its page, or a tile where there is no page."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.core.learning import Situation
from app.ui.kit.layouts import row
from app.ui.kit.notices import EmptyState
from app.ui.kit.theme import current_theme
from app.ui.learning.packages.contents import ContentsPanel

_CONTENTS_WIDTH = 240
_CONTENTS_NEED = 720


class PackageStage(QWidget):
    """Shows what it is told to. Contents fold away where there is no room, or when asked."""

    def __init__(self, reopen: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = ContentsPanel()
        self.pages = QStackedWidget()
        self.tile = EmptyState("", icon="package", action=_("Open it again"), act=reopen)
        self._has_parts = False
        self._is_wanted: bool | None = None
        """What somebody chose by hand; None: as the room allows."""
        line = row(self, gap=10)
        self.contents.setFixedWidth(current_theme().px(_CONTENTS_WIDTH))
        self.contents.hide()
        line.addWidget(self.contents)
        line.addWidget(self.pages, 1)
        self.pages.addWidget(QWidget())
        self.pages.addWidget(self.tile)

    def put_on(self, page: QWidget) -> None:
        """Show a launch's page."""
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def take_off(self, page: QWidget) -> None:
        """Take a launch's page away; it is not deleted."""
        self.pages.setCurrentIndex(0)
        self.pages.removeWidget(page)

    def show_tile(self, sentence: str, *, again: bool) -> None:
        """Say something in place of a page; `again` offers to open the package once more."""
        self.tile.set_sentence(sentence)
        if self.tile.button is not None:
            self.tile.button.setVisible(again)
        self.pages.setCurrentWidget(self.tile)

    def show_situation(self, situation: Situation, page: QWidget) -> None:
        """Show where a launch is."""
        self._has_parts = sum(line.opens for line in situation.contents) > 1
        self.contents.show_lines(situation.contents)
        self._fold()
        if situation.is_over:
            told = _("You have left this package. Your progress is saved.")
            self.show_tile(told, again=True)
        elif not situation.current:
            self.show_tile(_("Choose a part from the contents."), again=False)
        elif self.pages.indexOf(page) >= 0:
            self.pages.setCurrentWidget(page)

    def toggle_contents(self) -> None:
        """Show the contents, or take them away."""
        self._is_wanted = self.contents.isHidden()
        self._fold()

    def _fold(self) -> None:
        has_room = self.width() >= current_theme().px(_CONTENTS_NEED)
        is_wanted = has_room if self._is_wanted is None else self._is_wanted
        self.contents.setVisible(self._has_parts and is_wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
