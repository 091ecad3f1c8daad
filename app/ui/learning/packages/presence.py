"""Whether the learner is with a package: gone elsewhere its launch ends, under a lock it is covered."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.kit.screen import screen_around
from app.ui.learning.packages.launcher import Launcher
from app.ui.learning.packages.page_place import PagePlace


class Presence(QObject):
    """Watches the view come, go, and be deleted with all around it."""

    def __init__(
        self, view: QWidget, launcher: Launcher, place: PagePlace, reopen: Callable[[], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._launcher = launcher
        self._place = place
        self._reopen = reopen
        self._is_away = False
        view.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.DeferredDelete:  # somebody signs out: the page has its last words
            self._launcher.let_go()
        elif watched is self._view and kind is QEvent.Type.Show:
            self._come()
        elif watched is self._view and kind is QEvent.Type.Hide and not event.spontaneous():
            self._go()
        return False

    def _come(self) -> None:
        self._watch_around()
        if self._place.page is not None:
            self._place.page.set_muted(muted=False)
            self._place.page.set_covered(covered=False)
        elif self._is_away:
            # Whoever comes back by opening a course gets a view anew at once, and this one is stopped
            QTimer.singleShot(0, self, self._come_back)
        self._is_away = False

    def _come_back(self) -> None:
        if self._place.page is None and self._view.isVisible():
            self._reopen()

    def _watch_around(self) -> None:
        at = self._view.parentWidget()
        while at is not None and not at.isWindow():
            at.removeEventFilter(self)
            at.installEventFilter(self)
            at = at.parentWidget()

    def _go(self) -> None:
        if self._place.page is None:
            return
        is_elsewhere = screen_around(self._view).isHidden() or self._view.window().isHidden()
        if is_elsewhere:
            self._is_away = True
            self._launcher.let_go()
        else:  # what stands in a window of its own would stand over the lock
            self._place.bring_back()
            self._place.page.set_covered(covered=True)
