"""A backup takes the place of the records: from the screen, on a new PC, and where nothing opens."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.keys import split_key
from app.core.people import NewPerson
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner
from app.ui.shell.ask_backup import BackupAsker
from app.ui.shell.recovering import RestoreWithKitDialog
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from tests.ui.shell.conftest import NEW, PASSWORD
from tests.ui.shell.test_window import MakeWindow, sign_in

SYSTEM = system_actor()
FRESH = "monsoon over the lathe"


@pytest.fixture
def backup(make_window: MakeWindow, jobs: JobRunner, tmp_path: Path) -> Path:
    """A backup of a site with nobody in it; Ravi came after."""
    window = make_window()
    founded = window._site.opener.found(NEW)
    path = tmp_path / "stick" / "one.dkbk"
    path.parent.mkdir()
    founded.backups.make_at(SYSTEM, path)
    founded.people.add(SYSTEM, NewPerson(number="P-1", name="Ravi"))
    founded.close()
    window.close()
    return path


def at_work(window: MainWindow, jobs: JobRunner, qtbot: QtBot) -> WorkArea:
    """Sign in as the administrator."""
    sign_in(window, jobs)
    qtbot.waitUntil(lambda: window.work is not None, timeout=20_000)
    assert window.work is not None
    jobs.wait_idle()
    return window.work


def people(work: WorkArea) -> int:
    return work.services.people.list_people(SYSTEM, PageRequest()).total


def dialog(qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Dialog), timeout=30_000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, Dialog)
    return found


def press(within: Dialog | Banner, words: str) -> None:
    (button,) = [each for each in within.findChildren(Button) if each.text() == words]
    button.click()


def banners(work: WorkArea) -> list[str]:
    assert work.notices is not None
    return [each.text() for each in work.notices.findChildren(Banner)]


def test_a_restore_signs_out_and_comes_back_to_sign_in(
    backup: Path, make_window: MakeWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    window = make_window()
    work = at_work(window, jobs, qtbot)
    assert people(work) == 1

    work.services.backups.ask_restore(work.actor, backup)

    told = dialog(qtbot)
    assert told.windowTitle() == "The backup is restored"
    press(told, "Close")
    assert window.pages.currentWidget() is window.sign_in_page
    jobs.wait_idle()
    work = at_work(window, jobs, qtbot)
    assert people(work) == 0
    jobs.wait_idle()
    (words,) = banners(work)
    assert "a backup was restored" in words

    assert work.notices is not None
    (banner,) = work.notices.findChildren(Banner)
    press(banner, "I know")
    qtbot.waitUntil(lambda: work.notices is not None and work.notices.isHidden(), timeout=10_000)


def test_a_backup_that_is_damaged_changes_nothing(
    backup: Path, make_window: MakeWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    backup.write_bytes(backup.read_bytes()[:-1])
    window = make_window()
    work = at_work(window, jobs, qtbot)

    work.services.backups.ask_restore(work.actor, backup)

    told = dialog(qtbot)
    assert "cut short" in told.windowTitle()
    press(told, "Close")
    jobs.wait_idle()
    assert people(at_work(window, jobs, qtbot)) == 1


def test_a_new_pc_starts_with_a_backup(
    backup: Path,
    folder: Path,
    make_window: MakeWindow,
    jobs: JobRunner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.rmtree(folder)
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of another PC"))
    window = make_window()
    assert window.first_run_page is not None
    window._front.restore_asked.emit(backup, "a guess of somebody")
    press(dialog(qtbot), "Close")
    assert window.first_run_page is not None

    window._front.restore_asked.emit(backup, PASSWORD)

    assert dialog(qtbot).windowTitle() == "The backup is restored"
    press(dialog(qtbot), "Close")
    jobs.wait_idle()
    assert people(at_work(window, jobs, qtbot)) == 0


def test_records_that_do_not_open_are_offered_a_backup(
    backup: Path, folder: Path, make_window: MakeWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    (folder / "site.db").write_bytes(b"\x07" * 9000)
    window = make_window()
    (offer,) = [
        each
        for each in window.sign_in_page.banner.findChildren(Button)
        if each.text() == "Restore a backup"
    ]
    qtbot.waitUntil(lambda: offer.isVisibleTo(window), timeout=5000)

    asker = BackupAsker(window.pages, jobs, window._site.opener, window._front.restore_asked.emit)
    asker.take(backup)
    asked = dialog(qtbot)
    (field,) = asked.findChildren(PasswordField)
    field.set_value(PASSWORD)
    press(asked, "Restore")

    qtbot.waitUntil(lambda: dialog(qtbot).windowTitle() == "The backup is restored", timeout=30_000)
    press(dialog(qtbot), "Close")
    jobs.wait_idle()
    assert people(at_work(window, jobs, qtbot)) == 0


def kit_dialog(qtbot: QtBot) -> RestoreWithKitDialog:
    qtbot.waitUntil(
        lambda: isinstance(QApplication.activeModalWidget(), RestoreWithKitDialog), timeout=30_000
    )
    found = QApplication.activeModalWidget()
    assert isinstance(found, RestoreWithKitDialog)
    return found


def fill(asked: RestoreWithKitDialog, shares: tuple[str, ...], login: str) -> None:
    for field, words in zip(asked.shares, shares, strict=True):
        field.set_value(words)
    for person, name in zip(asked.people, ("Asha Rao", "Farida Khan"), strict=True):
        person.set_value(name)
    asked.login.set_value(login)
    for field in (asked.password, asked.again):
        field.set_value(FRESH)


def test_a_new_pc_starts_with_a_backup_and_two_papers_when_no_password_is_known(
    backup: Path,
    folder: Path,
    make_window: MakeWindow,
    jobs: JobRunner,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    services = window._site.services
    assert services is not None
    first, second, _third = split_key(services.open_site.data_key)
    window.close()
    window.close_site()
    shutil.rmtree(folder)
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of another PC"))
    window = make_window()

    window._front._asker().take(backup)
    asked = dialog(qtbot)
    press(asked, "The password is lost: use the recovery kit")
    asked = kit_dialog(qtbot)
    fill(asked, (first, first), NEW.login)
    press(asked, "Restore")
    qtbot.waitUntil(asked.banner.isVisible, timeout=10_000)
    assert "one share, twice" in asked.banner.text()

    fill(asked, (first, second), "nobody")
    press(asked, "Restore")
    qtbot.waitUntil(lambda: kit_dialog(qtbot) is not asked, timeout=30_000)
    asked = kit_dialog(qtbot)
    assert "nobody was not found" in asked.banner.text()
    assert asked.shares[1].value() == second  # nobody types forty words twice
    asked.login.set_value(NEW.login)
    press(asked, "Restore")

    qtbot.waitUntil(lambda: dialog(qtbot).windowTitle() == "The backup is restored", timeout=60_000)
    press(dialog(qtbot), "Close")
    jobs.wait_idle()
    window.sign_in_page.sign_in(NEW.login, FRESH)
    qtbot.waitUntil(lambda: window.work is not None, timeout=30_000)
    assert window.work is not None
    jobs.wait_idle()
    assert people(window.work) == 0
