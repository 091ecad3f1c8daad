"""A window changes once, when what comes stands, and not piece by piece while it is put together.

Painting what is still half empty costs as much as painting what is whole, and whoever waits waits for it.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QWidget

AT_MOST_MS: Final = 150
"""How long a window may stay as it was: longer, and a press would seem to have done nothing."""


class Curtain:
    """Keeps the window around a widget as it looks, from `draw` to `lift`, or for AT_MOST_MS."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget

    def draw(self) -> None:
        """Paint nothing for now."""
        window = self._widget.window()
        window.setUpdatesEnabled(False)
        # The window's, not the widget's: it is lifted whatever becomes of who drew it
        QTimer.singleShot(AT_MOST_MS, window, lambda: _paint_again(window))

    def lift(self) -> None:
        """Paint what stands there now; where nothing was held back, do nothing."""
        _paint_again(self._widget.window())


def _paint_again(window: QWidget) -> None:
    """Let a window paint what changed meanwhile.

    A window that was to be painted whole when the curtain was drawn waits for ever for the painting that
    Qt asked for and was refused: it takes any other as part of that, and asks no second time. So it is asked.
    """
    if not window.updatesEnabled():
        window.setUpdatesEnabled(True)
        QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))
