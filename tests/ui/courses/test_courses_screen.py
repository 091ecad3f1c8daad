"""The list of courses: what it shows, where it leads, what may be dropped on it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
import python_calamine
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.courses import CourseState
from app.ui.courses.courses_screen import CoursesScreen
from tests.support.accessibility import nameless
from tests.ui.courses.conftest import ACTOR, INFOSEC, number_of_courses


@pytest.fixture
def screen(desk, shown) -> CoursesScreen:
    made = CoursesScreen(desk)
    shown(made)
    return made


def drop(screen, *paths) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    QApplication.sendEvent(screen, QDragEnterEvent(QPoint(200, 200), *how))
    QApplication.sendEvent(screen, QDropEvent(QPoint(200, 200), *how))


def cells(screen, row: int) -> list[str]:
    model = screen.table.model
    return [model.cell(row, place).text for place in range(len(model.columns))]


def test_an_empty_list_offers_the_import(screen, desk):
    screen.table.stage.empty.button.click()
    assert desk.opened == [("course_import", {})]


def test_a_course_stands_with_its_state_and_opens_in_the_editor(infosec, screen, desk, qtbot):
    assert cells(screen, 0) == ["USB and information security", "Draft", "–", "6", "–"]
    screen.table.view.setCurrentIndex(screen.table.model.index(0, 1))
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)
    assert desk.opened == [("course_editor", {"course_id": infosec})]


def test_what_was_published_elsewhere_appears_by_itself(infosec, screen, desk, courses, qtbot):
    courses.publish(ACTOR, infosec)
    qtbot.waitUntil(lambda: cells(screen, 0)[1] == "Published")
    assert cells(screen, 0)[2:] == ["1", "6", "23 Nov 2026"]


def test_figures_and_days_of_a_list_are_figures_and_days_in_a_spreadsheet(
    infosec, screen, courses, jobs, tmp_path
):
    courses.publish(ACTOR, infosec)
    assert jobs.wait_idle()
    screen.tools.write("xlsx", tmp_path / "courses.xlsx")
    assert jobs.wait_idle()
    sheet = python_calamine.load_workbook(tmp_path / "courses.xlsx").get_sheet_by_index(0)
    heading, row = sheet.to_python()[:2]
    assert heading == ["Course", "State", "Version", "Lessons", "Published"]
    assert row[2:] == [1.0, 6.0, date(2026, 11, 23)]


def test_a_state_narrows_the_list(infosec, screen, courses, jobs):
    courses.publish(ACTOR, infosec)
    courses.save_draft(ACTOR, infosec, replace(courses.draft_of(ACTOR, infosec), valid_months=3))
    screen.table.filters.set_filters([("state", CourseState.RETIRED.value)])
    assert jobs.wait_idle()
    assert screen.table.model.total() == 0
    screen.table.filters.set_filters([("state", CourseState.CHANGED.value)])
    assert jobs.wait_idle()
    assert screen.table.model.total() == 1


def test_a_dropped_folder_is_looked_over(screen, desk):
    drop(screen, INFOSEC)
    assert desk.opened == [("course_import", {"path": INFOSEC})]


def test_of_several_dropped_things_none_is_taken(screen, desk):
    drop(screen, INFOSEC, INFOSEC.parent)
    assert desk.opened == []
    assert desk.toasts == ["Drop one folder, or one file, at a time."]


def test_a_new_course_opens_in_the_editor(screen, desk, courses, jobs, qtbot):
    sheet = screen.begin_course()
    sheet.save_button.click()
    assert sheet.course_title.error() == "Fill in: Title."
    qtbot.keyClicks(sheet.course_title.line, "Working at height")
    sheet.save_button.click()
    assert jobs.wait_idle()
    (made,) = courses.list(ACTOR, PageRequest()).rows
    assert made.title == "Working at height"
    assert desk.opened == [("course_editor", {"course_id": made.id})]


def test_a_code_that_is_taken_is_told_in_the_sheet(infosec, screen, desk, courses, jobs, qtbot):
    sheet = screen.begin_course()
    qtbot.keyClicks(sheet.course_title.line, "Sticks")
    qtbot.keyClicks(sheet.code.line, "IT-401")
    sheet.save_button.click()
    assert jobs.wait_idle()
    assert "IT-401" in sheet._trouble.text()
    assert sheet.course_title.value() == "Sticks"
    assert number_of_courses(courses) == 1
    sheet.form.mark_saved()
    sheet.dismiss()


def test_who_may_only_look_is_offered_nothing_else(desk, shown):
    looking = frozenset({Grant(capability=Capability.VIEW_COURSES)})
    desk.actor = Actor(account_id=None, person_id=None, name="Auditor", grants=looking)
    screen = CoursesScreen(desk)
    shown(screen)
    assert not screen.import_button.isVisible()
    assert not screen.acceptDrops()
    assert screen.table.stage.empty.button is None


def test_a_preview_hands_the_outline_to_the_player(infosec, screen, desk, courses, jobs):
    preview = screen._actions(screen.table.model.row(0))[1]
    preview.act()
    assert jobs.wait_idle()
    assert desk.opened == [("player", {"preview": courses.preview(ACTOR, infosec)})]


def test_it_fits_a_small_window_and_every_control_has_a_name(infosec: UUID, screen, window):
    window.resize(1025, 550)
    assert window.width() == 1025
    assert screen.minimumSizeHint().height() <= 550
    assert nameless(screen) == []


def test_the_courses_that_are_seen_are_exported(infosec, screen, desk, jobs, tmp_path):
    file = tmp_path / "courses.csv"
    screen.tools.write("csv", file)
    assert jobs.wait_idle()
    assert desk.toasts == [f"{file}: 1 row"]
    assert "USB and information security" in file.read_text(encoding="utf-8-sig")


def test_a_kept_view_shows_the_state_it_was_narrowed_to(infosec, screen, desk, shown, jobs):
    screen.table.filters.set_filters([("state", CourseState.PUBLISHED.value)])
    assert jobs.wait_idle()
    screen.tools.keep_view("Published")
    other = CoursesScreen(desk)
    shown(other)
    other.tools.show_view("Published")
    assert jobs.wait_idle()
    assert other.table.model.total() == 0
    assert other.table.filters.filters() == (("state", CourseState.PUBLISHED.value),)


def test_files_that_are_not_here_are_told_and_no_more_once_they_came(
    infosec, screen, courses, assets, site, qtbot
):
    outline = courses.draft_of(ACTOR, infosec)
    path = assets.path(outline.lessons[0].variants[0].asset)
    away = path.with_suffix(".away")

    path.rename(away)
    site.announce(frozenset({"asset"}))
    qtbot.waitUntil(lambda: "1 file missing on this PC" in screen.table.model.cell(0, 0).under)

    away.rename(path)
    site.announce(frozenset({"asset"}))
    qtbot.waitUntil(lambda: "missing" not in screen.table.model.cell(0, 0).under)
