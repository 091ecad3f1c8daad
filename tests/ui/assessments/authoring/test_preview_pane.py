"""The preview bears whatever stands in a form that is not finished."""

import weakref
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.assessments import (
    QUESTION_TYPES,
    ChoiceOneBody,
    Gap,
    GapsBody,
    Question,
    in_language,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.types import plain
from app.core.content import AssetMissing
from app.ui.assessments.authoring.preview_pane import PreviewPane
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types.chooser import Chooser
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


def test_gaps_of_one_name_leave_no_list_in_the_air(pane: PreviewPane) -> None:
    options = tuple(Option(key=key, text=plain(key), share=Fraction(0)) for key in "ab")
    gap = Gap(key="1", choice=ChoiceOneBody(options=options))
    body = GapsBody(text=plain("Press [[1]]"), gaps=(gap, gap, gap))

    pane.show_now(Question(type="gaps", stem=plain("Fill in"), body=body))

    loose = [one for one in QApplication.topLevelWidgets() if isinstance(one, Chooser)]
    assert loose == []
    assert len(pane.findChildren(Chooser)) == 1


def test_a_list_that_nothing_holds_goes_at_once(pane: PreviewPane) -> None:
    made = Chooser("Gap", [("a", plain("a"))], QuestionMedia(nowhere))
    heard: list[int] = []
    made.picked.connect(partial(heard.append, 1))
    made.activated.emit(1)
    gone = weakref.ref(made)
    del made

    assert heard == [1]
    assert gone() is None
