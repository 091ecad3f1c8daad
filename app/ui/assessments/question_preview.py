"""A question as learners will see it, for its author; nothing is kept."""

from uuid import UUID

from typing_extensions import override

from app.core.assessments import AskedQuestion, Question, question_type
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_view import QuestionView
from app.ui.assessments.services import QuizServices
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Desk, Screen


class QuestionPreviewScreen(Screen[QuizServices]):
    """Shows a question to try; a button shows what a review would say to the answer."""

    def __init__(self, desk: Desk[QuizServices]) -> None:
        super().__init__(desk, title=_("Preview of a question"))
        self._question: Question | None = None
        self._media = QuestionMedia(desk.services.assets.path, self)
        self.view: QuestionView | None = None
        self.check = Button(_("Check the answer"), icon="check").on_press(self._check)
        self.again = Button(_("Start over"), icon="rotate-ccw").on_press(self._start_over)
        self.header.add_action(self.again)
        self.header.add_action(self.check)
        card = Card(margin=24)
        self._place = column(gap=0)
        card.body.addLayout(self._place)
        self.body.addWidget(card)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        question = args["question"]
        if not isinstance(question, Question):
            raise TypeError("the preview shows a Question")
        self._question = question
        title = _(question_type(question.type).title)
        self.header.set_words(question.name or _("Preview of a question"), title)
        self._start_over()

    @override
    def focus_first(self) -> None:
        if self.view is not None:
            self.view.answer.focus_first()

    @override
    def pause(self) -> None:
        self._media.stop()

    def _start_over(self) -> None:
        if self._question is not None:
            self._show(
                AskedQuestion(
                    question_id=UUID(int=0),
                    question=self._question,
                    order=question_type(self._question.type).as_written(self._question.body),
                    section=0,
                    response=None,
                )
            )

    def _check(self) -> None:
        if self.view is None:
            return
        asked, response = self.view.asked, self.view.response()
        kind = question_type(asked.question.type)
        correct = kind.score(asked.question.body, response) == 1
        view = self._show(
            AskedQuestion(
                question_id=asked.question_id,
                question=asked.question,
                order=asked.order,
                section=0,
                response=response,
            )
        )
        view.show_review(correct=correct)
        self.check.setEnabled(False)

    def _show(self, asked: AskedQuestion) -> QuestionView:
        self._media.stop()
        clear(self._place)
        self.view = QuestionView(asked, self._media)
        self._place.addWidget(self.view)
        self.check.setEnabled(True)
        return self.view
