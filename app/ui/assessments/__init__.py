"""Taking quizzes, their results, and questions as learners see them."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.assessments.question_preview import QuestionPreviewScreen
from app.ui.assessments.quiz_screen import QuizScreen
from app.ui.assessments.result_screen import ResultScreen
from app.ui.kit.screen import ScreenSpec

SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="quiz",
        title=mark("Quiz"),
        icon="clipboard-check",
        needs=Capability.LEARN,
        factory=QuizScreen,
        in_navigation=False,
        is_immersive=True,
    ),
    ScreenSpec(
        key="result",
        title=mark("Result"),
        icon="badge-check",
        needs=Capability.LEARN,
        factory=ResultScreen,
        in_navigation=False,
    ),
    ScreenSpec(
        key="question_preview",
        title=mark("Preview of a question"),
        icon="eye",
        needs=Capability.AUTHOR_COURSES,
        factory=QuestionPreviewScreen,
        in_navigation=False,
    ),
)
