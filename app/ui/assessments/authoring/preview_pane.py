"""Beside the form: the question as learners see it, to be tried, and what keeps it from being asked."""

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.core.assessments import AskedQuestion, FieldProblem, Question, Response, question_type
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_view import QuestionView
from app.ui.kit.buttons import IconButton
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone

_REST_MS = 250
_NOBODY = UUID(int=0)


class PreviewPane(Card):
    """Shows what was last handed to it once typing rests. Nothing tried here is kept."""

    def __init__(self, media: QuestionMedia, parent: QWidget | None = None) -> None:
        super().__init__(_("As learners see it"), margin=16, parent=parent)
        self._media = media
        self._question: Question | None = None
        self.view: QuestionView | None = None
        self.again_button = IconButton("rotate-ccw", _("Start over"), dense=True)
        self.check_button = IconButton("check", _("Check the answer"), dense=True)
        self.add_action(self.again_button.on_press(self.start_over))
        self.add_action(self.check_button.on_press(self.check))
        self._place = column(gap=0)
        self.body.addLayout(self._place)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.start_over)

    def show_soon(self, question: Question) -> None:
        """Show another question as soon as typing rests."""
        self._question = question
        self._rest.start()

    def show_now(self, question: Question) -> None:
        """Show another question."""
        self._question = question
        self.start_over()

    def start_over(self) -> None:
        """Show the question anew, not answered."""
        self._rest.stop()
        if self._question is not None:
            self._show(None)

    def check(self) -> None:
        """Show what a review would say to the answer."""
        if self.view is None or self._question is None:
            return
        response = self.view.response()
        kind = question_type(self._question.type)
        correct = kind.score(self._question.body, response) == 1
        self._show(response).show_review(correct=correct)
        self.check_button.setEnabled(False)

    def _show(self, response: Response | None) -> QuestionView:
        if self._question is None:
            raise LookupError("no question is shown")
        self._media.stop()
        clear(self._place)
        asked = AskedQuestion(
            question_id=_NOBODY,
            question=self._question,
            order=question_type(self._question.type).as_written(self._question.body),
            section=0,
            response=response,
        )
        self.view = QuestionView(asked, self._media)
        self._place.addWidget(self.view)
        self.check_button.setEnabled(True)
        return self.view


class ReadyPanel(Card):
    """What keeps the question from being asked, and what could be better; none is good news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before it is asked"), gap=10, margin=16, parent=parent)
        self._rows = column(gap=8)
        self.body.addLayout(self._rows)
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def show_problems(self, problems: tuple[FieldProblem, ...], advised: tuple[str, ...]) -> None:
        """Show each sentence once."""
        said = tuple(dict.fromkeys(one.text for one in problems))
        if (said, advised) == self._shown:
            return
        self._shown = said, advised
        clear(self._rows)
        for sentence in advised:
            better = _("Could be better")
            self._rows.addWidget(FactRow(better, sentence, icon="circle-alert", tone=Tone.WARNING))
        for sentence in said:
            self._rows.addWidget(
                FactRow(_("Still missing"), sentence, icon="circle-alert", tone=Tone.WARNING)
            )
        if not said:
            ready = _("Quizzes can ask this question.")
            self._rows.addWidget(FactRow(_("Ready"), ready, icon="circle-check", tone=Tone.SUCCESS))
