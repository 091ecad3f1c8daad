"""Keys that work on a screen, the same ones everywhere: Ctrl+F finds, Ctrl+N adds, Ctrl+P prints."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.overlay import Overlay


def listen(screen: QWidget, keys: str, act: Callable[[], object]) -> None:
    """Call `act` on `keys` while the focus is on `screen` itself, not in a layer over it."""
    shortcut = QShortcut(QKeySequence(keys), screen)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def heard() -> None:
        at = QApplication.focusWidget()
        while at is not None and at is not screen:
            if isinstance(at, Overlay):
                return
            at = at.parentWidget()
        act()

    shortcut.activated.connect(heard)


def give_keys(screen: QWidget, button: Button, keys: str) -> Button:
    """Let `keys` press a button of `screen`, and say so when it is pointed at."""
    button.setToolTip(f"{button.accessibleName()} ({keys})")

    def press() -> None:
        if button.isVisible() and button.isEnabled():
            button.click()

    listen(screen, keys, press)
    return button
