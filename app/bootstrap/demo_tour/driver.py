"""Drives the real window as a person would: presses what is on screen, waits for what comes."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.bootstrap.window import Shop
from app.ui.kit.screen import Screen
from app.ui.shell.work_area import WorkArea

WidgetT = TypeVar("WidgetT", bound=QWidget)
_LOOK_EVERY_MS = 30
_PATIENCE_SECONDS = 60


class NotSeen(Exception):
    """What should have come on screen did not."""


class Driver:
    """Hands and eyes for the tour."""

    def __init__(self, shop: Shop, out: Path) -> None:
        self.out = out
        self.take_shop(shop)

    def take_shop(self, shop: Shop) -> None:
        """Go on in another window."""
        self.shop = shop
        self.window = shop.window

    @property
    def work(self) -> WorkArea:
        """Return what the signed-in person works in. Raises NotSeen when nobody is."""
        if self.window.work is None:
            raise NotSeen("nobody is signed in")
        return self.window.work

    def screen(self, kind: type[WidgetT]) -> WidgetT:
        """Wait for a kind of screen to be open and return it."""
        return self.until(lambda: _as(self.work.current, kind), f"the {kind.__name__}")

    def until(
        self,
        look: Callable[[], WidgetT | bool | None],
        what: str,
        seconds: float = _PATIENCE_SECONDS,
    ) -> WidgetT:
        """Let the window live until `look` sees something, and return it. Raises NotSeen."""
        loop = QEventLoop()
        found: list[object] = []

        def glance() -> None:
            self._stir()
            seen = look()
            if seen:
                found.append(seen)
                loop.quit()

        timer = QTimer()
        timer.setInterval(_LOOK_EVERY_MS)
        timer.timeout.connect(glance)
        timer.start()
        QTimer.singleShot(int(seconds * 1000), loop, loop.quit)
        glance()
        if not found:
            loop.exec()
        timer.stop()
        if not found:
            raise NotSeen(f"waited {seconds:.0f} s for {what}")
        return found[0]  # type: ignore[return-value]  # what `look` saw

    def _stir(self) -> None:
        """Be somebody at the PC: the window in front, a hand on the mouse."""
        handle = self.window.windowHandle()
        if handle is None or QApplication.activeModalWidget() is not None:
            return
        if not self.window.isActiveWindow():
            self.window.activateWindow()
        nothing, spot = Qt.MouseButton.NoButton, QPointF(4, 4)
        moved = QMouseEvent(
            QEvent.Type.MouseMove, spot, spot, nothing, nothing, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(handle, moved)

    def rest(self) -> None:
        """Wait until every job is delivered and what it brought is painted."""
        for _turn in range(2):  # what a job brings may start another
            self.shop.jobs.wait_idle(_PATIENCE_SECONDS * 1000)
            loop = QEventLoop()
            QTimer.singleShot(_LOOK_EVERY_MS, loop, loop.quit)
            loop.exec()

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Press the button that says `words`, once it is there and can be pressed."""
        place = within or self.window
        button = self.until(lambda: _button(place, words), f"a button “{words}”")
        button.click()
        self.rest()

    def answer(self, words: str) -> None:
        """Press the button that says `words` in the dialog over the window."""
        dialog = self.until(QApplication.activeModalWidget, f"a dialog to answer “{words}”")
        self.press(words, dialog)

    def shot(self, name: str) -> str:
        """Keep what the window shows as a picture; return its file name."""
        self.rest()
        dialog = QApplication.activeModalWidget()
        file = f"{name}.png"
        (dialog or self.window).grab().save(str(self.out / file))
        return file


def _as(screen: Screen[object], kind: type[WidgetT]) -> WidgetT | None:
    return screen if isinstance(screen, kind) and screen.isVisible() else None


def _button(place: QWidget, words: str) -> QAbstractButton | None:
    for button in place.findChildren(QAbstractButton):
        says = button.text().replace("&", "") == words or button.accessibleName() == words
        if says and button.isVisible() and button.isEnabled():
            return button
    return None
