"""Search as you type, without asking at every key."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.ui.kit.icons import icon
from app.ui.kit.theme import Ink, current_theme

DEBOUNCE_MS = 150
_AROUND = 72
"""Room for the two pictures beside the words, in design pixels."""


class SearchBox(QLineEdit):
    """Says what to search for, 150 ms after the last key; Enter at once, Esc empties it."""

    searched = Signal(str)
    entered = Signal()
    """Enter was pressed, after what stands there was said."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", Ink.TEXT3), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(current_theme().px(180))
        words = self.fontMetrics().horizontalAdvance(placeholder)
        self._wide = max(current_theme().px(220), words + current_theme().px(_AROUND))
        self._last = ""
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(lambda _text: self._timer.start())

    def search_for(self, text: str) -> None:
        """Put something in to search for, and say so at once."""
        self.setText(text)
        self.flush()

    def flush(self) -> None:
        """Say now what stands there, if it was not said yet."""
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.flush()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.flush()
        else:
            super().keyPressEvent(event)
