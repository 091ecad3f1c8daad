"""Gets answers onto disk in the order they were given; tells which ones are there and which are not."""

from collections.abc import Callable
from enum import Enum, auto
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.core.assessments import AttemptClosed, AttemptInHand, Quizzes, Response, TimeIsUp
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.assessments.silence import is_given
from app.ui.kit.jobs import Job, JobRunner, JobState


class Keeping(Enum):
    """How it stands with the answer to a question."""

    SILENT = auto()
    SAVING = auto()
    SAVED = auto()
    """On disk."""
    NOT_SAVED = auto()
    """Refused by the disk; it is kept here and can be saved again."""


class AnswerKeeper(QObject):
    """Holds the answers of one attempt. An answer is `SAVED` only after the core has said so."""

    changed = Signal(object)
    """Carries the id of a question whose standing changed."""
    failed = Signal(object)
    """Carries the UserFacingError that kept an answer from being saved."""
    ended = Signal()
    """The attempt is over: its time ran out, or it was handed in elsewhere."""
    settled = Signal()
    """Nothing is on its way to the disk any more."""

    def __init__(
        self,
        quizzes: Quizzes,
        actor: Actor,
        attempt: AttemptInHand,
        jobs: JobRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._quizzes = quizzes
        self._actor = actor
        self._attempt_id = attempt.attempt_id
        self._jobs = jobs
        self._given: dict[UUID, Response | None] = {
            asked.question_id: asked.response for asked in attempt.questions
        }
        self._standing: dict[UUID, Keeping] = {
            question_id: Keeping.SAVED if is_given(response) else Keeping.SILENT
            for question_id, response in self._given.items()
        }
        self._rounds: dict[UUID, int] = {}
        self._under_way = 0

    def response(self, question_id: UUID) -> Response | None:
        """Return what was last given, saved or not."""
        return self._given[question_id]

    def standing(self, question_id: UUID) -> Keeping:
        """Return how it stands with a question."""
        return self._standing[question_id]

    def answered(self) -> int:
        """Return how many questions have an answer."""
        return sum(is_given(response) for response in self._given.values())

    def is_settled(self) -> bool:
        """Tell whether nothing is on its way to the disk."""
        return not self._under_way

    def not_saved(self) -> tuple[UUID, ...]:
        """Return the questions whose answer the disk refused."""
        refused = Keeping.NOT_SAVED
        return tuple(one for one, standing in self._standing.items() if standing is refused)

    def give(self, question_id: UUID, response: Response) -> None:
        """Save an answer, or the silence of one that was taken back; does nothing when it is the same."""
        is_kept = self._standing[question_id] is not Keeping.NOT_SAVED
        if response == self._given[question_id] and is_kept:
            return
        self._given[question_id] = response
        self._send(question_id)

    def try_again(self) -> None:
        """Save again what the disk refused."""
        for question_id in self.not_saved():
            self._send(question_id)

    def _send(self, question_id: UUID) -> None:
        response = self._given[question_id]
        if response is None:
            return
        self._rounds[question_id] = ticket = self._rounds.get(question_id, 0) + 1
        self._under_way += 1

        def work(_progress: Progress, response: Response = response) -> None:
            self._quizzes.answer(self._actor, self._attempt_id, question_id, response)

        job = self._jobs.run(
            work,
            done=lambda _nothing: self._saved(question_id, ticket),
            failed=lambda error: self._refused(question_id, ticket, error),
            owner=self,
        )
        job.finished.connect(lambda: self._over(job, question_id, ticket))
        self._turn(question_id, Keeping.SAVING)

    def _saved(self, question_id: UUID, ticket: int) -> None:
        if ticket == self._rounds[question_id]:
            said = is_given(self._given[question_id])
            self._turn(question_id, Keeping.SAVED if said else Keeping.SILENT)
        self._tell_settled()

    def _refused(self, question_id: UUID, ticket: int, error: UserFacingError) -> None:
        if isinstance(error, TimeIsUp | AttemptClosed):
            self.ended.emit()
        elif ticket == self._rounds[question_id]:
            self._turn(question_id, Keeping.NOT_SAVED)
            self.failed.emit(error)
        self._tell_settled()

    def _over(self, job: Job, question_id: UUID, ticket: int) -> None:
        self._under_way -= 1
        broke = job.state is JobState.FAILED and job.error is None
        if broke and ticket == self._rounds[question_id]:
            self._turn(question_id, Keeping.NOT_SAVED)
            self._tell_settled()

    def _tell_settled(self) -> None:
        if self.is_settled():
            self.settled.emit()

    def _turn(self, question_id: UUID, standing: Keeping) -> None:
        self._standing[question_id] = standing
        self.changed.emit(question_id)


def once_settled(keeper: AnswerKeeper, act: Callable[[], None]) -> None:
    """Call `act` when nothing is on its way to the disk: now, or after the last answer."""
    if keeper.is_settled():
        act()
        return

    def go() -> None:
        keeper.settled.disconnect(go)
        act()

    keeper.settled.connect(go)
