"""A window that a course opens: a child of the player's, of the same launch, gone with it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.layouts import column
from app.ui.learning.web.page import CoursePage

_WIDTH, _HEIGHT = 900, 640
_LEAST = 200


class Popup(QWidget):
    """Shows a page that another one opened; Esc or its close button ends it."""

    gone = Signal()

    def __init__(self, page: CoursePage, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self._page = page
        self._is_gone = False
        self.view = QWebEngineView(self)
        self.view.setPage(page)
        self.view.setAccessibleName(_("Window of the course"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        column(self, gap=0).addWidget(self.view)
        self.setWindowTitle(_("Course"))
        self.resize(_WIDTH, _HEIGHT)
        page.titleChanged.connect(self._take_title)
        page.geometryChangeRequested.connect(self._take_geometry)
        page.windowCloseRequested.connect(self.close)
        page.renderProcessTerminated.connect(self.close)
        self.show()

    def _take_title(self, title: str) -> None:
        self.setWindowTitle(title[:200] or _("Course"))

    def _take_geometry(self, wanted: QRect) -> None:
        room = self.screen().availableGeometry()
        width = min(max(wanted.width(), _LEAST), room.width())
        height = min(max(wanted.height(), _LEAST), room.height())
        self.resize(width, height)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.view.setPage(None)  # type: ignore[arg-type]  # as Qt documents it: none
        if not self._is_gone:
            self._is_gone = True
            self._page.deleteLater()
            self.gone.emit()
            self.deleteLater()
