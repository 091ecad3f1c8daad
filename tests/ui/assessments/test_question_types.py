"""What every way of answering must do, run over all of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.assessments import AskedQuestion
from app.core.assessments.question_types import QUESTION_TYPES, best_response, question_type
from app.core.assessments.types import (
    Chosen,
    Filled,
    Ordered,
    Paired,
    Question,
    Response,
    RichText,
    TextFormat,
    Typed,
    plain,
)
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_types import QUESTION_WIDGETS, AnyAnswerWidget
from app.ui.assessments.question_types.gaps import GapLine
from app.ui.assessments.question_types.ordering import OrderingWidget
from app.ui.assessments.question_view import QuestionView
from app.ui.assessments.silence import is_given
from app.ui.kit.buttons import Button
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from tests.support.accessibility import nameless, unreachable
from tests.ui.assessments.quizzes import BODIES, GAPS, a_question, question_id

Show = Callable[..., QuestionView]
KEYS = sorted(BODIES)

SOME: dict[str, Response] = {
    "choice_one": Chosen(keys=("c",)),
    "choice_many": Chosen(keys=("a", "d")),
    "true_false": Chosen(keys=("true",)),
    "numeric": Typed(text=" 0,5 bar"),
    "short_text": Typed(text="चालू"),
    "matching": Paired(pairs=(("1", "d"), ("3", "a"))),
    "ordering": Ordered(keys=("d", "a", "b", "c")),
    "gaps": Filled(gaps=(("when", "y"), ("bar", "2"))),
}
"""Answers that are wrong or not whole."""


def asked(question: Question, response: Response | None = None) -> AskedQuestion:
    kind = question_type(question.type)
    return AskedQuestion(
        question_id=question_id(),
        question=question,
        order=tuple(kind.as_written(question.body)),
        section=0,
        response=response,
    )


@pytest.fixture
def show(window: QWidget, media: QuestionMedia) -> Show:
    """Show a question in the window."""

    def show_it(question: Question, response: Response | None = None) -> QuestionView:
        view = QuestionView(asked(question, response), media, window)
        view.resize(1000, 700)
        view.show()
        return view

    return show_it


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)


def words_shown(within: QWidget) -> list[str]:
    QCoreApplication.sendPostedEvents()
    labels = [label.text() for label in within.findChildren(PlainLabel) if label.isVisible()]
    return labels + [chip.text() for chip in within.findChildren(StatusChip) if chip.isVisible()]


def test_every_question_type_of_the_core_can_be_answered_on_screen() -> None:
    assert [widget.key for widget in QUESTION_WIDGETS] == [kind.key for kind in QUESTION_TYPES]
    assert set(BODIES) == set(SOME) == {kind.key for kind in QUESTION_TYPES}


@pytest.mark.parametrize("key", KEYS)
def test_the_answer_shown_is_the_answer_given_back(key: str, show: Show) -> None:
    best = best_response(a_question(key))
    assert best is not None
    for response in (best, SOME[key]):
        shown = show(a_question(key), response).response()
        assert question_type(key).score(BODIES[key], shown) == question_type(key).score(
            BODIES[key], response
        )
        assert type(shown) is type(response)
        assert show(a_question(key), shown).response() == shown


@pytest.mark.parametrize("key", KEYS)
def test_silence_is_no_answer_and_an_answer_can_be_taken_back(key: str, show: Show) -> None:
    answer = show(a_question(key)).answer
    assert answer.response() is None
    answer.show_response(SOME[key])
    answer.show_response(answer.silence)
    assert answer.response() is None
    assert not is_given(answer.silence)
    answer.show_response(SOME[key])
    answer.show_response(None)
    assert answer.response() is None


@pytest.mark.parametrize("key", KEYS)
def test_showing_an_answer_tells_nobody_that_it_changed(key: str, show: Show, qtbot: QtBot) -> None:
    view = show(a_question(key))
    with qtbot.assertNotEmitted(view.changed):
        view.answer.show_response(SOME[key])
        view.answer.show_response(None)


@pytest.mark.parametrize("key", KEYS)
def test_an_answer_of_another_form_is_refused(key: str, show: Show) -> None:
    strange = Typed(text="x") if key not in {"numeric", "short_text"} else Chosen(keys=("a",))
    with pytest.raises(TypeError):
        show(a_question(key)).answer.show_response(strange)


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name_and_can_be_reached(key: str, show: Show) -> None:
    view = show(a_question(key))
    assert nameless(view) == []
    assert unreachable(view) == []


@pytest.mark.parametrize("key", KEYS)
def test_the_first_control_tells_what_is_asked(key: str, show: Show) -> None:
    answer = show(a_question(key, "What is dangerous?")).answer
    first = answer.first_control()
    assert first is not None
    assert first.accessibleDescription() == "What is dangerous?"
    answer.focus_first()
    assert focused() is first


def by_choosing(answer: AnyAnswerWidget) -> Response:
    press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    return Chosen(keys=("b",))


def by_number(answer: AnyAnswerWidget) -> Response:
    assert answer.take_key(2)
    assert not answer.take_key(9)
    return Chosen(keys=("false",))


def by_typing(answer: AnyAnswerWidget) -> Response:
    QTest.keyClicks(focused(), "0.5")
    return Typed(text="0.5")


def by_lists(answer: AnyAnswerWidget) -> Response:
    press(Qt.Key.Key_Down)
    focused().focusNextChild()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    return Paired(pairs=(("1", "a"), ("2", "b")))


def by_moving(answer: AnyAnswerWidget) -> Response:
    press(Qt.Key.Key_Space)
    return Ordered(keys=("b", "a", "c", "d"))


def by_filling(answer: AnyAnswerWidget) -> Response:
    press(Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "their")
    return Filled(gaps=(("when", "x"), ("whose", "their")))


@pytest.mark.parametrize(
    ("key", "act"),
    [
        ("choice_one", by_choosing),
        ("choice_many", by_choosing),
        ("true_false", by_number),
        ("numeric", by_typing),
        ("short_text", by_typing),
        ("matching", by_lists),
        ("ordering", by_moving),
        ("gaps", by_filling),
    ],
)
def test_it_is_answered_by_keyboard_alone(
    key: str, act: Callable[[AnyAnswerWidget], Response], show: Show, qtbot: QtBot
) -> None:
    view = show(a_question(key))
    view.answer.focus_first()
    with qtbot.waitSignal(view.changed):
        expected = act(view.answer)
    assert view.response() == expected


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("given", ["best", "some", "nothing"])
def test_a_review_cannot_be_changed_and_says_what_was_right(
    key: str, given: str, show: Show
) -> None:
    question = a_question(key, feedback=plain("See page 6."))
    response = {"best": best_response(question), "some": SOME[key], "nothing": None}[given]
    view = show(question, response)
    view.show_review(correct=given == "best")
    open_controls = [
        each
        for kind in (QLineEdit, QComboBox, Button)
        for each in view.findChildren(kind)
        if each.isVisible() and each.isEnabled()
    ]
    assert open_controls == []
    assert all(
        bool(card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))
        for card in getattr(getattr(view.answer, "options", None), "cards", [])
    )
    words = " ".join(words_shown(view))
    assert ("Wrong" in words) == (given == "some")
    assert any(told in words for told in ("Right", "right", "Belongs at")) or given == "best"


def test_the_words_of_the_author_are_shown_in_a_review(show: Show) -> None:
    view = show(a_question("choice_one", feedback=plain("See page 6.")), Chosen(keys=("c",)))
    view.show_review(correct=False)
    names = [each.accessibleName() for each in view.findChildren(QWidget)]
    assert "A colleague is no lock." in names
    assert "See page 6." in names


def test_one_choice_lets_go_of_the_other_and_several_do_not(show: Show) -> None:
    one, many = show(a_question("choice_one")).answer, show(a_question("choice_many")).answer
    for answer in (one, many):
        answer.take_key(1)
        answer.take_key(3)
    assert one.response() == Chosen(keys=("c",))
    assert many.response() == Chosen(keys=("a", "c"))
    many.take_key(1)
    assert many.response() == Chosen(keys=("c",))


def test_options_stand_in_the_papers_order(media: QuestionMedia, window: QWidget) -> None:
    question = AskedQuestion(
        question_id=question_id(),
        question=a_question("choice_one"),
        order=("d", "b", "a", "c"),
        section=0,
        response=None,
    )
    view = QuestionView(question, media, window)
    view.answer.take_key(1)
    assert view.response() == Chosen(keys=("d",))


def test_an_item_is_moved_by_its_buttons_and_by_ctrl_and_arrows(show: Show) -> None:
    answer = show(a_question("ordering")).answer
    assert isinstance(answer, OrderingWidget)
    answer.rows[3].up.click()
    assert answer.response() == Ordered(keys=("a", "b", "d", "c"))
    assert focused() is answer.rows[2].up
    QTest.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert answer.response() == Ordered(keys=("a", "b", "c", "d"))
    assert not answer.rows[0].up.isEnabled()
    assert not answer.rows[3].down.isEnabled()
    assert answer.rows[3].accessibleName() == "Verify zero energy, place 4 of 4"


def test_gaps_stand_in_a_plain_text_and_say_where(show: Show) -> None:
    answer = show(a_question("gaps")).answer
    lines = answer.findChildren(GapLine)
    assert lines[0].accessibleName() == "Gap 2 of 3: the other takes off …"
    assert lines[0].parentWidget().layout() is not None


def test_gaps_of_a_text_with_markup_stand_in_a_list(show: Show) -> None:
    body = GAPS.__class__(
        text=RichText(
            source="<table><tr><td>Lock [[when]]</td><td>[[whose]] [[bar]]</td></tr></table>",
            format=TextFormat.HTML,
        ),
        gaps=GAPS.gaps,
    )
    answer = show(Question(type="gaps", stem=plain("Fill"), body=body)).answer
    assert nameless(answer) == []
    assert "(1)" in words_shown(answer)
    answer.show_response(SOME["gaps"])
    assert answer.response() == SOME["gaps"]


def test_each_gap_is_judged_for_itself(show: Show) -> None:
    given = Filled(gaps=(("when", "x"), ("whose", "my"), ("bar", "0.0")))
    view = show(a_question("gaps"), given)
    view.show_review(correct=False)
    chips = [chip.text() for chip in view.answer.findChildren(StatusChip)]
    assert chips == ["Right", "Wrong", "Right"]
