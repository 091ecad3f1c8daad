"""A program of its own: makes one kind of void call many times, and prints how many None went missing.

In a fresh process nothing else comes and goes with references: no garbage of earlier tests, no
threads, and the collector rests.
"""

import gc
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

CALLS = 1000


class Silent(QWidget):
    """Overrides a void method of Qt in Python."""

    def event(self, event: QEvent) -> bool:
        """Handle nothing."""
        return super().event(event)


CASES: dict[str, Callable[[QWidget], object]] = {
    "setter": lambda widget: widget.setToolTip("text"),
    "slot": lambda widget: widget.setEnabled(True),
    "repaint": lambda widget: widget.repaint(),
    "event": lambda widget: QApplication.sendEvent(widget, QEvent(QEvent.Type.User)),
    "signal": lambda widget: widget.objectNameChanged.emit("name"),
    "deleteLater": lambda _widget: QObject().deleteLater(),
    "timer": lambda _widget: QTimer.singleShot(0, lambda: None),
}


def count_missing(call: Callable[[QWidget], object], widget: QWidget) -> int:
    """Return how many references to None are gone after the calls."""
    for _ in range(10):  # what the first calls prepare and keep is no loss
        call(widget)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call(widget)
    QApplication.sendPostedEvents()
    return before - sys.getrefcount(None)


def main() -> None:
    """Print the number for the case named."""
    application = QApplication([])
    widget = Silent()
    widget.objectNameChanged.connect(lambda _name: None)
    gc.collect()
    gc.disable()
    sys.stdout.write(str(count_missing(CASES[sys.argv[1]], widget)))
    del application


if __name__ == "__main__":
    main()
