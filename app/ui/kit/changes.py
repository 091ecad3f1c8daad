"""Tells open screens what has changed, so that nobody calls anybody's refresh."""

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class ChangeFeed(QObject):
    """Gathers topics from any thread; announces them on the window's, together."""

    changed = Signal(object)
    """Carries a frozenset[str] of topics."""
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[str] = deque()
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def announce(self, topics: Iterable[str]) -> None:
        """Say that what `topics` name has changed. May be called from any thread."""
        self._waiting.extend(topics)
        self._arrived.emit()

    @Slot()
    def _tell(self) -> None:
        topics = set()
        while self._waiting:
            topics.add(self._waiting.popleft())
        if topics:
            self.changed.emit(frozenset(topics))
