"""Widgets that were shown before they had a place: for a moment each is a window of its own."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

_MEANT = Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Dialog


class StrayWindows(QObject):
    """Notes windows that open while it watches, but for menus, hints and dialogs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() not in _MEANT
        ):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False
