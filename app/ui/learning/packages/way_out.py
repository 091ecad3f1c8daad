"""The keyboard's way out of a package's page, which keeps every other key for itself."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.learning.packages.bar import PackageBar
from app.ui.learning.packages.page_place import PagePlace


class WayOut(QObject):
    """F6 leads from the page to the bar over it, and back."""

    def __init__(self, view: QWidget, bar: PackageBar, place: PagePlace) -> None:
        super().__init__(view)
        self._bar = bar
        self._place = place
        keys = QShortcut(QKeySequence(Qt.Key.Key_F6), view)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.step)

    def step(self) -> None:
        """Go from the page to the bar, or back."""
        focused, page = QApplication.focusWidget(), self._place.page
        if page is not None and focused is not None and page.isAncestorOf(focused):
            self._bar.focus_first()
        else:
            self.enter()

    def enter(self) -> None:
        """Put the focus on the page, or on the bar while there is no page."""
        if self._place.page is None:
            self._bar.focus_first()
        else:
            self._place.page.setFocus()
