"""The answers of an attempt that was handed in: each question, what was given, what was right, why."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.core.assessments import AskedQuestion, AttemptOutcome, QuestionScore
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_view import QuestionView, critical_chip
from app.ui.assessments.result_parts import points_text
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.theme import TextRole, Tone

_AT_ONCE = 4
_ALL, _WRONG = "all", "wrong"


class ReviewCard(Card):
    """One question of a review."""

    def __init__(
        self, number: int, asked: AskedQuestion, score: QuestionScore, media: QuestionMedia
    ) -> None:
        super().__init__(gap=14, margin=24)
        self.is_right = score.correct
        head = row(gap=12)
        words = column(gap=2)
        title = _("Question {number}").format(number=number)
        words.addWidget(PlainLabel(title, TextRole.H2))
        words.addWidget(PlainLabel(points_text(score.earned, score.possible), TextRole.MUTED))
        head.addLayout(words, 1)
        chips = QWidget()
        flow = FlowLayout(chips, gap=8, right=True)
        if asked.question.critical:
            flow.addWidget(critical_chip())
        self.verdict = _verdict(score)
        flow.addWidget(self.verdict)
        head.addWidget(chips, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.view = QuestionView(asked, media)
        self.view.show_review(correct=score.correct)
        self.body.addWidget(self.view)
        self.setAccessibleName(f"{title}, {self.verdict.text()}. {self.view.stem_words()}")


def _verdict(score: QuestionScore) -> StatusChip:
    if score.correct:
        return StatusChip(_("Right"), Tone.SUCCESS)
    if not score.answered:
        return StatusChip(_("Not answered"), Tone.NEUTRAL, icon="circle-minus")
    if score.earned > 0:
        return StatusChip(_("Partly right"), Tone.WARNING, icon="circle-slash")
    return StatusChip(_("Wrong"), Tone.DANGER, icon="circle-x")


class ReviewList(QWidget):
    """Every question, or those that were not right. Long ones fill up while one reads the first."""

    def __init__(self, outcome: AttemptOutcome, media: QuestionMedia) -> None:
        super().__init__()
        self._outcome = outcome
        self._media = media
        self.cards: list[ReviewCard] = []
        count = len(outcome.questions)
        wrong = sum(not score.correct for score in outcome.score.questions)
        lines = column(self, gap=16)
        head = row(gap=16)
        head.addWidget(PlainLabel(_("Your answers"), TextRole.H1))
        self.tabs = SegmentedTabs(
            _("Your answers"),
            [
                (_ALL, _("All {count}").format(count=count)),
                (_WRONG, _("Not right {count}").format(count=wrong)),
            ],
        )
        self.tabs.chosen.connect(lambda _key: self._filter())
        head.addWidget(self.tabs, 1)
        lines.addLayout(head)
        self._list = column(gap=16)
        lines.addLayout(self._list)
        lines.addStretch(1)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.add_some)
        self.add_some()
        self._timer.start()

    def add_some(self) -> None:
        """Add the next few questions."""
        scores = {score.question_id: score for score in self._outcome.score.questions}
        start = len(self.cards)
        for place, asked in enumerate(
            self._outcome.questions[start : start + _AT_ONCE], start=start
        ):
            card = ReviewCard(place + 1, asked, scores[asked.question_id], self._media)
            self.cards.append(card)
            self._list.addWidget(card)
        self._filter()
        if len(self.cards) == len(self._outcome.questions):
            self._timer.stop()

    def focus_first(self) -> None:
        """Put the focus on the choice between all and those not right."""
        first = self.tabs.findChild(Button)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> None:
        only_wrong = self.tabs.key() == _WRONG
        for card in self.cards:
            card.setVisible(not (only_wrong and card.is_right))
