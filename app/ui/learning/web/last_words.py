"""Waits until the endpoint has answered what a page sent, down to what it sent when it was closed.

A beacon and a fetch with keepalive go on after their page; but not after the page's profile.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.learning.web.walls import Interceptor

_LOOK_MS = 15
_CALM_MS = 60
"""How long nothing more may be sent before it counts as all."""
_PATIENCE_MS = 1500
"""A request that was broken off is never answered; then this is how long it is waited for."""


class LastWords(QObject):
    """Compares what went out with what was answered."""

    said = Signal()

    def __init__(
        self, interceptor: Interceptor, answered: Callable[[], int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._interceptor = interceptor
        self._answered = answered
        self._calm = (0, 0)
        """What was sent when somebody looked last, and for how long it is the same."""
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._compare)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.said)

    def begin(self) -> None:
        """Count from here: a page is opened."""
        self._interceptor.sent = 0

    def wait(self) -> None:
        """Emit `said` when everything is answered: at once where nothing was ever sent."""
        self._calm = (self._interceptor.sent, 0)
        if not self._interceptor.has_endpoint:
            self.said.emit()
            return
        self._patience.start()
        self._look.start()

    def end(self) -> None:
        """Wait no more."""
        self._look.stop()
        self._patience.stop()

    def _compare(self) -> None:
        sent = self._interceptor.sent
        before, calm = self._calm
        self._calm = (sent, calm + _LOOK_MS if sent == before else 0)
        if self._calm[1] >= _CALM_MS and self._answered() >= sent:
            self.said.emit()
