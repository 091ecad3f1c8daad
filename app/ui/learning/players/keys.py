"""The keys of a recording, the same in its page and when it fills the screen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Keys(QObject):
    """Calls what belongs to a key that reaches one of its widgets.

    A key that the focused button or list uses itself, as Space on a button, never gets here.
    `acts` says whether keys mean anything now.
    """

    def __init__(
        self,
        table: Mapping[Qt.Key, Callable[[], object]],
        acts: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._acts = acts

    def serve(self, widget: QWidget) -> None:
        """Take the keys that reach `widget`."""
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        act = self._table.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & ~_HARMLESS or not self._acts():
            return False
        act()
        return True
