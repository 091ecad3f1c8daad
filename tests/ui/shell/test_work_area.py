"""Getting about: the search over everything, the navigation, sheets, and where the focus is."""

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import VERSION
from app.bootstrap.demo_logins import PIN
from app.core.courses import NewCourse, Outline
from app.core.journal import MadeByNewer, learn_critical
from app.core.journal.changes import Edit, Edited
from app.core.journal.projection.critical import Holding
from app.core.people import NewPerson, RoleName
from app.ui.courses.editor_screen import EditorScreen
from app.ui.kit.chips import Avatar
from app.ui.kit.dialogs import ConfirmDialog
from app.ui.kit.help import HelpPanel
from app.ui.kit.jobs import JobRunner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.palette import CommandPalette
from app.ui.shell.found import palette_groups
from app.ui.shell.lock import LockPage
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from tests.support.faces import draw_face
from tests.support.teaching import a_lesson, published
from tests.ui.reports.opened import settle
from tests.ui.shell.conftest import PASSWORD, founded


@pytest.fixture
def work(folder: Path, make_window: Callable[[], MainWindow], jobs: JobRunner) -> WorkArea:
    """What an administrator works in, on a new site."""
    founded(folder).close()
    window = make_window()
    window.activateWindow()
    window.sign_in_page.sign_in("meera", PASSWORD)
    jobs.wait_idle()
    assert window.work is not None
    return window.work


def hold(work: WorkArea, person: UUID) -> None:
    """Let a newer program have written something in a person's record that must not be passed over."""
    site = work.services.open_site.site
    learn_critical(site, ["person.of_tomorrow"])
    with site.database.write() as connection:
        said = Edited("person", person, {"of_tomorrow": Edit(b"", None, "something")})
        Holding(connection).hold([said])
    site.announce(frozenset({"row_held"}))


def test_what_a_newer_program_wrote_in_a_record_is_told_above_it_and_edits_are_refused(
    work: WorkArea, jobs: JobRunner
) -> None:
    people, boss = work.services.people, work.actor
    ravi, asha = (
        people.add(boss, NewPerson(number=number, name=name))
        for number, name in (("P-1", "Ravi Iyer"), ("P-2", "Asha Rao"))
    )
    work.open("person", person_id=ravi)
    settle(jobs)
    assert not work.held.isVisible()

    hold(work, ravi)
    settle(jobs)

    assert work.held.isVisible()
    assert "newer version of Daksha" in work.held.banner.accessibleName()
    with pytest.raises(MadeByNewer):
        people.leave(boss, ravi, work.clock.now().date())
    work.open("person", person_id=asha)
    settle(jobs)
    assert not work.held.isVisible()


def found(work: WorkArea, text: str) -> list[str]:
    return [item.title for group in palette_groups(work) for item in group.find(text)]


def test_who_is_signed_in_is_seen_beside_not_you_and_at_the_lock(
    work: WorkArea, jobs: JobRunner, tmp_path: Path
) -> None:
    window, services, boss = work.window(), work.services, work.actor
    assert isinstance(window, MainWindow)
    ravi = services.people.add(boss, NewPerson(number="P-1", name="Ravi Iyer"))
    accounts = services.sign_in.accounts
    accounts.set_pin(boss, accounts.give_account(boss, ravi), PIN, must_change=False)
    services.people.photos.give(boss, ravi, draw_face(tmp_path / "ravi.png"))
    window.sign_out()
    window.sign_in_page.sign_in("P-1", PIN)
    jobs.wait_idle()
    assert window.work is not None
    assert window.work.photo == services.people.photos.own(window.work.actor) != b""
    assert window.work.top.person.findChildren(Avatar)[0].has_photo
    window.lock()
    (lock,) = window.findChildren(LockPage)
    assert lock.avatar.has_photo


def test_the_search_finds_screens_that_the_navigation_does_not_show(work: WorkArea) -> None:
    assert found(work, "import") == ["Import people", "Import a course"]
    assert found(work, "job role") == ["Departments and job roles", "Training matrix"]


def test_the_search_finds_people_and_courses_and_goes_there(work: WorkArea) -> None:
    services, actor = work.services, work.actor
    ravi = services.people.add(actor, NewPerson(number="P-1", name="Ravi Iyer"))
    (item,) = (one for group in palette_groups(work) for one in group.find("ravi"))
    item.act()

    assert work.where == ("person", {"person_id": ravi})


def test_the_search_finds_reports_by_their_name_and_by_the_question_they_answer(
    work: WorkArea,
) -> None:
    assert found(work, "completion by") == ["Completion by department", "Completion by course"]
    assert found(work, "who is late") == ["Overdue"]
    (item,) = (one for group in palette_groups(work) for one in group.find("who is late"))
    item.act()

    assert work.where == ("report", {"report": "overdue"})
    assert "Overdue" not in found(work, "")  # before anything is typed, only places to go


def test_a_learner_is_promised_and_given_courses_and_certificates(
    work: WorkArea, jobs: JobRunner
) -> None:
    window, services, boss = work.window(), work.services, work.actor
    assert isinstance(window, MainWindow)
    assert work.top.search_button.text().startswith("Search people")
    ravi = services.people.add(boss, NewPerson(number="P-1", name="Ravi Iyer", language="mr"))
    accounts = services.sign_in.accounts
    accounts.set_pin(boss, accounts.give_account(boss, ravi), PIN, must_change=False)
    site = services.open_site.site
    outline = Outline(
        title="Fire", titles={"hi": "आग"}, lessons=(a_lesson("page"),), certificate="classic"
    )
    course = published(site, outline, "FIRE")
    window.sign_out()
    window.sign_in_page.sign_in("P-1", PIN)
    jobs.wait_idle()
    window.set_language("hi")
    assert window.work is not None
    services.learning.begin(window.work.actor, course)

    assert found(window.work, "आग") == ["आग"]
    assert found(window.work, "fire") == ["आग"]
    window.set_language("en")
    assert window.work.top.search_button.text() == "Search courses, certificates…"


def test_the_search_finds_reports_by_their_title_and_their_question(work: WorkArea) -> None:
    assert "Overdue" in found(work, "who answers")
    (item,) = (one for group in palette_groups(work) for one in group.find("expired and"))
    item.act()

    assert work.where == ("report", {"report": "expiring"})


def test_reports_are_not_listed_before_anything_is_typed(work: WorkArea) -> None:
    assert "Overdue" not in [
        item.title for group in palette_groups(work) if group.at_once for item in group.find("")
    ]


def test_the_choices_of_look_are_ticked_whatever_was_opened_before(
    work: WorkArea, jobs: JobRunner, qtbot: QtBot
) -> None:
    work.layers.open_palette()
    jobs.wait_idle()
    (palette,) = work.findChildren(CommandPalette)
    with qtbot.waitSignal(palette.destroyed):
        palette.dismiss()
    gc.collect()
    work.top.access_menu.aboutToShow.emit()

    ticked = [line.text() for line in work.top.access_menu.actions() if line.isChecked()]
    assert ticked == ["Light"]


def test_whoever_has_no_number_is_told_by_what_they_do(work: WorkArea) -> None:
    assert work.top.person.accessibleName() == "Meera Iyer, Administrator"


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


def test_p11_11_the_manual_says_on_each_page_of_which_version_it_is(work: WorkArea) -> None:
    work.nav.button("help").click()

    (panel,) = work.findChildren(HelpPanel)
    for page in ("people.md", "signatures.md"):
        panel.show_page(page)
        foot = panel.view.toPlainText().strip().splitlines()[-1]
        assert foot == f"This is the manual of Daksha {VERSION}."


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
    work: WorkArea, jobs: JobRunner, qtbot: QtBot
) -> None:
    places = [key for key in work.nav.keys() if work.nav.button(key).isCheckable()]  # noqa: SIM118  no dict

    def is_on_the_screen() -> bool:
        focused = work.window().focusWidget()
        return focused is not None and work.current.isAncestorOf(focused)

    for key in places:
        work.open(key)
        jobs.wait_idle()
        qtbot.waitUntil(is_on_the_screen, timeout=10_000)  # what a load brought is focused after it


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


def test_everybody_begins_where_their_work_waits(work: WorkArea, jobs: JobRunner) -> None:
    window, services, boss = work.window(), work.services, work.actor
    assert isinstance(window, MainWindow)
    assert work.where[0] == "overview"
    accounts = services.sign_in.accounts
    for number, roles, first in (
        ("P-1", (RoleName.LEARNER, RoleName.ADMINISTRATOR), "overview"),
        ("P-2", (RoleName.LEARNER, RoleName.TRAINER), "home"),
        ("P-3", (RoleName.APPROVER,), "approvals"),
        ("P-4", (RoleName.LEARNER, RoleName.APPROVER), "home"),
    ):
        person = services.people.add(boss, NewPerson(number=number, name=number))
        account = accounts.give_account(boss, person, roles=roles)
        accounts.set_pin(boss, account, PIN, must_change=False)
        window.sign_out()
        window.sign_in_page.sign_in(number, PIN)
        jobs.wait_idle()
        assert window.work is not None
        assert window.work.where[0] == first


def test_a_screen_that_there_is_not_leaves_the_way_as_it_was(work: WorkArea) -> None:
    before = work.current
    with pytest.raises(KeyError):
        work.open("no-such-screen")
    assert work.current is before
    work.open("courses")
    assert work.current is not before
    work.back()
    assert work.current is before
