"""What the demo's people did in their month: lessons gone through and quizzes taken, by the product's own services."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.bootstrap.demo_clock import PlayedClock
from app.core.assessments import AttemptInHand, best_response
from app.core.base.actor import Actor
from app.core.content import probe_media, probe_pdf
from app.core.courses import LessonPlan
from app.core.learning import CourseInHand, LessonInHand
from app.services import Services

_TICK_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that somebody did on a day."""

    day: int
    course: str
    number: str
    attempt: dict[str, Any] | None
    percent: int = 100


class Learners:
    """Plays what learners do."""

    def __init__(self, services: Services, clock: PlayedClock) -> None:
        self._services = services
        self._clock = clock
        self._lengths: dict[str, int] = {}
        """By file: milliseconds of a recording, pages of a document."""

    def measure(self, plan: LessonPlan) -> None:
        """Note how long the files of a lesson are."""
        for variant in plan.variants:
            path = self._services.assets.path(variant.asset)
            if plan.kind in {"video", "audio"}:
                self._lengths[variant.asset] = probe_media(path).duration_ms
            elif plan.kind == "document":
                self._lengths[variant.asset] = probe_pdf(path).pages

    def learn(self, learner: Actor, course_id: UUID, event: Event) -> None:
        """Let somebody go on with a course as far as an event says."""
        hand = self._services.learning.begin(learner, course_id)
        for lesson in hand.lessons:
            share = event.percent * len(hand.lessons)
            if not lesson.is_done and share >= 100 * lesson.position:
                self._go_through(learner, hand, lesson, event)

    def _go_through(
        self, learner: Actor, hand: CourseInHand, lesson: LessonInHand, event: Event
    ) -> None:
        current = self._services.learning.in_hand(learner, hand.start_id)
        if not current.lesson(lesson.lesson_id).is_open:
            return
        if lesson.plan.kind == "quiz":
            if event.attempt is not None:
                self._take_quiz(learner, lesson, event.attempt)
            return
        if lesson.plan.kind == "acknowledgement":
            statement = str(lesson.plan.body.get("statement", lesson.plan.title))
            self._services.learning.acknowledge(
                learner, hand.start_id, lesson.lesson_id, statement, "pin"
            )
            return
        seconds = max(lesson.plan.seconds, 20)
        for passed in range(_TICK_SECONDS, seconds + _TICK_SECONDS, _TICK_SECONDS):
            tick = min(_TICK_SECONDS, seconds - passed + _TICK_SECONDS)
            self._clock.pass_time(tick)
            trace = self._trace(lesson.plan, min(passed, seconds), seconds)
            self._services.learning.tick(learner, hand.start_id, lesson.lesson_id, trace, tick)
        self._services.learning.pause(learner, hand.start_id, lesson.lesson_id)

    def _trace(self, plan: LessonPlan, passed: int, seconds: int) -> dict[str, Any]:
        length = self._lengths.get(plan.variants[0].asset, 0) if plan.variants else 0
        if plan.kind in {"video", "audio"}:
            until = length * passed // seconds
            return {"watched": [[0, until]], "position": until, "duration": length}
        if plan.kind == "document":
            upto = max(1, length * passed // seconds)
            each = max(2, seconds // max(length, 1))
            return {
                "pages": {str(p): each for p in range(1, upto + 1)},
                "count": length,
                "page": upto,
            }
        return {"reached": 1000 * passed // seconds, "position": 1000 * passed // seconds}

    def _take_quiz(self, learner: Actor, lesson: LessonInHand, attempt: dict[str, Any]) -> None:
        quizzes = self._services.quizzes
        if not quizzes.may_start(learner, lesson.lesson_id).allowed:
            return
        hand = quizzes.start(learner, lesson.lesson_id)
        wrong = _left_out(hand, attempt)
        for place, asked in enumerate(hand.questions):
            self._clock.pass_time(30)
            if place not in wrong:
                response = best_response(asked.question)
                if response is not None:
                    quizzes.answer(learner, hand.attempt_id, asked.question_id, response)
        quizzes.submit(learner, hand.attempt_id)


def events_of(history: dict[str, Any]) -> Iterator[Event]:
    """Yield what happened, course by course."""
    for slug, rules in history["courses"].items():
        for number, attempts in rules["attempts"].items():
            for attempt in attempts:
                yield Event(day=attempt["day"], course=slug, number=number, attempt=attempt)
        for number, state in rules["open"].items():
            if state["state"] == "in progress":
                yield Event(
                    day=state["last_day"],
                    course=slug,
                    number=number,
                    attempt=None,
                    percent=state["progress_percent"],
                )


def _left_out(hand: AttemptInHand, attempt: dict[str, Any]) -> set[int]:
    """Return the places of the questions left unanswered: a missed critical one, then plain ones."""
    missed = attempt.get("missed")
    count = len(hand.questions) - attempt["right"]
    named = [
        place
        for place, asked in enumerate(hand.questions)
        if missed and asked.question.name.startswith(missed)
    ]
    plain = [place for place, asked in enumerate(hand.questions) if not asked.question.critical]
    return set([*named, *(place for place in plain if place not in named)][:count])
