"""Noticing that nobody is there."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.shell.idle import IdleWatch


def test_a_key_in_the_window_starts_the_wait_anew(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    with qtbot.waitExposed(line):
        line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    owner = QObject()
    watch = IdleWatch(owner)
    watch.set_watching(True)
    timer = watch._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start()
    qtbot.waitUntil(lambda: timer.remainingTime() < timer.interval() - 20)
    before = timer.remainingTime()

    qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)

    assert timer.remainingTime() > before
    watch.set_watching(False)
    assert not timer.isActive()
