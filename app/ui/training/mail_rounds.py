"""Writes and sends what is due while a site is open: at the start, and every quarter of an hour."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.base.errors import UserFacingError
from app.core.links import Outbox, Sent
from app.ui.kit.jobs import JobRunner, Lane

EVERY_MS = 15 * 60_000


class MailRounds(QObject):
    """One round at a time; nothing is opened where no relay is named. `tell` may find nobody there."""

    def __init__(
        self, outbox: Outbox, jobs: JobRunner, tell: Callable[[str], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._jobs = jobs
        self._tell = tell
        self._told = ""
        self._under_way = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """Write and send, unless that is under way."""
        if self._under_way:
            return
        self._under_way = True
        job = self._jobs.run(
            lambda _progress: self._outbox.send_if_due(),
            done=self._sent,
            failed=self._refused,
            owner=self,
            lane=Lane.WORK,
        )
        job.finished.connect(self._over)

    def stop(self) -> None:
        """Go no more."""
        self._timer.stop()

    def _over(self) -> None:
        self._under_way = False

    def _sent(self, done: Sent) -> None:
        self._say(done.trouble)

    def _refused(self, error: UserFacingError) -> None:
        self._say(error.sentence)

    def _say(self, words: str) -> None:
        if not words:
            self._told = ""
        elif words != self._told and self._tell(words):
            self._told = words
