"""A question being written: saved as versions, asked about before it is left, seen as learners see it."""

import gc
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget, QWidgetItem

from app.core.assessments import QUESTION_TYPES, plain
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.ui.assessments.authoring.parts import RowList
from app.ui.assessments.authoring.question_editor import QuestionEditor
from app.ui.assessments.authoring.tab_order import order_tabs
from app.ui.assessments.authoring.text_part import TextPart
from app.ui.kit.chips import StatusChip
from app.ui.kit.focus import tab_stops
from app.ui.kit.layouts import column, row
from tests.support.accessibility import nameless, unreachable
from tests.ui.assessments.authoring.conftest import ACTOR

MEDIA = Path(__file__).resolve().parents[3] / "support" / "media"


@pytest.fixture
def entries(banks, bank_id):
    return banks.questions(ACTOR, bank_id, PageRequest()).rows


@pytest.fixture
def editor(desk, shown, entries) -> QuestionEditor:
    made = QuestionEditor(desk)
    shown(made, question_id=entries[0].id)
    made.focus_first()
    return made


def type_stem(qtbot, editor, text: str) -> None:
    editor.form.stem.area.selectAll()
    qtbot.keyClicks(editor.form.stem.area, text)


def test_an_edit_is_saved_as_the_next_version(editor, banks, entries, desk, jobs, qtbot) -> None:
    assert not editor.save_button.isEnabled()
    type_stem(qtbot, editor, "What comes first?")
    assert editor.header._subtitle.text().startswith("Not saved · One choice · version 1")
    qtbot.keyClick(editor.form.stem.area, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert jobs.wait_idle()
    kept = banks.question(ACTOR, entries[0].id)
    assert (kept.number, kept.question.stem) == (2, plain("What comes first?"))
    assert kept.question.body == entries[0].question.body
    assert desk.toasts == ["Saved."]
    assert not editor.is_dirty
    editor.save()
    assert jobs.wait_idle()
    assert banks.question(ACTOR, entries[0].id).number == 2


@pytest.mark.parametrize("key", [one.key for one in QUESTION_TYPES])
def test_a_new_question_is_kept_though_it_is_not_ready(
    key, desk, shown, banks, bank_id, jobs, qtbot
) -> None:
    editor = QuestionEditor(desk)
    shown(editor, bank_id=bank_id, type=key)
    editor.focus_first()
    assert not editor.is_dirty
    qtbot.keyClicks(editor.form.stem.area, "Half a question")
    editor.save()
    assert jobs.wait_idle()
    (kept,) = banks.questions(ACTOR, bank_id, PageRequest(text="half a")).rows
    assert kept.question.type == key
    assert editor.ready._shown[0]
    qtbot.keyClicks(editor.form.stem.area, "?")
    editor.save()
    assert jobs.wait_idle()
    assert banks.question(ACTOR, kept.id).number == 2
    assert banks.bank(ACTOR, bank_id).questions == 9


def test_leaving_asks_while_something_is_not_saved(editor, desk, banks, entries, qtbot) -> None:
    assert editor.may_leave()
    type_stem(qtbot, editor, "Half")
    assert not editor.may_leave()
    assert [one.title for one in desk.questions] == ["Leave without saving?"]
    assert desk.steps_back == 1
    assert editor.may_leave()
    editor.arrive(question_id=entries[0].id)
    editor.desk.jobs.wait_idle()
    assert editor.form.question() == entries[0].question


def test_staying_keeps_what_was_typed(editor, desk, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(type(desk), "confirm", lambda _desk, _question, _then: None)
    type_stem(qtbot, editor, "Half")
    assert not editor.may_leave()
    assert editor.form.stem.value() == "Half"


def test_a_change_that_is_taken_back_is_no_change(editor, qtbot) -> None:
    before = editor.form.stem.value()
    type_stem(qtbot, editor, "x")
    type_stem(qtbot, editor, before)
    assert editor.may_leave()


def test_locking_keeps_what_was_typed(editor, banks, entries, jobs, qtbot) -> None:
    type_stem(qtbot, editor, "Half")
    editor.pause()
    assert jobs.wait_idle()
    assert banks.question(ACTOR, entries[0].id).question.stem == plain("Half")


def test_somebody_elses_save_is_told_and_nothing_is_lost(
    editor, banks, entries, desk, jobs, qtbot
) -> None:
    type_stem(qtbot, editor, "Mine")
    theirs = replace(entries[0].question, points=7)
    banks.edit(ACTOR, entries[0].id, theirs, entries[0].version_id)
    qtbot.waitUntil(editor.notice.isVisible)
    editor.save()
    assert jobs.wait_idle()
    assert "Somebody else" in desk.errors[0].sentence
    assert editor.form.stem.value() == "Mine"
    assert banks.question(ACTOR, entries[0].id).question == theirs


def test_what_others_saved_is_shown_while_nothing_was_typed(editor, banks, entries, qtbot) -> None:
    theirs = replace(entries[0].question, points=7)
    banks.edit(ACTOR, entries[0].id, theirs, entries[0].version_id)
    qtbot.waitUntil(lambda: editor.form.points.value() == 7)
    assert not editor.is_dirty


def test_the_preview_follows_what_is_typed_and_can_be_tried(editor, qtbot) -> None:
    type_stem(qtbot, editor, "What comes first?")
    qtbot.waitUntil(lambda: editor.preview.view.stem_words() == "What comes first?")
    editor.preview.view.answer.take_key(1)
    editor.preview.check_button.click()
    chips = [chip.text() for chip in editor.preview.view.findChildren(StatusChip)]
    assert chips == ["Your answer", "Wrong", "Right answer"]
    assert not editor.is_dirty or editor.form.question().body == editor._saved.body
    editor.preview.again_button.click()
    assert editor.preview.view.response() is None


def test_the_preview_speaks_the_language_on_screen(editor, qtbot) -> None:
    editor.form.languages._buttons["hi"].click()
    qtbot.keyClicks(editor.form.stem.area, "Pahle kya?")
    qtbot.waitUntil(lambda: editor.preview.view.stem_words() == "Pahle kya?")
    editor.form.languages._buttons[""].click()
    qtbot.waitUntil(lambda: editor.preview.view.stem_words().startswith("A question"))


def test_a_picture_is_stored_and_shown(editor, banks, entries, assets, jobs, qtbot) -> None:
    editor.form.stem.attach_button.click()
    dialog = editor.findChild(QFileDialog)
    dialog.fileSelected.emit(str(MEDIA / "picture.png"))
    dialog.close()
    assert jobs.wait_idle()
    editor.save()
    assert jobs.wait_idle()
    (ref,) = banks.question(ACTOR, entries[0].id).question.stem.media
    assert assets.read(ref.sha256) == (MEDIA / "picture.png").read_bytes()
    editor.preview.start_over()
    assert not editor._media.picture(ref).isNull()


def test_a_file_that_is_no_picture_is_told(editor, desk, jobs, tmp_path) -> None:
    (tmp_path / "x.png").write_text("none")
    taken = []
    editor.attach(tmp_path / "x.png", taken.append)
    assert jobs.wait_idle()
    assert taken == []
    assert "x.png" in desk.errors[0].sentence


def test_problems_stand_at_their_fields_once_it_was_saved(editor, jobs, qtbot) -> None:
    option = editor.form.editor.options.rows[0]
    option.text.area.selectAll()
    qtbot.keyClick(option.text.area, Qt.Key.Key_Delete)
    assert option.text.error() == ""
    assert editor.ready._shown == (("An option is empty.",), ())
    editor.save()
    assert jobs.wait_idle()
    assert option.text.error() == "An option is empty."


def test_who_may_only_look_changes_nothing(desk, shown, entries) -> None:
    looking = frozenset({Grant(capability=Capability.VIEW_COURSES)})
    desk.actor = Actor(account_id=None, person_id=None, name="Auditor", grants=looking)
    editor = QuestionEditor(desk)
    shown(editor, question_id=entries[0].id)
    assert desk.errors == []
    assert not editor.form.isEnabled()
    assert not editor.save_button.isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (1025, 550)])
def test_it_fits_a_small_window_and_every_control_has_a_name(
    size, editor, entries, window, jobs
) -> None:
    window.resize(*size)
    assert (window.width(), window.height()) == size
    for entry in entries:
        editor.arrive(question_id=entry.id)
        assert jobs.wait_idle()
        assert editor.form.editor.key == entry.question.type
        assert nameless(editor) == []
        assert unreachable(editor) == []


def test_no_item_of_a_layout_is_held_once_the_tabs_are_in_order(qtbot) -> None:
    """Qt deletes items with their rows; whatever Python still holds then ends the process."""
    form = QWidget()
    qtbot.addWidget(form)
    lines, head = column(form), row()
    lines.addLayout(head)
    first, second, third = (QLineEdit() for _line in range(3))
    lines.addWidget(third)
    for line in (first, second):
        head.addWidget(line)
    before = {id(one) for one in gc.get_objects() if type(one) is QWidgetItem}

    order_tabs(form)

    chain = [first]
    while (following := chain[-1].nextInFocusChain()) is not first:
        chain.append(following)
    assert [one for one in chain if one is not form] == [first, second, third]
    assert {id(one) for one in gc.get_objects() if type(one) is QWidgetItem} <= before


def test_tab_comes_to_words_before_the_button_that_adds_a_picture(desk, shown, bank_id) -> None:
    editor = QuestionEditor(desk)
    shown(editor, bank_id=bank_id, type="ordering")
    stops = tab_stops(editor.form)
    first = editor.form.editor.items.rows[0]
    words, clip = first.first_control(), first.findChildren(TextPart)[0].attach_button
    assert stops.index(words) < stops.index(clip)
    stem = editor.form.stem
    assert stops.index(stem.area) < stops.index(stem.attach_button) < stops.index(words)


def test_tab_comes_to_the_first_row_where_it_stands(desk, shown, bank_id, qtbot):
    editor = QuestionEditor(desk)
    shown(editor, bank_id=bank_id, type="numeric")
    numbers = editor.form.editor.findChild(RowList)
    row_made = numbers.add()
    qtbot.waitUntil(row_made.isVisible)

    stops = tab_stops(editor.form)
    begin = stops.index(editor.form.stem.area)
    around = [stops.index(one) for one in (row_made.first_control(), numbers.add_button)]
    end = stops.index(editor.form.points.spin)
    assert [begin, *around, end] == sorted([begin, *around, end])
