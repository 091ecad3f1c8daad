"""The PySide6 in use keeps its references to None.

6.12.0 loses one with every void call on Python 3.11, where None is not immortal, and aborts the
program after some thousand calls. On Python 3.12 and later nothing can be lost.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

CALLS = 1000
NOISE = CALLS // 2
"""Other threads and the collector come and go with references; the fault takes one with every call."""


class Silent(QWidget):
    """Overrides a void method of Qt in Python."""

    def event(self, event: QEvent) -> bool:
        """Handle nothing."""
        return super().event(event)


def _timer_runs(_widget: QWidget) -> None:
    QTimer.singleShot(0, lambda: None)


@pytest.mark.parametrize(
    "call",
    [
        lambda widget: widget.setToolTip("text"),
        lambda widget: widget.setEnabled(True),
        lambda widget: widget.repaint(),
        lambda widget: QApplication.sendEvent(widget, QEvent(QEvent.Type.User)),
        lambda widget: widget.objectNameChanged.emit("name"),
        lambda _widget: QObject().deleteLater(),
        _timer_runs,
    ],
    ids=["setter", "slot", "repaint", "event", "signal", "deleteLater", "timer"],
)
def test_void_calls_keep_their_references_to_none(
    call: Callable[[QWidget], object], qtbot: QtBot
) -> None:
    widget = Silent()
    qtbot.addWidget(widget)
    widget.objectNameChanged.connect(lambda _name: None)
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        call(widget)
    QApplication.sendPostedEvents()

    assert before - sys.getrefcount(None) < NOISE
