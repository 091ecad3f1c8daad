"""A part of a package in a window of its own: a child of the player's, left before it is gone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.layouts import column
from app.ui.learning.web.page import CoursePage

_SHARE = 0.9
"""Of the screen, in each direction."""


class UnitWindow(QWidget):
    """Shows one page. Closing it asks to leave the part; it goes when that was done."""

    leave_asked = Signal()

    def __init__(self, page: CoursePage, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.page = page
        self.view = QWebEngineView(self)
        self.view.setPage(page)
        self.view.setAccessibleName(_("Window of the course"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        column(self, gap=0).addWidget(self.view)
        self.setFocusProxy(self.view)
        self.setWindowTitle(title)
        self.resize(self.screen().availableGeometry().size() * _SHARE)
        page.windowCloseRequested.connect(self.leave_asked)
        page.renderProcessTerminated.connect(lambda _status, _code: self.leave_asked.emit())
        self.show()

    def come_forward(self, *, full: bool) -> None:
        """Show the window over all others, or over the whole screen."""
        self.showFullScreen() if full else self.showNormal()
        self.raise_()
        self.activateWindow()

    def empty(self, then: Callable[[], None]) -> None:
        """Take the page's content away, so that it says its last words; then call `then`."""
        self.hide()
        self.page.loadFinished.connect(lambda _is_whole: then())
        self.page.load(QUrl("about:blank"))

    def drop(self) -> None:
        """Close the window and delete it."""
        self.hide()
        self.view.setPage(None)  # type: ignore[arg-type]  # as Qt documents it: none
        self.page.deleteLater()
        self.deleteLater()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave full screen by Esc, where the page has no use for it."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.leave_asked.emit()
