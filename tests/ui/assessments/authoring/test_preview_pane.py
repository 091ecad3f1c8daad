"""The preview bears whatever stands in a form that is not finished."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.core.assessments import QUESTION_TYPES, Question, in_language
from app.core.content import AssetMissing
from app.ui.assessments.authoring.preview_pane import PreviewPane
from app.ui.assessments.media import QuestionMedia
from tests.ui.assessments.authoring.bodies import questions
from tests.ui.assessments.authoring.test_editors import DRAWN

KEYS = [one.key for one in QUESTION_TYPES]


def nowhere(sha256: str) -> Path:
    raise AssetMissing(sha256)


@pytest.fixture
def pane(qtbot: QtBot) -> PreviewPane:
    made = PreviewPane(QuestionMedia(nowhere))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("key", KEYS)
@DRAWN
@given(data=st.data())
def test_an_unfinished_question_is_shown_and_checked(
    key: str, data: st.DataObject, pane: PreviewPane
) -> None:
    question = data.draw(questions(key))
    pane.show_now(in_language(question, data.draw(st.sampled_from(["hi", "en"]))))
    pane.check()
    assert not pane.check_button.isEnabled()
    pane.start_over()
    assert pane.check_button.isEnabled()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_question_is_shown(key: str, pane: PreviewPane) -> None:
    blank = next(one for one in QUESTION_TYPES if one.key == key).blank()
    pane.show_now(Question(type=key, body=blank))
    pane.check()
    assert pane.view is not None
