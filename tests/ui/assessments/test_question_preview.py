"""An author tries a question; nothing is kept."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.assessments import SCREENS
from app.ui.assessments.question_preview import QuestionPreviewScreen
from app.ui.kit.chips import StatusChip
from tests.support.accessibility import nameless
from tests.ui.assessments.conftest import QuizDesk
from tests.ui.assessments.quizzes import BODIES, a_question


@pytest.fixture
def preview(qtbot: QtBot, desk: QuizDesk) -> QuestionPreviewScreen:
    screen = QuestionPreviewScreen(desk)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


@pytest.mark.parametrize("key", sorted(BODIES))
def test_a_question_is_shown_as_learners_see_it(key: str, preview: QuestionPreviewScreen) -> None:
    preview.arrive(question=a_question(key))
    assert preview.view is not None
    assert preview.view.response() is None
    assert nameless(preview) == []


def test_the_answer_is_judged_and_can_be_given_anew(preview: QuestionPreviewScreen) -> None:
    preview.arrive(question=a_question("choice_one"))
    assert preview.view is not None
    preview.view.answer.take_key(1)
    preview.check.click()
    chips = [chip.text() for chip in preview.view.findChildren(StatusChip)]
    assert chips == ["Your answer", "Wrong", "Right answer"]
    assert not preview.check.isEnabled()
    preview.again.click()
    assert preview.view.response() is None
    assert preview.check.isEnabled()


def test_screens_that_need_arguments_stand_in_no_navigation() -> None:
    assert {spec.key for spec in SCREENS} == {"quiz", "result", "question_preview"}
    assert not any(spec.in_navigation for spec in SCREENS)
    assert next(spec for spec in SCREENS if spec.key == "quiz").is_immersive
