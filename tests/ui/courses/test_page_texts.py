"""Pages are written and changed in the editor, in any language, and become part of the draft."""

from pathlib import Path

import pytest

from app.ui.courses.body_forms import PageForm
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.page_sheet import PageSheet
from tests.support.accessibility import nameless
from tests.ui.courses.conftest import ACTOR

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"


@pytest.fixture
def editor(desk, shown, infosec, jobs) -> EditorScreen:
    made = EditorScreen(desk)
    shown(made, course_id=infosec)
    page = next(one for one in made.draft.outline.lessons if one.kind == "page")
    made.draft.choose(page.key)
    assert jobs.wait_idle()
    return made


def sheet_of(editor) -> PageSheet:
    (sheet,) = (one for one in editor.findChildren(PageSheet) if one.isVisible())
    return sheet


def open_text(editor, jobs, language) -> PageSheet:
    form = editor.form.body_form
    assert isinstance(form, PageForm)
    form.buttons[language].click()
    assert jobs.wait_idle()
    return sheet_of(editor)


def test_the_text_of_a_page_is_changed_and_saved(editor, desk, courses, infosec, jobs) -> None:
    lesson = editor.draft.lesson
    sheet = open_text(editor, jobs, "en")
    assert "Why a factory cares" in sheet.text.value()
    sheet.text.set_value("<h1>Why we care</h1><p>Short.</p>")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert not sheet.isVisible()
    assert editor.draft.is_dirty
    editor.save()
    assert jobs.wait_idle()
    kept = courses.draft_of(ACTOR, infosec).lesson(lesson.key)
    pages = desk.services.pages
    assert pages.text(ACTOR, kept, "en") == "<h1>Why we care</h1>\n<p>Short.</p>"
    assert pages.text(ACTOR, kept, "hi") == pages.text(ACTOR, lesson, "hi")


def test_a_further_language_begins_with_the_text_to_be_translated(editor, jobs) -> None:
    form = editor.form.body_form
    form.further.set_value("mr")
    form.further.edited.emit()
    assert jobs.wait_idle()
    sheet = sheet_of(editor)
    assert "Why a factory cares" in sheet.text.value()
    sheet.text.set_value("<h1>कारखान्याला का फरक पडतो</h1>")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert [one.language for one in editor.draft.lesson.variants] == ["en", "hi", "mr"]
    assert "mr" in editor.form.body_form.buttons


def test_a_new_page_stands_behind_the_open_lesson(editor, jobs, qtbot) -> None:
    place = editor.draft.position
    editor.outline.page_button.click()
    sheet = sheet_of(editor)
    qtbot.keyClicks(sheet.text.area, "Shut the valve")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert editor.draft.position == place + 1
    assert (editor.draft.lesson.kind, editor.draft.lesson.title) == ("page", "Page")


def test_a_page_without_words_is_not_kept(editor, jobs) -> None:
    editor.outline.page_button.click()
    sheet = sheet_of(editor)
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert sheet.isVisible()
    assert "Fill in: Text." in sheet.text.error()


def test_a_picture_is_put_in_and_shown(editor, desk, jobs) -> None:
    sheet = open_text(editor, jobs, "en")
    sheet.put_picture(MEDIA / "picture.png")
    assert jobs.wait_idle()
    assert 'alt="picture"' in sheet.text.value()
    sheet.save_button.click()
    assert jobs.wait_idle()
    (variant, _hindi) = editor.draft.lesson.variants
    assert len(variant.parts) == 1
    assert desk.services.assets.path(variant.parts[0]).is_file()


def test_what_is_no_picture_is_told_in_the_sheet(editor, jobs, tmp_path) -> None:
    path = tmp_path / "not.png"
    path.write_bytes(b"MZ")
    sheet = open_text(editor, jobs, "en")
    sheet.put_picture(path)
    assert jobs.wait_idle()
    assert sheet.isVisible()
    assert "<img" not in sheet.text.value()


def test_the_sheet_is_usable_without_eyes(editor, jobs) -> None:
    sheet = open_text(editor, jobs, "en")
    assert nameless(sheet) == []
