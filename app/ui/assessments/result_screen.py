"""What came of an attempt: passed or not yet, why, what was right, and what comes next."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import AttemptOutcome, StartDecision
from app.core.base import figures
from app.core.base.actor import Actor
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.result_parts import (
    ScoreCard,
    anew_row,
    next_attempt_row,
    section_bars,
    shortfall_rows,
)
from app.ui.assessments.review_list import ReviewList
from app.ui.assessments.services import QuizServices
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card
from app.ui.kit.layouts import CardGrid, ScrollPage, clear, column
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import current_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An outcome, and what may follow it."""

    outcome: AttemptOutcome
    decision: StartDecision
    course_is_complete: bool


class ResultScreen(Screen[QuizServices]):
    """The result of one attempt."""

    topics = frozenset({"attempt_unlock", "attempt_anew"})

    def __init__(self, desk: Desk[QuizServices]) -> None:
        super().__init__(desk, title=_("Result"))
        self._attempt_id: UUID | None = None
        self._course_id: UUID | None = None
        self._media = QuestionMedia(desk.services.assets.path, self)
        self._media.playing_changed.connect(lambda _sound: desk.note_activity())
        self.review: ReviewList | None = None
        self.review_button: Button | None = None
        self.primary: Button | None = None
        self._place = QWidget()
        self._parts = column(self._place, gap=16)
        self.body.addWidget(self._place)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        self._attempt_id = cast("UUID", args["attempt_id"])  # the shell passes arguments untyped
        self._course_id = cast("UUID", args["course_id"])  # likewise
        self._empty()

    @override
    def refresh(self) -> None:
        attempt_id, course_id = self._attempt_id, self._course_id
        if attempt_id is None or course_id is None:
            return
        services, actor = self.desk.services, self.desk.actor
        self.load(lambda _progress: read_result(services, actor, attempt_id, course_id), self._show)

    @override
    def focus_first(self) -> None:
        if self.primary is not None:
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def pause(self) -> None:
        self._media.stop()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._media.stop()

    def _empty(self) -> None:
        self._media.stop()
        clear(self._parts)
        self.review = None
        self.primary = None
        self.header.set_words(_("Result"))

    def _show(self, result: Result) -> None:
        self._empty()
        outcome = result.outcome
        self.header.set_words(outcome.title)
        buttons = self._buttons(result)
        self._parts.addWidget(ScoreCard(outcome, buttons))
        facts = [*shortfall_rows(outcome)]
        following = next_attempt_row(result.decision)
        if following is not None and not outcome.counts.passed:
            facts.append(following)
        cards: list[QWidget] = []
        if facts:
            cards.append(_card(_("What is missing"), list(facts)))
        if outcome.anew is not None:
            cards.append(_card(_("Scored anew"), [anew_row(outcome, outcome.anew)]))
        if len(outcome.counts.sections) > 1:
            cards.append(_card(_("By section"), [section_bars(outcome)]))
        if cards:
            grid = CardGrid(380)
            grid.set_cards(cards)
            self._parts.addWidget(grid)
        told = _("Passed") if outcome.counts.passed else _("Not yet")
        announce(self, f"{told}, {figures.share(outcome.counts.share)}", urgent=True)
        self.focus_first()

    def _buttons(self, result: Result) -> list[Button]:
        """Return what can be done now; the first is what most will want."""
        again = Button(_("Try again"), icon="rotate-cw").on_press(self._try_again)
        onward = Button(_("Continue"), icon="arrow-right").on_press(self._continue)
        onward.set_trailing()
        paper = Button(_("Certificate"), icon="award")
        paper.on_press(lambda: self.desk.open("certificates"))
        review = Button(_("Review answers"), icon="list-checks").on_press(self._review)
        shown = [onward, review]
        if result.decision.allowed:
            shown.insert(1 if result.outcome.counts.passed else 0, again)
        if result.course_is_complete:
            shown.insert(1, paper)
        if not result.outcome.may_review:
            shown.remove(review)
        for button in (again, onward, paper, review):
            if button not in shown:
                button.deleteLater()
        shown[0].set_kind(Kind.PRIMARY)
        self.primary = shown[0]
        self.review_button = review if review in shown else None
        self._outcome = result.outcome
        return shown

    def _review(self) -> None:
        if self.review is None:
            self.review = ReviewList(self._outcome, self._media)
            self._parts.addWidget(self.review)
            self.review.show()
        QTimer.singleShot(0, self.review, self._go_to_review)

    def _go_to_review(self) -> None:
        """Bring the review into view and give it the focus, now that it has its place."""
        page = self.findChild(ScrollPage)
        if self.review is not None and page is not None:
            top = self.review.mapTo(page.content, QPoint(0, 0)).y()
            page.verticalScrollBar().setValue(top - current_theme().px(16))
            self.review.focus_first()

    def _try_again(self) -> None:
        lesson_id = self._outcome.lesson_id
        self.desk.open("quiz", course_id=self._course_id, lesson_id=lesson_id)

    def _continue(self) -> None:
        self.desk.open("player", course_id=self._course_id)


def read_result(services: QuizServices, actor: Actor, attempt_id: UUID, course_id: UUID) -> Result:
    """Return an outcome of the actor's and what may follow it. Raises NotFound while it is open."""
    outcome = services.quizzes.outcome(actor, attempt_id)
    return Result(
        outcome=outcome,
        decision=services.quizzes.may_start(actor, outcome.lesson_id),
        course_is_complete=services.learning.begin(actor, course_id).completed_at is not None,
    )


def _card(title: str, parts: list[QWidget]) -> Card:
    card = Card(title, gap=14)
    for part in parts:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card
