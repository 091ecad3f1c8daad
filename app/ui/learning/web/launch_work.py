"""The services' work for one launch, off the window's thread."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.jobs import Job, JobRunner, JobState

T = TypeVar("T")


class LaunchWork(QObject):
    """Runs one piece after the other; `failed` is called whatever it was that went wrong."""

    failing = Signal(object)
    """Carries the UserFacingError: something is not on disk, and was not confirmed."""

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._under_way = 0

    @property
    def is_busy(self) -> bool:
        """Tell whether anything is at the launch, or waits for its turn at it."""
        return self._under_way > 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Do something and tell how it went, while the launch lives."""

        def told(error: UserFacingError) -> None:
            self.failing.emit(error)
            failed()

        def carry(_progress: Progress) -> T:
            return work()

        self._under_way += 1
        job = self._jobs.run(carry, done=done, failed=told, owner=self)
        job.finished.connect(self._note_finished)
        job.finished.connect(lambda: failed() if _is_broken(job) else None)

    def _note_finished(self) -> None:
        self._under_way -= 1


def _is_broken(job: Job) -> bool:
    """Tell whether a job ended by a bug, which is told elsewhere: its page still waits for an answer."""
    return job.state is JobState.FAILED and job.error is None
