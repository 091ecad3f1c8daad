"""What a quiz may ask: its questions, each with type, points and whether it must be right."""

from functools import partial

from app.core.assessments import PoolQuestion, plain_text, question_type
from app.core.base.words import _, plural
from app.core.courses import LessonPlan
from app.ui.courses.services import CourseServices
from app.ui.kit.cards import RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone

_LONG = 120


def show_questions(
    desk: Desk[CourseServices], host: Screen[CourseServices], plan: LessonPlan
) -> None:
    """Read the questions of a quiz lesson and show them in a sheet over `host`."""
    quizzes, actor = desk.services.quizzes, desk.actor
    host.load(
        lambda _progress: quizzes.questions_of(actor, plan),
        lambda found: QuestionsSheet(desk, host, plan.title, found).open(),
        what="questions",
    )


class QuestionsSheet(SideSheet):
    """A line a question; pressing one shows it as a learner sees it."""

    def __init__(
        self,
        desk: Desk[CourseServices],
        host: Screen[CourseServices],
        title: str,
        questions: tuple[PoolQuestion, ...],
    ) -> None:
        count = plural("{count} question", "{count} questions", len(questions))
        super().__init__(host, title, subtitle=count, width=560)
        self.lines = [self._line(desk, one) for one in questions]
        for line in self.lines:
            self.body.addWidget(line)
        if not questions:
            self.body.addWidget(PlainLabel(_("There are none yet."), TextRole.BODY2, wrap=True))

    def _line(self, desk: Desk[CourseServices], one: PoolQuestion) -> RowButton:
        question = one.question
        parts = [
            _(question_type(question.type).title),
            plural("{count} point", "{count} points", question.points),
        ]
        if question.critical:
            parts.append(_("must be right"))
        line = RowButton(
            plain_text(question.stem)[:_LONG] or question.name,
            " · ".join(parts),
            icon="star" if question.critical else "circle-question-mark",
            tone=Tone.WARNING if question.critical else Tone.NEUTRAL,
        )
        line.clicked.connect(partial(self._open, desk, one))
        return line

    def _open(self, desk: Desk[CourseServices], one: PoolQuestion, _pressed: bool = False) -> None:
        self.dismiss()
        desk.open("question_preview", question=one.question)
