"""One attempt while it is taken: where one is, what is flagged, what is saved, how much time is left."""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.assessments import (
    AskedQuestion,
    AttemptClosed,
    AttemptInHand,
    AttemptOutcome,
    Quizzes,
    Response,
)
from app.core.base.actor import Actor
from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.assessments.answer_keeper import AnswerKeeper, Keeping, once_settled
from app.ui.assessments.countdown import Countdown
from app.ui.assessments.question_map import Spot
from app.ui.kit.jobs import JobRunner

SEAT_MS = 8000
"""The core takes a seat that is not refreshed for 15 s for a power cut."""
REST_MS = 800
_LAST_SECONDS = 3


class Sitting(QObject):
    """Keeps an attempt going; knows no widget. `place` counts from 0."""

    moved = Signal()
    marked = Signal()
    """What the map shows has changed."""
    refused = Signal(object)
    """Carries the UserFacingError that kept an answer or the handing in from the disk."""
    time_ran_out = Signal()
    handed_in = Signal(object)
    """Carries the id of the attempt, which is over now."""

    def __init__(
        self,
        quizzes: Quizzes,
        actor: Actor,
        attempt: AttemptInHand,
        jobs: JobRunner,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.attempt = attempt
        self._quizzes = quizzes
        self._actor = actor
        self._jobs = jobs
        self.place = min(max(attempt.position, 0), max(len(attempt.questions) - 1, 0))
        self.flagged: set[UUID] = set(attempt.flagged)
        self.is_handing_in = False
        self._is_over = False
        self._pending: tuple[UUID, Response] | None = None
        self.keeper = AnswerKeeper(quizzes, actor, attempt, jobs, self)
        self.keeper.changed.connect(lambda _id: self.marked.emit())
        self.keeper.failed.connect(self.refused)
        self.keeper.ended.connect(self._over)
        self.countdown = Countdown(clock, self)
        self.countdown.ticked.connect(self._near_the_end)
        self.countdown.ended.connect(self._time_ran_out)
        self._seat = QTimer(self, interval=SEAT_MS)
        self._seat.timeout.connect(self.keep_seat)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.flush)

    @property
    def asked(self) -> AskedQuestion:
        """Return the question one is at."""
        return self.attempt.questions[self.place]

    @property
    def count(self) -> int:
        """Return how many questions there are."""
        return len(self.attempt.questions)

    @property
    def is_last(self) -> bool:
        """Tell whether no question follows."""
        return self.place + 1 >= self.count

    def rest(self) -> None:
        """Save everything and stop counting: the screen is left, locked or closed."""
        self.flush()
        self.keep_seat()
        self.countdown.stop()
        self._seat.stop()

    def go_on(self, attempt: AttemptInHand) -> None:
        """Count the time as the core counts it, and keep the seat: at the start and after a rest."""
        self.countdown.set_time(attempt.time_left)
        self._seat.start()

    def go_to(self, place: int) -> None:
        """Go to another question; what was typed at this one is saved."""
        self.flush()
        self.place = min(max(place, 0), self.count - 1)
        self.keep_seat()
        self.moved.emit()

    def toggle_flag(self) -> None:
        """Flag the question one is at, or take its flag away."""
        self.flagged ^= {self.asked.question_id}
        self.keep_seat()
        self.marked.emit()

    def take(self, response: Response | None, silence: Response, *, is_typed: bool) -> None:
        """Take an answer to the question one is at; typed ones are saved when typing rests."""
        question_id = self.asked.question_id
        given = response
        if given is None:
            if self.keeper.response(question_id) is None and self._pending is None:
                return
            given = silence
        self._pending = (question_id, given)
        if is_typed:
            self._rest.start()
            self.marked.emit()
        else:
            self.flush()

    def flush(self) -> None:
        """Save what was typed and is not on its way yet."""
        self._rest.stop()
        if self._pending is None:
            return
        (question_id, response), self._pending = self._pending, None
        self.keeper.give(question_id, response)
        self.marked.emit()

    def standing(self, question_id: UUID) -> Keeping:
        """Return how it stands with an answer; what is being typed is not saved."""
        if self._pending is not None and self._pending[0] == question_id:
            return Keeping.SAVING
        return self.keeper.standing(question_id)

    def spots(self) -> list[Spot]:
        """Return how each question stands, for the map."""
        return [
            Spot(
                standing=self.standing(asked.question_id),
                is_flagged=asked.question_id in self.flagged,
                is_current=place == self.place,
            )
            for place, asked in enumerate(self.attempt.questions)
        ]

    def keep_seat(self) -> None:
        """Tell the core that the attempt is on screen, where, and what is flagged."""
        if self.is_handing_in or self._is_over:
            return
        attempt_id, place, flagged = self.attempt.attempt_id, self.place, frozenset(self.flagged)

        def work(_progress: Progress) -> None:
            self._quizzes.keep_seat(self._actor, attempt_id, place, flagged)

        self._jobs.run(work, failed=self._seat_refused, owner=self)

    def hand_in(self, *, whatever_is_saved: bool = False) -> None:
        """Save what is not saved, then hand in; `refused` when that cannot be done."""
        if self.is_handing_in:
            return
        self.is_handing_in = True
        self.flush()
        self.keeper.try_again()
        once_settled(self.keeper, lambda: self._submit(whatever_is_saved=whatever_is_saved))

    def _submit(self, *, whatever_is_saved: bool) -> None:
        if self.keeper.not_saved() and not whatever_is_saved:
            self.is_handing_in = False
            return
        attempt_id = self.attempt.attempt_id

        def work(_progress: Progress) -> AttemptOutcome:
            return self._quizzes.submit(self._actor, attempt_id)

        self._jobs.run(
            work, done=lambda _outcome: self._over(), failed=self._submit_refused, owner=self
        )

    def _submit_refused(self, error: UserFacingError) -> None:
        if isinstance(error, AttemptClosed):
            self._over()
            return
        self.is_handing_in = False
        self.refused.emit(error)

    def _seat_refused(self, error: UserFacingError) -> None:
        """Heed only the end: a full disk is told by the next answer, and the next beat tries again."""
        if isinstance(error, AttemptClosed):
            self._over()

    def _near_the_end(self) -> None:
        seconds = self.countdown.seconds()
        if seconds is not None and seconds <= _LAST_SECONDS:
            self.flush()

    def _time_ran_out(self) -> None:
        self.flush()
        self._seat.stop()
        self.time_ran_out.emit()

    def _over(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self.countdown.stop()
        self._seat.stop()
        self._rest.stop()
        self.handed_in.emit(self.attempt.attempt_id)
