"""The card before a quiz: its rules, what was reached so far, and the way in."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.core.assessments import (
    AttemptOutcome,
    StartDecision,
    StartReason,
    quiz_of,
    reason_in_words,
)
from app.core.base import figures
from app.core.base.figures import duration, moment
from app.core.base.words import _, plural
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import CardGrid, clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.learning.columns import page_of
from app.ui.learning.lesson_views.lesson_view import LessonView, Place, with_time

_WIDTH = 760
_LOOK_MS = 5000
"""How often it is asked anew whether an attempt may begin, while none may."""
_MAY_CHANGE = frozenset(
    {StartReason.ATTEMPTS_USED_UP, StartReason.RETRAINING_NEEDED, StartReason.COOLING_OFF}
)
"""What stands in the way until time passes or somebody helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFacts:
    """What a learner may know of a quiz before an attempt."""

    decision: StartDecision | None
    """None in a preview."""
    outcomes: tuple[AttemptOutcome, ...] = ()
    limit_seconds: int | None = None
    """Of an attempt that would begin now, with the time this person was given."""


class QuizView(LessonView[QuizFacts]):
    """Says what awaits one; the attempt itself has a screen of its own."""

    kinds = frozenset({"quiz"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.card = Card(gap=16, margin=24)
        self.body.addWidget(page_of(self.card, _WIDTH), 1)
        self.start_button = Button(_("Start the quiz"), Kind.PRIMARY, icon="play")
        self.start_button.on_press(self._start)
        self.look_button = Button(_("Look again"), icon="rotate-cw")
        self.look_button.on_press(self.look_again)
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self.look_again)
        self._shown: QuizFacts | None = None
        self.rules = CardGrid(220, gap=12)
        self.why = Banner("", Tone.INFO)
        self.results = column(gap=8)
        self._lay_out()

    def _lay_out(self) -> None:
        body = self.card.body
        body.addWidget(PlainLabel(_("Before you start"), TextRole.H1, wrap=True))
        body.addWidget(self.rules)
        body.addWidget(self.why)
        foot = row(gap=10)
        foot.addWidget(self.start_button)
        foot.addWidget(self.look_button)
        foot.addStretch(1)
        body.addLayout(foot)
        body.addLayout(self.results)

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        share = figures.share(quiz_of(plan).settings.pass_mark)
        return with_time(plan, _("Pass with {share} of the points").format(share=share))

    @classmethod
    @override
    def languages(cls, plan: LessonPlan) -> tuple[str, ...]:
        return ()

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> QuizFacts:
        if not place.keeper.is_recording:
            limit = quiz_of(lesson.plan).settings.time_limit_seconds
            return QuizFacts(decision=None, limit_seconds=limit)
        quizzes, actor = place.desk.services.quizzes, place.desk.actor
        return QuizFacts(
            decision=quizzes.may_start(actor, lesson.lesson_id),
            outcomes=quizzes.outcomes(actor, lesson.lesson_id),
            limit_seconds=quizzes.time_limit(actor, lesson.lesson_id),
        )

    def look_again(self) -> None:
        """Ask anew whether an attempt may begin: the waiting ends, and a supervisor may help."""
        lesson = self.lesson
        if lesson is None or not self.isVisible():
            return
        self.place.desk.jobs.run(
            lambda _progress: self.fetch(self.place, lesson, ""),
            done=lambda facts: self._take(lesson, facts),
            failed=lambda _error: None,
            owner=self,
        )

    def _take(self, lesson: LessonInHand, facts: QuizFacts) -> None:
        if facts == self._shown:
            return
        self.present(lesson, "", facts)
        announce(self, self.why.text() if self.why.isVisibleTo(self) else _("You can start."))

    @override
    def stop(self) -> None:
        self._watch.stop()
        super().stop()

    @override
    def present(self, lesson: LessonInHand, language: str, content: QuizFacts) -> None:
        self.rules.set_cards(list(_rules(lesson.plan, content)))
        self._shown = content
        decision = content.decision
        reason = None if decision is None else decision.reason
        is_open = reason is StartReason.ATTEMPT_OPEN
        self.start_button.set_words(_start_words(content, is_open=is_open))
        self.start_button.setEnabled(decision is not None and (is_open or decision.allowed))
        self.start_button.set_kind(Kind.PLAIN if lesson.is_done else Kind.PRIMARY)
        self.start_button.setVisible(reason is not StartReason.ALREADY_PASSED)
        self._say_why(decision)
        waits = reason in _MAY_CHANGE
        self.look_button.setVisible(waits)
        if waits:
            self._watch.start()
        else:
            self._watch.stop()
        self._show_results(content.outcomes)

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("You have passed this quiz.")
        return _("Every answer is saved at once. A power cut costs you no answer.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return _("Pass the quiz to continue")

    @override
    def take_focus(self) -> None:
        (self.start_button if self.start_button.isEnabled() else self.look_button).setFocus()

    def _say_why(self, decision: StartDecision | None) -> None:
        told = ""
        if decision is None:
            told = _("In a preview the quiz cannot be taken.")
        elif not decision.allowed:
            told = reason_in_words(decision)
        elif decision.is_released:
            told = _("Your supervisor has opened this quiz for you. You can start now.")
        self.why.set_text(told)
        self.why.setVisible(bool(told))

    def _show_results(self, outcomes: tuple[AttemptOutcome, ...]) -> None:
        clear(self.results)
        if not outcomes:
            return
        self.results.addWidget(Line())
        self.results.addWidget(PlainLabel(_("Your attempts"), TextRole.H2))
        for outcome in reversed(outcomes):
            self.results.addLayout(_result(outcome))

    def _start(self) -> None:
        lesson = self.lesson
        if lesson is not None:
            self.place.desk.open("quiz", course_id=self.place.course_id, lesson_id=lesson.lesson_id)


def _start_words(facts: QuizFacts, *, is_open: bool) -> str:
    if is_open:
        return _("Continue the quiz")
    return _("Try again") if facts.outcomes else _("Start the quiz")


def _rules(plan: LessonPlan, facts: QuizFacts) -> Iterator[QWidget]:
    quiz = quiz_of(plan)
    settings = quiz.settings
    count = sum(
        len(section.pool) if section.draw is None else section.draw for section in quiz.sections
    )
    questions = plural("{count} question", "{count} questions", count)
    yield FactRow(questions, _("Answer in any order."), icon="list-checks", tone=Tone.PRIMARY)
    mark = _("Pass mark {share}").format(share=figures.share(settings.pass_mark))
    yield FactRow(mark, _("Of all points."), icon="target", tone=Tone.PRIMARY)
    if facts.limit_seconds is None or settings.time_limit_seconds is None:
        yield FactRow(_("No time limit"), _("Take your time."), icon="clock", tone=Tone.PRIMARY)
    else:
        time = duration(facts.limit_seconds)
        told = _("Counted from the start.")
        extra = facts.limit_seconds - settings.time_limit_seconds
        if extra:
            told = _("{time} of it are extra for you.").format(time=duration(extra))
        yield FactRow(time, told, icon="timer", tone=Tone.PRIMARY)
    if facts.decision is not None and facts.decision.attempts_left is not None:
        left = plural("{count} attempt left", "{count} attempts left", facts.decision.attempts_left)
        yield FactRow(left, _("The best one counts."), icon="repeat", tone=Tone.PRIMARY)
    critical = _critical(facts.outcomes)
    if critical:
        told = plural("{count} must be right", "{count} must be right", critical)
        about = _("Critical questions fail the quiz when they are wrong.")
        yield FactRow(told, about, icon="star", tone=Tone.WARNING)


def _critical(outcomes: tuple[AttemptOutcome, ...]) -> int:
    asked = outcomes[-1].questions if outcomes else ()
    return sum(one.question.critical for one in asked)


def _result(outcome: AttemptOutcome) -> QHBoxLayout:
    line = row(gap=12)
    told = _("Attempt {number}").format(number=outcome.number)
    line.addWidget(PlainLabel(told, TextRole.STRONG))
    line.addWidget(PlainLabel(moment(outcome.submitted_at), TextRole.MUTED), 1)
    line.addWidget(PlainLabel(figures.share(outcome.score.share), TextRole.STRONG))
    if outcome.score.passed:
        line.addWidget(StatusChip(_("Passed"), Tone.SUCCESS))
    else:
        line.addWidget(StatusChip(_("Not passed"), Tone.DANGER))
    return line
