"""Files and folders dropped anywhere on a screen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.theme import Ink, TextRole, current_theme

Taker = Callable[[tuple[Path, ...]], None]


class FileDrops(QObject):
    """Lets `host` take files anywhere; says what would happen while they hang over it."""

    def __init__(self, host: QWidget, sentence: str, take: Taker) -> None:
        super().__init__(host)
        self._host = host
        self._take = take
        self._veil = QFrame(host)
        self._veil.setProperty("drop", "over")
        self._veil.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines = column(self._veil, gap=12)
        centre = Qt.AlignmentFlag.AlignHCenter
        lines.addStretch(1)
        lines.addWidget(IconLabel("upload", Ink.PRIMARY, 44), 0, centre)
        lines.addWidget(PlainLabel(sentence, TextRole.H1), 0, centre)
        lines.addStretch(1)
        self._veil.hide()
        host.setAcceptDrops(True)
        host.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if kind == QEvent.Type.DragLeave:
            self._veil.hide()
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._veil.hide()
            self._take(_paths(event))
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not _paths(event):
            return False
        edge = current_theme().px(16)
        self._veil.setGeometry(self._host.rect().adjusted(edge, edge, -edge, -edge))
        self._veil.show()
        self._veil.raise_()
        event.acceptProposedAction()
        return True


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def one_at_a_time() -> str:
    """Return why nothing is taken of several things: nobody could say which course they make."""
    return _("Drop one folder, or one file, at a time.")
