"""Every type has an editor; what it is shown it gives back, in every language."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from app.core.assessments import (
    QUESTION_TYPES,
    MediaKind,
    MediaRef,
    Question,
    RichText,
    field_problems,
    plain,
)
from app.ui.assessments.authoring.drafts import draft_of
from app.ui.assessments.authoring.editors import QUESTION_EDITORS, type_icon
from app.ui.assessments.authoring.parts import RowList
from app.ui.assessments.authoring.question_form import QuestionForm
from app.ui.assessments.authoring.text_part import Tools
from app.ui.kit.icons import icon
from tests.support.accessibility import nameless, unreachable
from tests.ui.assessments.authoring.bodies import BODIES, TEXTS, questions
from tests.ui.assessments.quizzes import a_question

KEYS = [one.key for one in QUESTION_TYPES]
PICTURE = MediaRef(name="valve.png", sha256="ab" * 32, kind=MediaKind.IMAGE)
SOUND = MediaRef(name="read.mp3", sha256="cd" * 32, kind=MediaKind.AUDIO)
DRAWN = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[QuestionForm]:
    made = QuestionForm(Tools(pick_media=lambda then: then(PICTURE)))
    qtbot.addWidget(made)
    return made


def test_every_type_has_an_editor_with_an_icon() -> None:
    assert [one.key for one in QUESTION_EDITORS] == KEYS
    assert sorted(BODIES) == sorted(KEYS)
    assert len({one.icon for one in QUESTION_EDITORS}) == len(KEYS)
    assert all(not icon(type_icon(key)).isNull() for key in KEYS)


@given(text=TEXTS)
def test_a_text_that_is_taken_apart_is_put_together_again(text: RichText) -> None:
    assert draft_of(text).built() == text


@pytest.mark.parametrize("key", KEYS)
@DRAWN
@given(data=st.data())
def test_a_question_goes_through_its_editor_unchanged(
    key: str, data: st.DataObject, form: QuestionForm
) -> None:
    question = data.draw(questions(key))
    form.show_question(question)
    assert form.question() == question
    for code in [*form.languages._buttons]:
        form.languages._buttons[code].click()
        assert form.question() == question
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("key", KEYS)
def test_showing_tells_of_no_edit_and_every_control_has_a_name(
    key: str, form: QuestionForm, qtbot: QtBot
) -> None:
    edits = []
    form.edited.connect(lambda: edits.append(1))
    form.show_question(a_question(key))
    with qtbot.waitExposed(form):
        form.show()
    assert edits == []
    assert nameless(form) == []
    assert unreachable(form) == []


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_question_takes_problems_at_its_fields(key: str, form: QuestionForm) -> None:
    blank = next(one for one in QUESTION_TYPES if one.key == key).blank()
    form.show_question(Question(type=key, body=blank))
    assert form.question() == Question(type=key, body=blank)
    form.show_problems(field_problems(form.question()))
    assert form.stem.error() == "The question has no words."
    form.show_problems(())
    assert form.stem.error() == ""


def test_options_are_written_moved_and_removed(form: QuestionForm, qtbot: QtBot) -> None:
    form.show_question(a_question("choice_one"))
    options = form.editor.options
    options.add()
    qtbot.keyClicks(options.rows[-1].text.area, "Lock it")
    options.rows[-1].right_box.click()
    options.rows[-1].shift_asked.emit(-1)
    options.rows[0].remove_button.click()
    body = form.question().body
    assert [one.key for one in body.options] == ["b", "c", "1", "d"]
    assert [one.share for one in body.options] == [0, 0, 1, 0]
    assert body.options[2].text == plain("Lock it")


def test_each_language_keeps_its_own_words(form: QuestionForm, qtbot: QtBot) -> None:
    form.show_question(a_question("ordering"))
    form.languages._buttons["hi"].click()
    assert form.stem.value() == ""
    assert form.stem.area.placeholderText() == "A question of the type ordering"
    qtbot.keyClicks(form.stem.area, "Kram")
    form.languages._buttons[""].click()
    assert form.stem.value() == "A question of the type ordering"
    question = form.question()
    (hindi,) = question.translations
    assert (hindi.language, hindi.texts[0]) == ("hi", plain("Kram"))
    assert question.stem == plain("A question of the type ordering")


def test_a_picture_is_put_beneath_the_words_and_described(form: QuestionForm) -> None:
    form.show_question(a_question("true_false", "Is it <open>?"))
    form.stem.attach_button.click()
    form.stem._change(form.stem._draft.described("valve.png", "A valve"))
    stem = form.question().stem
    assert stem.source == (
        '<p>Is it &lt;open&gt;?</p><p><img src="media:valve.png" alt="A valve"></p>'
    )
    assert stem.media == (PICTURE,)
    form.show_question(form.question())
    assert form.stem.value() == "Is it <open>?"
    form.stem.add_media(SOUND)
    assert form.question().stem.media == (PICTURE, SOUND)
    form.stem._remove("valve.png")
    assert form.question().stem == RichText(source="Is it <open>?", media=(SOUND,))


def test_a_pair_brings_its_answer(form: QuestionForm) -> None:
    form.show_question(a_question("matching"))
    editor = form.editor
    added = editor.prompts.add()
    body = form.question().body
    assert body.prompts[-1].answer == body.answers[-1].key
    added.answer.set_value("a")
    added.answer.combo.activated.emit(1)
    assert form.question().body.prompts[-1].answer == "a"
    editor.answers.rows[0].remove_button.click()
    assert form.question().body.prompts[-1].answer == "a"
    assert any("no answer" in one.text for one in field_problems(form.question()))


def test_a_gap_is_put_where_the_cursor_is(form: QuestionForm, qtbot: QtBot) -> None:
    form.show_question(Question(type="gaps", body=QUESTION_TYPES[-1].blank()))
    editor = form.editor
    qtbot.keyClicks(editor.text.area, "Lock ")
    row = editor.gaps.add()
    assert editor.text.value() == "Lock [[1]]"
    row.filled.set_value("number")
    row.filled.edited.emit()
    row.editor.accepted.add()
    row.editor.accepted.rows[0].first.line.setText("0.5")
    body = form.question().body
    assert str(body.gaps[0].number.accepted[0].near.value) == "0.5"


def test_a_share_and_a_number_stay_exact_until_touched(form: QuestionForm) -> None:
    form.show_question(a_question("numeric"))
    row = form.editor.accepted.rows[0]
    row.form.set_value("relative")
    row.form.edited.emit()
    row.second.line.setText("5")
    near = form.question().body.accepted[0].near
    assert (str(near.value), str(near.tolerance), near.relative) == ("0.5", "0.05", True)
    row.first.line.setText("half")
    assert form.question().body.accepted[0].near is None
    row.form.set_value("range")
    row.form.edited.emit()
    row.first.line.setText("1")
    within = form.question().body.accepted[0].within
    assert (within.low, within.high) == (1, 5)


def stops_of(form: QuestionForm) -> list[tuple[int, int]]:
    """Return where Tab goes within the form, as lines and columns, beginning at its top."""
    stops, at = [], form.nextInFocusChain()
    while at is not form:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.focusProxy() is None
        if takes and form.isAncestorOf(at) and at.isVisibleTo(form) and at.accessibleName():
            middle = at.mapTo(form, at.rect().center())
            stops.append((middle.y(), middle.x()))
        at = at.nextInFocusChain()
    top = stops.index(min(stops))
    return stops[top:] + stops[:top]


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_down_the_form(key: str, form: QuestionForm, qtbot: QtBot) -> None:
    form.resize(700, 3000)
    form.show_question(a_question(key))
    form.feedback.add_media(PICTURE)
    for rows in form.editor.findChildren(RowList):
        rows.add()
        rows.rows[-1].shift_asked.emit(-1)
    with qtbot.waitExposed(form):
        form.show()
    lines = [line for line, _column in stops_of(form)]
    assert len(lines) > 15
    back_to_the_button_over_a_text = 90
    backward = [(one, next_) for one, next_ in pairwise(lines) if next_ < one]
    assert [one for one, next_ in backward if one - next_ >= back_to_the_button_over_a_text] == []
