"""The editor: lessons moved, changed, added, removed; saved, checked, published."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.core.assessments import quiz_of
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.courses import (
    CourseState,
    NewCourse,
    PackageSettings,
    PackageWindow,
    package_settings,
)
from app.ui.courses.body_forms import PackageForm, QuizForm, StatementForm
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.publish_sheet import PublishSheet
from app.ui.courses.questions_sheet import QuestionsSheet
from app.ui.kit.focus import tab_stops
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage
from tests.support.accessibility import nameless, unreachable
from tests.support.archives import zip_at
from tests.support.packages import scorm12, xapi
from tests.ui.courses.conftest import ACTOR

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"


@pytest.fixture
def editor(desk, shown, infosec) -> EditorScreen:
    made = EditorScreen(desk)
    shown(made, course_id=infosec)
    made.focus_first()
    return made


def titles(outline) -> list[str]:
    return [lesson.title for lesson in outline.lessons]


def words_on(part) -> list[str]:
    return [label.text() for label in part.findChildren(QLabel) if label.isVisible()]


def type_into(qtbot, field, text: str) -> None:
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)


def open_last(editor) -> None:
    editor.draft.choose(editor.draft.outline.lessons[-1].key)


def test_the_work_begins_at_the_open_lesson_and_tab_goes_on_below_the_list(
    desk, shown, window, infosec, jobs, qtbot
):
    made = EditorScreen(desk)
    made.focus_first()
    shown(made, course_id=infosec)
    qtbot.waitUntil(lambda: window.window().focusWidget() is made.outline.rows[0])

    stops = tab_stops(made.outline)
    assert stops.index(made.outline.rows[0]) < stops.index(made.outline.files_button)


def test_edit_save_publish(editor, desk, courses, infosec, jobs, qtbot):
    assert not editor.head.save_button.isEnabled()
    type_into(qtbot, editor.form.lesson_title, "Why we care")
    assert editor.outline.rows[0].accessibleName().startswith("1. Why we care")
    assert editor.header._subtitle.text().startswith("Not saved")
    assert titles(courses.draft_of(ACTOR, infosec))[0] == "Why a factory cares"
    qtbot.keyClick(editor.form.lesson_title.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert jobs.wait_idle()
    assert titles(courses.draft_of(ACTOR, infosec))[0] == "Why we care"
    assert not editor.draft.is_dirty
    editor.head.publish_button.click()
    assert jobs.wait_idle()
    sheet = editor.findChild(PublishSheet)
    sheet.note.set_value("Clearer words")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert desk.toasts == ["Saved.", "Version 1 published."]
    detail = courses.detail(ACTOR, infosec)
    assert detail.state is CourseState.PUBLISHED
    assert [version.note for version in detail.versions] == ["Clearer words"]
    qtbot.waitUntil(lambda: not editor.head.publish_button.isEnabled())
    qtbot.waitUntil(lambda: editor.window().focusWidget() is editor.head.preview_button)
    qtbot.waitUntil(lambda: "Published" in words_on(editor.checks))
    assert "Ready" not in words_on(editor.checks)


def test_lessons_are_moved_by_keys_and_keep_the_focus(editor, courses, infosec, jobs, qtbot):
    first, second, *_rest = titles(editor.draft.outline)
    row = editor.outline.rows[0]
    assert row.hasFocus()
    qtbot.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(editor.draft.outline)[:2] == [second, first]
    assert row.hasFocus()
    assert editor.outline.rows[1] is row
    qtbot.keyClick(row, Qt.Key.Key_Up)
    assert editor.draft.lesson.title == second
    editor.outline.down_button.click()
    assert titles(editor.draft.outline)[:2] == [first, second]
    qtbot.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)


def test_the_ends_of_the_list_hold(editor, qtbot):
    before = editor.draft.outline
    assert not editor.outline.up_button.isEnabled()
    qtbot.keyClick(editor.outline.rows[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(editor.outline.rows[0], Qt.Key.Key_Up)
    assert editor.draft.outline == before
    assert editor.draft.position == 0


def test_a_removed_lesson_comes_back_to_its_place(editor, desk, monkeypatch, qtbot):
    before = titles(editor.draft.outline)
    undo = []

    def toast(_desk, _text, _tone=None, put_back=None) -> None:
        undo.append(put_back)

    monkeypatch.setattr(type(desk), "toast", toast)
    editor.draft.choose(editor.draft.outline.lessons[2].key)
    editor.outline.rows[2].setFocus()
    qtbot.keyClick(editor.outline.rows[2], Qt.Key.Key_Delete)
    assert titles(editor.draft.outline) == [*before[:2], *before[3:]]
    assert editor.outline.rows[2].hasFocus()
    undo[0]()
    assert titles(editor.draft.outline) == before
    assert not editor.draft.is_dirty


def test_files_become_lessons_behind_the_open_one(editor, desk, jobs, tmp_path):
    before = titles(editor.draft.outline)
    (tmp_path / "broken.mp4").write_bytes(b"not a video")
    sheet = editor.adding.ask_files()
    sheet.picker.offer([MEDIA / "three_pages.pdf", tmp_path / "broken.mp4"])
    assert jobs.wait_idle(30_000)
    after = titles(editor.draft.outline)
    assert after[:1] + after[2:] == before
    assert editor.draft.lesson.kind == "document"
    assert desk.toasts == ["1 lesson added."]
    assert len(desk.errors) == 1
    assert "broken.mp4" in desk.errors[0].sentence


def test_a_quiz_with_faults_is_added_without_them_when_somebody_says_so(
    editor, desk, jobs, tmp_path
):
    before = titles(editor.draft.outline)
    (tmp_path / "Valves.gift").write_text("::ok:: 1+1 {=2 ~3}\n\n::bad:: none {~1 ~2}\n")
    editor.adding.add_files((tmp_path / "Valves.gift",))
    assert jobs.wait_idle(30_000)
    (question,) = desk.questions
    assert "Valves.gift:3: bad: No option is marked as right." in question.text
    assert titles(editor.draft.outline) != before
    assert (editor.draft.lesson.title, desk.errors) == ("Valves", [])


def test_the_rule_of_a_recording_is_set(editor, qtbot):
    editor.draft.choose(editor.draft.outline.lessons[1].key)
    rule = editor.form.rule
    assert (rule.share.value(), rule.is_locked.value()) == (90, True)
    rule.share.set_value(75)
    rule.minutes.set_value(2)
    rule.is_locked.box.click()
    rule.is_required.box.click()
    lesson = editor.draft.lesson
    assert (lesson.rule.share, lesson.rule.active_seconds) == (Fraction(3, 4), 120)
    assert (lesson.is_required, lesson.is_locked_first) == (False, False)
    assert "optional" in editor.outline.rows[1].accessibleName()


def test_a_title_in_another_language_is_kept(editor, courses, infosec, jobs):
    field = editor.form.titles["mr"]
    field.set_value("का")
    field.line.textEdited.emit("का")
    editor.head.save_button.click()
    assert jobs.wait_idle()
    assert courses.draft_of(ACTOR, infosec).lessons[0].titles["mr"] == "का"


def test_the_rules_of_a_quiz_are_set(editor, courses, infosec, jobs):
    open_last(editor)
    form = editor.form.body_form
    assert isinstance(form, QuizForm)
    assert (form.pass_mark.value(), form.minutes.value(), form.attempts.value()) == (80, 12, 3)
    form.pass_mark.set_value(90)
    form.minutes.set_value(0)
    form.attempts.set_value(0)
    form.wait.set_value(24)
    form.options.box.click()
    form.feedback.combo.setCurrentIndex(1)
    form.feedback.combo.activated.emit(1)
    form.sections[0].draw.set_value(5)
    form.sections[0].minimum.set_value(50)
    editor.save()
    assert jobs.wait_idle(20_000)
    quiz = quiz_of(courses.draft_of(ACTOR, infosec).lessons[-1])
    rules = quiz.settings
    assert rules.pass_mark == Fraction(9, 10)
    assert (rules.time_limit_seconds, rules.max_attempts) == (None, None)
    assert rules.cool_off_seconds == (24 * 3600,)
    assert (rules.shuffle_questions, rules.shuffle_options) == (True, False)
    assert rules.feedback.value == "after_pass"
    assert (quiz.sections[0].draw, quiz.sections[0].minimum) == (5, Fraction(1, 2))
    assert courses.problems(ACTOR, infosec) == ()


def test_a_statement_is_written_in_two_languages(editor, courses, infosec, jobs):
    editor.outline.statement_button.click()
    form = editor.form.body_form
    assert isinstance(form, StatementForm)
    form.text.set_value("I will lock my screen.")
    form.languages._buttons["hi"].click()
    assert form.text.value() == ""
    form.text.set_value("मैं स्क्रीन लॉक करूँगा।")
    form.is_signed.box.click()
    editor.save()
    assert jobs.wait_idle()
    lesson = courses.draft_of(ACTOR, infosec).lessons[1]
    assert lesson.body["statements"] == {
        "en": "I will lock my screen.",
        "hi": "मैं स्क्रीन लॉक करूँगा।",
    }
    editor.draft.choose(editor.draft.outline.lessons[0].key)
    editor.draft.choose(lesson.key)
    assert editor.form.body_form.is_signed.value()


def test_where_a_package_opens_is_set(desk, shown, courses, jobs, tmp_path):
    path = zip_at(tmp_path / "fire.zip", scorm12())
    course_id = courses.import_folder(ACTOR, path, NoProgress())
    editor = EditorScreen(desk)
    shown(editor, course_id=course_id)
    form = editor.form.body_form
    assert isinstance(form, PackageForm)
    form.window_choice.combo.setCurrentIndex(2)
    form.window_choice.edited.emit()
    form.score.set_value(80)
    assert nameless(form) == []
    editor.head.save_button.click()
    assert jobs.wait_idle()
    (lesson,) = courses.draft_of(ACTOR, course_id).lessons
    assert package_settings(lesson) == PackageSettings(window=PackageWindow.OWN, required_score=80)


@pytest.mark.parametrize(("files", "sends"), [(scorm12(), False), (xapi(), True)])
def test_only_a_package_that_sends_xapi_is_asked_whose_activities_count(
    desk, shown, courses, jobs, tmp_path, files, sends
):
    course_id = courses.import_folder(ACTOR, zip_at(tmp_path / "fire.zip", files), NoProgress())
    editor = EditorScreen(desk)
    shown(editor, course_id=course_id)
    assert jobs.wait_idle()
    form = editor.form.body_form
    assert isinstance(form, PackageForm)
    assert form.any_activity.isVisible() is sends
    if sends:
        form.any_activity.set_value(True)
        editor.save()
        assert jobs.wait_idle()
        (lesson,) = courses.draft_of(ACTOR, course_id).lessons
        assert package_settings(lesson) == PackageSettings(any_activity=True)


def test_how_a_package_opens_is_read_whole(desk, shown, courses, jobs, tmp_path, qtbot):
    path = zip_at(tmp_path / "fire.zip", scorm12())
    editor = EditorScreen(desk)
    editor.resize(1150, 700)  # what a window of 1366 pixels leaves beside the navigation
    shown(editor, course_id=courses.import_folder(ACTOR, path, NoProgress()))
    combo = editor.form.body_form.window_choice.combo
    qtbot.waitUntil(lambda: combo.width() >= combo.sizeHint().width())


def test_the_focus_stays_with_the_buttons_that_save_and_publish(
    editor, desk, courses, infosec, jobs, qtbot
):
    type_into(qtbot, editor.form.lesson_title, "Why we care")
    editor.head.save_button.setFocus()
    editor.head.save_button.click()
    jobs.wait_idle()
    qtbot.waitUntil(lambda: not editor.head.save_button.isEnabled())
    assert editor.window().focusWidget() is editor.head.publish_button

    courses.publish(ACTOR, infosec)
    editor.refresh()
    jobs.wait_idle()

    qtbot.waitUntil(lambda: not editor.head.publish_button.isEnabled())
    assert editor.window().focusWidget() is editor.head.preview_button


def test_what_keeps_it_from_being_published_is_said(editor, desk, courses, infosec, jobs):
    editor.outline.statement_button.click()
    editor.publish()
    assert jobs.wait_idle()
    said = [label.text() for label in editor.checks.findChildren(PlainLabel)]
    assert "its text is missing." in said
    sheet = editor.findChild(PublishSheet)
    assert not sheet.save_button.isEnabled()
    assert courses.detail(ACTOR, infosec).versions == ()


def test_leaving_asks_while_something_is_not_saved(editor, desk, courses, infosec, qtbot):
    assert editor.may_leave()
    stored = courses.draft_of(ACTOR, infosec)
    type_into(qtbot, editor.form.lesson_title, "Half a title")
    assert not editor.may_leave()
    assert [question.title for question in desk.questions] == ["Leave without saving?"]
    assert desk.steps_back == 1
    assert editor.draft.outline == stored
    assert editor.may_leave()


def test_staying_keeps_what_was_typed(editor, desk, monkeypatch, qtbot):
    monkeypatch.setattr(type(desk), "confirm", lambda _desk, _question, _then: None)
    type_into(qtbot, editor.form.lesson_title, "Half a title")
    assert not editor.may_leave()
    assert editor.form.lesson_title.value() == "Half a title"
    assert editor.draft.is_dirty
    editor.draft.drop_changes()


def test_locking_keeps_the_draft(editor, courses, infosec, jobs, qtbot):
    type_into(qtbot, editor.form.lesson_title, "Half a title")
    editor.pause()
    assert jobs.wait_idle()
    assert titles(courses.draft_of(ACTOR, infosec))[0] == "Half a title"


def test_a_title_that_is_missing_is_not_saved_and_not_lost(editor, desk, jobs):
    editor.form.lesson_title.line.clear()
    editor.form.lesson_title.line.textEdited.emit("")
    editor.save()
    assert jobs.wait_idle()
    assert "The title is missing." in desk.errors[0].sentence
    assert editor.draft.is_dirty


def test_the_preview_shows_what_is_on_screen_and_comes_back_to_it(editor, desk, infosec, qtbot):
    type_into(qtbot, editor.form.lesson_title, "Half a title")
    editor.head.preview_button.click()
    ((key, args),) = desk.opened
    assert (key, titles(args["preview"])[0]) == ("player", "Half a title")
    assert editor.may_leave()
    editor.arrive(course_id=infosec)
    editor.desk.jobs.wait_idle()
    assert editor.form.lesson_title.value() == "Half a title"
    assert not editor.may_leave()


def test_somebody_elses_save_is_told_and_not_overrun(editor, courses, infosec, qtbot, jobs):
    type_into(qtbot, editor.form.lesson_title, "Mine")
    theirs = replace(courses.draft_of(ACTOR, infosec), valid_months=7)
    courses.save_draft(ACTOR, infosec, theirs)
    qtbot.waitUntil(editor.notice.isVisible)
    assert editor.form.lesson_title.value() == "Mine"


def test_settings_of_the_course_are_kept(editor, courses, infosec, jobs):
    sheet = editor.open_settings()
    sheet.course_title.set_value("Sticks")
    sheet.topic.set_value("shield-check")
    sheet.months.set_value(24)
    sheet.certificate.set_value("modern")
    sheet.in_order.box.click()
    sheet.titles["ta"].set_value("பாதுகாப்பு")
    sheet.save_button.click()
    assert jobs.wait_idle()
    kept = courses.draft_of(ACTOR, infosec)
    assert (kept.title, kept.topic, kept.valid_months) == ("Sticks", "shield-check", 24)
    assert (kept.certificate, kept.in_order) == ("modern", True)
    assert kept.titles["ta"] == "பாதுகாப்பு"
    assert editor.header.title() == "Sticks"


def test_a_retired_course_takes_no_changes_until_it_is_brought_back(
    editor, courses, infosec, jobs, qtbot
):
    courses.publish(ACTOR, infosec)
    qtbot.waitUntil(lambda: not editor.head.publish_button.isEnabled())
    editor.whole.retire(editor.course)
    qtbot.waitUntil(editor.notice.isVisible)
    assert not editor.form.isEnabled()
    assert not editor.outline.files_button.isVisible()
    editor.whole.bring_back(editor.course)
    qtbot.waitUntil(editor.form.isEnabled)
    assert courses.detail(ACTOR, infosec).state is CourseState.PUBLISHED


def test_a_discarded_draft_leaves_what_is_published(editor, courses, infosec, jobs, qtbot):
    courses.publish(ACTOR, infosec)
    type_into(qtbot, editor.form.lesson_title, "Other words")
    editor.save()
    assert jobs.wait_idle()
    editor.whole.discard_draft(editor.course)
    qtbot.waitUntil(lambda: titles(editor.draft.outline)[0] == "Why a factory cares")
    assert courses.detail(ACTOR, infosec).draft is None


def test_a_copy_opens_in_the_editor(editor, desk, courses, jobs):
    editor.whole.duplicate(editor.course)
    assert jobs.wait_idle()
    assert courses.list(ACTOR, PageRequest()).total == 2
    assert desk.opened[0][0] == "course_editor"


def test_another_course_takes_the_place_of_the_first(editor, courses, jobs, infosec):
    undo = editor.draft.remove_lesson()
    other = courses.create(ACTOR, NewCourse(title="Empty"))
    editor.arrive(course_id=other)
    assert jobs.wait_idle()
    undo()
    assert editor.header.title() == "Empty"
    assert editor.draft.outline.lessons == ()
    assert editor.outline.rows == []


def test_who_may_only_look_changes_nothing(desk, shown, infosec):
    looking = frozenset({Grant(capability=Capability.VIEW_COURSES)})
    desk.actor = Actor(account_id=None, person_id=None, name="Auditor", grants=looking)
    editor = EditorScreen(desk)
    shown(editor, course_id=infosec)
    assert desk.errors == []
    assert len(editor.outline.rows) == 6
    assert not editor.form.isEnabled()
    assert not editor.head.publish_button.isEnabled()


def test_it_fits_a_small_window_and_every_control_has_a_name(editor, window):
    window.resize(1025, 550)
    assert (window.width(), window.height()) == (1025, 550)
    assert editor.minimumSizeHint().height() <= 550
    for lesson in editor.draft.outline.lessons:
        editor.draft.choose(lesson.key)
        assert nameless(editor) == []
    assert unreachable(editor) == []
    assert editor.findChild(ScrollPage).verticalScrollBar().maximum() == 0


def test_the_questions_of_a_quiz_can_be_looked_at(editor, desk, jobs):
    quiz = next(one for one in editor.draft.outline.lessons if one.kind == "quiz")
    editor.draft.choose(quiz.key)
    editor.form.body_form.questions_button.click()
    assert jobs.wait_idle()
    sheet = editor.findChild(QuestionsSheet)

    assert len(sheet.lines) == len(quiz_of(quiz).sections[0].pool)
    assert any("must be right" in line.accessibleName() for line in sheet.lines)
    sheet.lines[0].click()
    assert desk.opened[-1][0] == "question_preview"
