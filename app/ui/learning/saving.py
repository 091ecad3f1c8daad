"""Gets what happened onto disk: in order, off the window's thread, and again until it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.base.clock import Clock
from app.core.base.errors import NotAllowed, NotFound, UserFacingError
from app.core.base.progress import Progress
from app.core.learning import LessonInHand, LessonLocked
from app.core.training.sessions import WrongState
from app.ui.kit.jobs import Job, JobRunner, JobState
from app.ui.learning.progress_keeper import ProgressKeeper, Trace

RETRY_MS = 4000
_HOPELESS = (LessonLocked, NotAllowed, NotFound, WrongState)
"""Refusals that a further try does not cure."""


@dataclass(frozen=True, slots=True, eq=False)
class _Act:
    """Something that has to be on disk, and how it gets there."""

    keep: Callable[[], LessonInHand | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """How far a job came."""

    kept: tuple[_Act, ...]
    given_up: tuple[_Act, ...]
    lessons: tuple[LessonInHand, ...]
    error: UserFacingError | None


class Saving(QObject):
    """Keeps traces until the records have them. What could not be saved is tried again."""

    kept = Signal(object)
    """Carries a LessonInHand as it stands on disk."""
    saved = Signal(object)
    """Carries the instant at which everything was on disk."""
    failing = Signal(object)
    """Carries the UserFacingError; nothing is lost, it is tried again."""
    refused = Signal(object)
    """Carries a UserFacingError that no further try cures."""

    def __init__(self, jobs: JobRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock
        self._unsaved: list[_Act] = []
        self._under_way: set[_Act] = set()
        self._sittings: set[UUID] = set()
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.try_again)

    def keep(
        self, keeper: ProgressKeeper, lesson_id: UUID, trace: Trace, active_seconds: int
    ) -> None:
        """Save what happened in a lesson."""
        if not keeper.is_recording:
            return
        self._sittings.add(lesson_id)
        self._add(lambda: keeper.keep(lesson_id, trace, active_seconds))

    def leave(self, keeper: ProgressKeeper, lesson_id: UUID) -> None:
        """Close the sitting in a lesson, if anything happened in it."""
        if lesson_id in self._sittings:
            self._sittings.discard(lesson_id)
            self._add(lambda: keeper.leave(lesson_id))
            self.try_again()  # there may be no later

    def unsaved(self) -> int:
        """Return how many things are not on disk yet."""
        return len(self._unsaved)

    def _add(self, keep: Callable[[], LessonInHand | None]) -> None:
        self._unsaved.append(_Act(keep))
        if not self._retry.isActive():
            self.try_again()

    def try_again(self) -> None:
        """Send what is not on disk and not on its way."""
        self._retry.stop()
        acts = tuple(act for act in self._unsaved if act not in self._under_way)
        if not acts:
            return
        self._under_way.update(acts)
        job = self._jobs.run(
            lambda _progress: _carry_out(acts, _progress), done=self._done, owner=self
        )
        job.finished.connect(lambda: self._came_back(job, acts))

    def _came_back(self, job: Job, acts: tuple[_Act, ...]) -> None:
        self._under_way.difference_update(acts)
        if job.state is JobState.FAILED:  # a bug, told elsewhere: the same act would break again
            self._unsaved = [act for act in self._unsaved if act not in acts]

    def _done(self, outcome: _Outcome) -> None:
        over = {*outcome.kept, *outcome.given_up}
        self._unsaved = [act for act in self._unsaved if act not in over]
        for lesson in outcome.lessons:
            self.kept.emit(lesson)
        if outcome.error is None:
            if not self._unsaved:
                self.saved.emit(self._now())
            return
        if outcome.given_up:
            self.refused.emit(outcome.error)
            self.try_again()
        else:
            self._retry.start()
            self.failing.emit(outcome.error)

    def _now(self) -> datetime:
        return self._clock.now()


def _carry_out(acts: tuple[_Act, ...], _progress: Progress) -> _Outcome:
    kept: list[_Act] = []
    lessons: list[LessonInHand] = []
    for act in acts:
        try:
            lesson = act.keep()
        except UserFacingError as error:
            given_up = (act,) if isinstance(error, _HOPELESS) else ()
            return _Outcome(
                kept=tuple(kept), given_up=given_up, lessons=tuple(lessons), error=error
            )
        kept.append(act)
        if lesson is not None:
            lessons.append(lesson)
    return _Outcome(kept=tuple(kept), given_up=(), lessons=tuple(lessons), error=None)
