"""Writing questions: banks, the questions in them, an editor for each type."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.assessments.authoring.bank_screen import BankScreen
from app.ui.assessments.authoring.banks_screen import BanksScreen
from app.ui.assessments.authoring.question_editor import QuestionEditor
from app.ui.kit.screen import ScreenSpec

AUTHOR_SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="question_banks",
        title=mark("Questions"),
        icon="file-question-mark",
        section=mark("Learning"),
        needs=Capability.AUTHOR_COURSES,
        factory=BanksScreen,
    ),
    ScreenSpec(
        key="question_bank",
        title=mark("Question bank"),
        icon="file-question-mark",
        needs=Capability.VIEW_COURSES,
        factory=BankScreen,
        in_navigation=False,
    ),
    ScreenSpec(
        key="question_editor",
        title=mark("Question"),
        icon="pencil",
        needs=Capability.VIEW_COURSES,
        factory=QuestionEditor,
        in_navigation=False,
    ),
)
"""In the navigation they follow the courses."""
