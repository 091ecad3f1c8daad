"""Getting about: the search over everything, the navigation, sheets, and where the focus is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.bootstrap.window import FolderOpener
from app.core.courses import NewCourse
from app.core.people import NewPerson
from app.ui.courses.editor_screen import EditorScreen
from app.ui.kit.dialogs import ConfirmDialog
from app.ui.kit.help import HelpPanel
from app.ui.kit.jobs import JobRunner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.palette import CommandPalette
from app.ui.shell.found import palette_groups
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from tests.ui.shell.conftest import NEW, PASSWORD


@pytest.fixture
def work(folder: Path, make_window: Callable[[], MainWindow], jobs: JobRunner) -> WorkArea:
    """What an administrator works in, on a new site."""
    FolderOpener(folder).found(NEW).close()
    window = make_window()
    window.activateWindow()
    window.sign_in_page.sign_in("meera", PASSWORD)
    jobs.wait_idle()
    assert window.work is not None
    return window.work


def found(work: WorkArea, text: str) -> list[str]:
    return [item.title for group in palette_groups(work) for item in group.find(text)]


def test_the_search_finds_screens_that_the_navigation_does_not_show(work: WorkArea) -> None:
    assert found(work, "import") == ["Import people", "Import a course"]
    assert found(work, "job role") == ["Departments and job roles"]


def test_the_search_finds_people_and_courses_and_goes_there(work: WorkArea) -> None:
    services, actor = work.services, work.actor
    ravi = services.people.add(actor, NewPerson(number="P-1", name="Ravi Iyer"))
    (item,) = (one for group in palette_groups(work) for one in group.find("ravi"))
    item.act()

    assert work.where == ("person", {"person_id": ravi})


def test_enter_in_the_search_goes_to_what_stands_first(
    work: WorkArea, jobs: JobRunner, qtbot: QtBot
) -> None:
    work.layers.open_palette()
    (palette,) = work.findChildren(CommandPalette)
    qtbot.keyClicks(palette.box, "import people")
    palette.box.flush()
    jobs.wait_idle()
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)

    assert work.where[0] == "people_import"


def test_the_navigation_marks_where_one_came_from(work: WorkArea) -> None:
    work.open("people")
    work.open("people_import")
    work.open("assign")
    work.back()

    assert work.where[0] == "people_import"
    assert work.nav.button("people").isChecked()


def test_help_leaves_the_mark_where_one_came_from(work: WorkArea) -> None:
    work.open("people")
    work.open("people_import")

    work.nav.button("help").click()

    assert work.findChildren(HelpPanel)
    assert work.nav.button("people").isChecked()


def test_the_navigation_marks_where_one_still_is_when_one_may_not_leave(
    work: WorkArea, jobs: JobRunner
) -> None:
    course = work.services.courses.create(work.actor, NewCourse(code="FIRE", title="Fire"))
    work.open("courses")
    work.open("course_editor", course_id=course)
    assert jobs.wait_idle()
    screen = work.current
    assert isinstance(screen, EditorScreen)
    screen.draft.change(lambda outline: replace(outline, title="Fire at work"))

    work.nav.button("people").click()

    assert work.current is screen
    assert work.nav.button("courses").isChecked()
    (asked,) = work.window().findChildren(ConfirmDialog)
    asked.reject()
    screen.draft.drop_changes()


def test_a_screen_begins_with_the_focus_on_its_own_first_control(
    work: WorkArea, jobs: JobRunner
) -> None:
    places = [key for key in work.nav.keys() if work.nav.button(key).isCheckable()]  # noqa: SIM118  no dict
    for key in places:
        work.open(key)
        jobs.wait_idle()
        focused = work.window().focusWidget()
        assert focused is not None, key
        assert work.current.isAncestorOf(focused), key


def test_a_sheet_left_open_has_the_focus_again_when_one_comes_back(
    work: WorkArea, jobs: JobRunner
) -> None:
    work.open("people")
    jobs.wait_idle()
    work.current.begin_adding()  # type: ignore[attr-defined]  # the people screen's
    jobs.wait_idle()
    work.open("assign")
    work.back()
    jobs.wait_idle()

    (sheet,) = work.current.findChildren(SideSheet)
    focused = work.window().focusWidget()
    assert focused is not None
    assert sheet.isAncestorOf(focused)


def test_going_elsewhere_by_shortcut_shuts_the_search(work: WorkArea) -> None:
    work.layers.open_palette()
    (palette,) = work.findChildren(CommandPalette)
    work.open("courses")

    assert not palette.isVisible()


def test_one_may_go_elsewhere_from_the_middle_of_a_list(
    work: WorkArea, jobs: JobRunner, qtbot: QtBot
) -> None:
    work.services.people.add(work.actor, NewPerson(number="P-1", name="Ravi Iyer"))
    for _round in range(3):
        work.open("people")
        jobs.wait_idle()
        view = work.current.table.view  # type: ignore[attr-defined]  # the people screen's
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_Down)
        qtbot.keyClick(view, Qt.Key.Key_Space)
        work.open("overview")
        jobs.wait_idle()

    assert work.where[0] == "overview"
