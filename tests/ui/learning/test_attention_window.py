"""Attention stays with its window, also when Qt makes that anew (the first web page in it does)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.kit.attention import Attention
from tests.support.clock import TurnedClock


def test_input_is_noted_after_the_window_was_made_anew(
    window: QWidget, clock: TurnedClock, qtbot: QtBot
) -> None:
    attention = Attention(window, clock)
    attention.start()
    before = window.windowHandle()
    assert isinstance(before, QWindow)

    window.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=True)  # a new native window
    window.destroy()
    window.create()
    window.show()
    qtbot.waitUntil(lambda: window.windowHandle() is not None)
    assert not isValid(before) or window.windowHandle() is not before
    attention._beat()

    assert attention._watched is window.windowHandle()
    attention.stop()
