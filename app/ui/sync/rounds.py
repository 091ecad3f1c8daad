"""Rounds through the shared folder while a site is open: one at a time, and told once when it fails."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.base.actor import system_actor
from app.core.base.progress import Progress
from app.core.sync import LastRound, SharedFolder
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.sync.topics import FOLDER_TOPIC, SYNC_TOPIC

EVERY_MS = 10_000


class FolderRounds(QObject):
    """Goes a round every few seconds. `tell` says something to whom it concerns; False: nobody heard."""

    def __init__(
        self,
        shared: SharedFolder,
        jobs: JobRunner,
        changes: ChangeFeed,
        tell: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shared = shared
        self._jobs = jobs
        self._changes = changes
        self._tell = tell
        self._told = ""
        self._under_way = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """Go a round, unless one is under way or there is no folder."""
        if self._under_way or self._shared.folder is None:
            return
        self._under_way = True

        def work(progress: Progress) -> LastRound | None:
            return self._shared.go_round(system_actor(), progress)

        job = self._jobs.run(work, done=self._gone, owner=self, lane=Lane.EXCHANGE)
        job.finished.connect(self._over)

    def stop(self) -> None:
        """Go no more."""
        self._timer.stop()

    def _over(self) -> None:
        self._under_way = False

    def _gone(self, last: LastRound | None) -> None:
        if last is None:
            return
        topics = {FOLDER_TOPIC}
        if last.changed:
            topics.add(SYNC_TOPIC)
        self._changes.announce(topics)
        if not last.failed:
            self._told = ""
            return
        words = " ".join(last.troubles)
        if words != self._told and self._tell(words):
            self._told = words
