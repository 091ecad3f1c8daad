"""A package's page in a window of its own, or over the whole screen; Esc or closing brings it back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class OwnWindow(QObject):
    """Takes one page out at a time. Whoever owns the page puts it back when told."""

    came_back = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._page: QWidget | None = None

    @property
    def is_out(self) -> bool:
        """Tell whether a page is out."""
        return self._page is not None

    def take_out(self, page: QWidget, *, full: bool) -> None:
        """Give a page a window, or the whole screen."""
        if self._page is not None:
            return
        self._page = page
        size = page.size()
        page.setParent(None)
        page.setWindowFlag(Qt.WindowType.Window, on=True)
        page.installEventFilter(self)
        if full:
            page.showFullScreen()
        else:
            page.resize(size)
            page.show()
        page.setFocus()

    def bring_back(self) -> None:
        """Take the window away from the page."""
        page, self._page = self._page, None
        if page is not None:
            page.removeEventFilter(self)
            page.setWindowFlag(Qt.WindowType.Window, on=False)
            self.came_back.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        is_key = event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        if (is_key and is_escape) or event.type() == QEvent.Type.Close:
            event.accept() if is_key else event.ignore()
            self.bring_back()
            return True
        return super().eventFilter(watched, event)
