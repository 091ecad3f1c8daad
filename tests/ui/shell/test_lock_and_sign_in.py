"""Lock, "Not you?" and sign-in as those see them who share a PC, by keyboard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.demo_logins import PIN, mark_as_demo
from app.core.base.clock import SystemClock
from app.core.base.words import _
from app.core.operations import SiteFolder
from app.core.people import create_first_administrator
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import Theme
from app.ui.shell.lock import LockPage
from app.ui.shell.window import MainWindow
from tests.core.sync.test_sites_in_touch import send
from tests.support.accessibility import nameless, unreachable
from tests.support.in_touch import first_pc, know_each_other, pc_of
from tests.ui.shell.conftest import NEW, PASSWORD, founded

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def window(folder: Path, make_window: MakeWindow) -> MainWindow:
    """A window on a site that was founded before."""
    founded(folder).close()
    return make_window()


@pytest.fixture
def locked(window: MainWindow, jobs: JobRunner) -> LockPage:
    """The lock over the work of the administrator, who was among the people."""
    window.sign_in_page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle()
    assert window.work is not None
    window.work.open("people")
    jobs.wait_idle()
    return lock(window)


def lock(window: MainWindow) -> LockPage:
    window.lock()
    page = window.pages.currentWidget()
    assert isinstance(page, LockPage)
    return page


def test_tab_leads_from_the_number_to_the_password_and_on_to_the_button(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.sign_in_page
    page.number.line.setFocus()
    page.other.click()
    qtbot.keyClicks(page.number.line, NEW.login)
    qtbot.keyClick(page.number.line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.secret.password.line

    qtbot.keyClick(page.secret.password.line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.secret.sign_in_button


def test_the_lock_says_whose_work_it_covers_and_shows_none_of_it(
    locked: LockPage, window: MainWindow
) -> None:
    assert locked.name.text() == NEW.administrator
    assert locked.number.isHidden()  # this administrator has no employee number
    assert window.work is not None
    assert not window.work.isVisible()
    assert nameless(locked) == []
    assert unreachable(locked) == []


def test_the_button_unlocks_for_hands_that_have_no_enter_key(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.secret.set_value(PASSWORD)
    locked.unlock_button.click()
    jobs.wait_idle()

    assert window.pages.currentWidget() is window.work


def test_a_wrong_password_at_the_lock_speaks_of_no_number(
    locked: LockPage, jobs: JobRunner
) -> None:
    locked.secret.set_value("not the password")
    locked.unlock_button.click()
    jobs.wait_idle()

    assert locked.banner.text().startswith("That PIN or password is not right.")
    assert locked.secret.value() == ""


def test_nothing_typed_unlocks_nothing(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.unlock_button.click()
    jobs.wait_idle()

    assert window.pages.currentWidget() is locked
    assert locked.banner.isHidden()


def test_whoever_finds_it_locked_signs_out_and_signs_in_as_themselves(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.leave_link.click()
    jobs.wait_idle()

    assert window.work is None
    assert window.pages.currentWidget() is window.sign_in_page
    assert window.sign_in_page.number.value() == ""


def test_a_second_lock_shows_no_message_of_the_first(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.secret.set_value("not the password")
    locked.unlock_button.click()
    jobs.wait_idle()
    locked.secret.set_value(PASSWORD)
    locked.unlock_button.click()
    jobs.wait_idle()

    assert lock(window).banner.isHidden()


def test_not_you_in_the_top_bar_hands_the_pc_over(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.secret.set_value(PASSWORD)
    locked.unlock_button.click()
    jobs.wait_idle()
    assert window.work is not None
    window.work.top.not_me.emit()
    jobs.wait_idle()

    assert window.work is None
    assert window.sign_in_page.isVisible()


def test_a_letter_typed_at_the_pin_begins_a_password(
    window: MainWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    page = window.sign_in_page
    window.activateWindow()
    qtbot.keyClicks(page.number.line, NEW.login)
    qtbot.keyClick(page.number.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.secret.pin, PASSWORD[0])
    assert QApplication.focusWidget() is page.secret.password.line
    qtbot.keyClicks(page.secret.password.line, PASSWORD[1:])
    qtbot.keyClick(page.secret.password.line, Qt.Key.Key_Return)
    jobs.wait_idle()

    assert window.work is not None


def test_after_a_password_the_next_person_is_asked_for_a_pin(
    window: MainWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    page = window.sign_in_page
    qtbot.keyClicks(page.secret.pin, "c")
    page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle()
    window.sign_out()
    jobs.wait_idle()

    assert page.secret.pin.isVisible()
    assert not page.secret.password.isVisible()
    assert page.secret.password.value() == ""


def test_only_the_demo_plant_tells_how_to_sign_in(
    folder: Path, window: MainWindow, make_window: MakeWindow
) -> None:
    assert window.sign_in_page.side.told.isHidden()
    mark_as_demo(folder)
    told = make_window().sign_in_page.side.told

    assert told.isVisible()
    assert PIN in told.text()


def test_the_next_person_is_asked_in_one_language(window: MainWindow, jobs: JobRunner) -> None:
    window.sign_in_page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle()
    window.set_language("hi")
    window.sign_out()
    jobs.wait_idle()
    page = window.sign_in_page

    assert page.isVisible()
    assert page.number.label == _("Employee number, login or badge")
    assert page.hint.text() == _("Scan your badge, or type your employee number and PIN.")


def test_who_chooses_a_language_goes_on_where_they_were(window: MainWindow) -> None:
    page = window.sign_in_page
    page.other.click()
    page.number.set_value("admin")
    window.set_language("hi")
    page = window.sign_in_page
    assert page.secret.is_password
    assert page.number.value() == "admin"
    assert window.focusWidget() is page.secret.typed_in


def test_the_lock_speaks_the_language_that_the_work_was_switched_to(
    locked: LockPage, window: MainWindow, jobs: JobRunner
) -> None:
    locked.secret.set_value(PASSWORD)
    locked.unlock_button.click()
    jobs.wait_idle()
    window.set_language("hi")
    jobs.wait_idle()

    assert lock(window).unlock_button.text() == _("Unlock") != "Unlock"


def test_a_long_message_at_the_lock_is_read_whole_in_a_small_enlarged_window(
    locked: LockPage, window: MainWindow, theme: Theme, jobs: JobRunner
) -> None:
    window.resize(1093, 614)
    theme.set_zoom(1.5)
    locked.secret.set_value("not the password")
    locked.unlock_button.click()
    jobs.wait_idle()
    QApplication.processEvents()

    words = locked.banner.findChild(PlainLabel)
    assert words is not None
    assert words.height() >= words.heightForWidth(words.width())
    assert locked.banner.geometry().bottom() < locked.secret.geometry().top()


@pytest.mark.parametrize("language", ["en", "hi", "ta"])  # the shortest words, and the longest
def test_the_whole_of_sign_in_is_seen_at_once_in_a_small_window(
    window: MainWindow, language: str, qtbot: QtBot
) -> None:
    window.set_language(language)
    window.resize(1093, 614)
    page = window.sign_in_page
    for control in (page.number, page.secret.pin, page.languages, page.other, page.contrast):
        qtbot.waitUntil(partial(_is_seen_whole, control, window))


def _is_seen_whole(control: QWidget, window: MainWindow) -> bool:
    place = QRect(control.mapTo(window, QPoint()), control.size())
    is_uncut = control.visibleRegion().boundingRect() == control.rect()
    return window.rect().contains(place) and is_uncut


def test_where_a_new_pin_comes_from_is_no_alarm(window: MainWindow, jobs: JobRunner) -> None:
    page = window.sign_in_page
    (forgotten,) = (one for one in page.findChildren(Button) if one.text() == "Forgot PIN?")
    forgotten.click()
    assert page.banner.property("banner") == "info"
    page.sign_in(NEW.login, "not the password")
    jobs.wait_idle()
    assert page.banner.property("banner") == "danger"


def test_a_plants_administrator_of_the_same_name_locks_nobody_out(
    folder: Path, tmp_path: Path, make_window: MakeWindow, jobs: JobRunner
) -> None:
    site = SiteFolder(folder, tmp_path / "keys", SystemClock())
    here = pc_of(site, founded(folder).open_site)
    plant = first_pc(tmp_path / "plant", SystemClock(), code="BADDI")
    know_each_other(here, plant)
    theirs = "gearbox in the rain"
    create_first_administrator(
        plant.opened.site, login=NEW.login, name="Boss of Baddi", password=theirs
    )
    (stick := tmp_path / "stick").mkdir()
    assert here.take(send(plant, here, stick)).troubles == []
    here.close()
    window = make_window()

    page = window.sign_in_page
    page.sign_in(NEW.login, theirs)
    jobs.wait_idle()
    assert window.work is None
    assert "not right" in page.banner.text()
    page.sign_in(f"baddi/{NEW.login}", theirs)
    jobs.wait_idle()
    assert window.work is not None
    assert window.work.actor.name == "Boss of Baddi"
    window.sign_out()
    page = window.sign_in_page
    page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle()
    assert window.work is not None
    assert window.work.actor.name == NEW.administrator
