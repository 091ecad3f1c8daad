"""Something that is done again and again while a site is open: one round at a time, a trouble told once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.jobs import JobRunner, Lane


class Rounds(QObject):
    """Goes a round every so often. `tell` says something to whom it concerns; False: nobody heard."""

    every_ms: int
    lane = Lane.DATABASE

    def __init__(self, jobs: JobRunner, tell: Callable[[str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._tell = tell
        self._told = ""
        self._under_way = False
        self._timer = QTimer(self, interval=self.every_ms)
        self._timer.timeout.connect(self.go)
        self._timer.start()

    def go(self) -> None:
        """Go a round, unless one is under way or none is wanted."""
        if self._under_way or not self.is_wanted():
            return
        self._under_way = True
        job = self._jobs.run(
            self.do, done=self._gone, failed=self._refused, owner=self, lane=self.lane
        )
        job.finished.connect(self._over)

    def stop(self) -> None:
        """Go no more."""
        self._timer.stop()

    def is_wanted(self) -> bool:
        """Tell whether there is anything to go round for."""
        return True

    def do(self, progress: Progress) -> Any:
        """Do what a round does, off the window's thread."""
        raise NotImplementedError

    def trouble(self, done: Any) -> str:  # Any: what `do` gave back
        """Look at what a round did; return what went wrong, or ""."""
        raise NotImplementedError

    def _over(self) -> None:
        self._under_way = False

    def _gone(self, done: Any) -> None:
        self._say(self.trouble(done))

    def _refused(self, error: UserFacingError) -> None:
        self._say(error.sentence)

    def _say(self, words: str) -> None:
        if not words:
            self._told = ""
        elif words != self._told and self._tell(words):
            self._told = words
