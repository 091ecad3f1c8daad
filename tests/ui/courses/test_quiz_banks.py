"""The quiz of a course and its banks: questions are written there, and taken when they are newer."""

import shutil
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.core.assessments import quiz_of
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.courses import NewCourse
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.quiz_banks import BankSheet
from app.ui.kit.labels import PlainLabel
from tests.support.accessibility import nameless
from tests.ui.courses.conftest import ACTOR, INFOSEC


@pytest.fixture
def infosec(courses, tmp_path) -> UUID:
    """The demo's course on information security with a quiz in one language: it stands on one bank."""
    folder = tmp_path / "infosec"
    shutil.copytree(INFOSEC, folder, ignore=shutil.ignore_patterns("*.hi.gift"))
    return courses.import_folder(ACTOR, folder, NoProgress())


@pytest.fixture
def editor(desk, shown, infosec, jobs) -> EditorScreen:
    made = EditorScreen(desk)
    shown(made, course_id=infosec)
    quiz = next(one for one in made.draft.outline.lessons if one.kind == "quiz")
    made.draft.choose(quiz.key)
    assert jobs.wait_idle()
    return made


def bank_of(banks):
    return banks.list(ACTOR, PageRequest()).rows[0]


def first_entry(banks):
    return banks.questions(ACTOR, bank_of(banks).id, PageRequest()).rows[0]


def test_a_quiz_leads_to_its_questions(editor, desk, banks) -> None:
    form = editor.form.body_form
    assert form.renewal.isHidden()
    assert [one.text() for one in form.bank_buttons] == ["Edit questions", "A section for each tag"]
    form.bank_buttons[0].click()
    assert desk.opened == [("question_bank", {"bank_id": bank_of(banks).id})]
    assert nameless(form) == []


def test_what_is_not_saved_is_saved_before_the_questions_are_opened(
    editor, desk, courses, infosec, jobs, qtbot
) -> None:
    editor.form.lesson_title.line.selectAll()
    qtbot.keyClicks(editor.form.lesson_title.line, "Final quiz")
    editor.form.body_form.bank_buttons[0].click()
    assert jobs.wait_idle()
    assert [key for key, _args in desk.opened] == ["question_bank"]
    assert editor.draft.lesson.title == "Final quiz"
    assert courses.draft_of(ACTOR, infosec).lesson(editor.draft.lesson.key).title == "Final quiz"


def test_questions_that_changed_are_told_and_taken_when_published(
    editor, desk, banks, courses, infosec, jobs, qtbot
) -> None:
    entry = first_entry(banks)
    newer = banks.edit(ACTOR, entry.id, replace(entry.question, points=5), entry.version_id)
    form = editor.form.body_form
    qtbot.waitUntil(form.renewal.isVisible)
    assert form.renewal.text() == "1 question changed since the quiz took it."
    assert newer not in quiz_of(editor.draft.lesson).sections[0].pool
    form.renew_button.click()
    assert jobs.wait_idle()
    assert newer in quiz_of(editor.draft.lesson).sections[0].pool
    assert editor.draft.is_dirty
    assert editor.form.body_form.renewal.isHidden()
    editor.save()
    assert jobs.wait_idle()
    published = courses.publish(ACTOR, infosec)
    assert newer in quiz_of(published.outline.lesson(editor.draft.lesson.key)).sections[0].pool


def test_a_section_for_each_tag(editor, banks, jobs) -> None:
    entry = first_entry(banks)
    banks.edit(ACTOR, entry.id, replace(entry.question, tags=("sticks",)), entry.version_id)
    editor.quiz.renew()
    assert jobs.wait_idle()
    editor.form.body_form.bank_buttons[1].click()
    assert jobs.wait_idle()
    sections = quiz_of(editor.draft.lesson).sections
    assert {one.title for one in sections} >= {"sticks"}
    assert len(editor.form.body_form.sections) == len(sections) > 1


def test_a_quiz_over_a_bank_is_added_behind_the_open_lesson(
    editor, banks, courses, infosec, jobs
) -> None:
    before = len(editor.draft.outline.lessons)
    banks.create(ACTOR, "Zero questions")
    editor.outline.quiz_button.click()
    assert jobs.wait_idle()
    sheet = editor.findChild(BankSheet)
    assert len(sheet.lines) == 1
    sheet.lines[0].click()
    assert jobs.wait_idle()
    assert len(editor.draft.outline.lessons) == before + 1
    assert editor.draft.lesson.title == bank_of(banks).title
    editor.save()
    assert jobs.wait_idle()
    assert courses.problems(ACTOR, infosec) == ()


def test_without_a_bank_it_says_where_questions_are_written(desk, shown, courses, jobs) -> None:
    empty = courses.create(ACTOR, NewCourse(title="Empty"))
    made = EditorScreen(desk)
    shown(made, course_id=empty)
    made.quiz.ask_bank()
    assert jobs.wait_idle()
    said = [one.text() for one in made.findChild(BankSheet).findChildren(PlainLabel)]
    assert any("Write some" in one for one in said)


def test_an_order_that_is_not_saved_is_asked_about(editor, desk, qtbot) -> None:
    stored = editor.draft.outline
    row = editor.outline.rows[0]
    editor.draft.choose(row.key)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.draft.outline != stored
    assert not editor.may_leave()
    assert [one.title for one in desk.questions] == ["Leave without saving?"]
    assert editor.draft.outline == stored


def test_whoever_goes_on_from_the_preview_loses_nothing(
    editor, desk, courses, infosec, jobs
) -> None:
    first = editor.draft.outline.lessons[0]
    editor.draft.choose(first.key)
    editor.draft.shift(1)
    editor.preview()
    other = courses.create(ACTOR, NewCourse(title="Empty"))
    editor.arrive(course_id=other)
    assert jobs.wait_idle()
    assert courses.draft_of(ACTOR, infosec).lessons[1].key == first.key
    assert editor.draft.outline.lessons == ()
