"""Looks into the folder for HR files while a site is open: at the start, and every minute."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.people import HrFolder
from app.ui.kit.jobs import JobRunner

EVERY_MS = 60_000


class HrFolderRounds(QObject):
    """One look at a time. `tell` says something to whom it concerns; False: nobody heard."""

    def __init__(
        self, folder: HrFolder, jobs: JobRunner, tell: Callable[[str], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        self._tell = tell
        self._told = ""
        self._under_way = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """Look, unless a look is under way or no folder is watched."""
        if self._under_way or self._folder.choice.folder is None:
            return
        self._under_way = True
        job = self._jobs.run(
            lambda _progress: self._folder.look(system_actor()),
            done=self._looked,
            failed=self._refused,
            owner=self,
        )
        job.finished.connect(self._over)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _over(self) -> None:
        self._under_way = False

    def _looked(self, _count: int) -> None:
        self._told = ""

    def _refused(self, error: UserFacingError) -> None:
        words = error.sentence
        if words != self._told and self._tell(words):
            self._told = words
