"""QtMultimedia without a moment in which its threads and the interpreter wait for each other.

The threads that decode and sound delete what they work with whenever playing begins, ends or jumps.
Deleting takes leave of the player and its outputs: it holds a lock of Qt's and calls their
`disconnectNotify`, which may be overridden in Python. To find out, shiboken waits for the
interpreter. A window that meanwhile connects or disconnects anything in Python holds the interpreter
and may wait for that lock: then the program stands still for good.
"""

from typing import Any

from PySide6.QtCore import QMetaObject, QObject, Qt, SignalInstance


def remember_overrides(*signals: SignalInstance) -> None:
    """Let shiboken find out, once for the object of each signal, that Python overrides nothing.

    WORKAROUND(pyside 6.11): what it found it remembers with the object, and never asks the
    interpreter again. Call it with a signal of every multimedia object that is made here.
    """
    for signal in signals:
        signal.connect(_nothing)
        signal.disconnect(_nothing)


def call_slot(player: QObject, slot: str, *arguments: Any) -> None:  # what Q_ARG makes
    """Call a slot that waits until threads of the player have ended.

    WORKAROUND(pyside 6.11): a plain call holds the interpreter while it waits; `invokeMethod` lets
    it go, and with it whatever else those threads want from it.
    """
    QMetaObject.invokeMethod(player, slot, Qt.ConnectionType.DirectConnection, *arguments)


def _nothing(*_told: object) -> None:
    """Take note of nothing."""
