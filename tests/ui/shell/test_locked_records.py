"""Records that wait for a password, a PIN or the recovery kit; a site that rests while nobody is there."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.bootstrap.window import FolderOpener
from app.core.base.actor import system_actor
from app.core.keys import PasswordNeeded, SlotCost, split_key
from app.core.operations import Escrow, Protection
from app.services import Services
from app.ui.kit.dialogs import ErrorDialog
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.shell.asking_hq import AskHqDialog
from app.ui.shell.key_change import KeyChangeDialog
from app.ui.shell.recovering import RecoveryDialog
from app.ui.shell.unlock import UnlockDialog
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from tests.support.clock import TurnedClock
from tests.support.in_touch import first_pc
from tests.ui.shell.conftest import NEW, PASSWORD, founded

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
SYSTEM = system_actor()
FRESH = "monsoon over the lathe"

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def key(folder: Path) -> bytes:
    """The key of a site that was founded and closed."""
    services = founded(folder)
    key = services.open_site.data_key
    services.close()
    return key


def protected(folder: Path, change: Callable[[Protection], None]) -> None:
    services: Services = FolderOpener(folder).open(None)
    change(Protection(services.open_site))
    services.close()


def unlock_dialog(window: MainWindow) -> UnlockDialog:
    (dialog,) = (one for one in window.findChildren(UnlockDialog) if one.isVisible())
    return dialog


def test_a_pc_that_asks_opens_by_its_pin(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    protected(folder, lambda one: one.set_pin(SYSTEM, "593028", LIGHT))
    protected(folder, lambda one: one.ask_at_start(SYSTEM, asks=True))
    window = make_window()
    dialog = unlock_dialog(window)
    dialog.secret.set_value("593028")
    dialog.open_button.click()
    jobs.wait_idle()

    assert window._site.services is not None


def test_a_wrong_pin_asks_again(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    protected(folder, lambda one: one.set_pin(SYSTEM, "593028", LIGHT))
    protected(folder, lambda one: one.ask_at_start(SYSTEM, asks=True))
    window = make_window()
    first = unlock_dialog(window)
    first.secret.set_value("593029")
    first.open_button.click()
    jobs.wait_idle()

    assert window._site.services is None
    assert unlock_dialog(window) is not first


def test_two_people_open_a_folder_from_elsewhere_with_their_kit(
    folder: Path,
    key: bytes,
    make_window: MakeWindow,
    jobs: JobRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys of another PC"))
    with pytest.raises(PasswordNeeded):
        FolderOpener(folder).open(None)
    window = make_window()
    unlock_dialog(window).lost_link.click()
    (dialog,) = window.findChildren(RecoveryDialog)
    first, second, _third = split_key(key)
    dialog.shares[0].area.setPlainText(first)
    dialog.shares[1].area.setPlainText(first)
    for field, name in zip(dialog.people, ("Asha Rao", "Farida Khan"), strict=True):
        field.set_value(name)
    dialog.login.set_value(NEW.login)
    dialog.password.set_value(FRESH)
    dialog.again.set_value("another one")
    dialog.open_button.click()
    assert not jobs.jobs()
    dialog.again.set_value(FRESH)
    dialog.open_button.click()
    jobs.wait_idle(30_000)
    assert "twice" in dialog.banner.text()
    assert window._site.services is None

    dialog.shares[1].area.setPlainText(second)
    dialog.open_button.click()
    jobs.wait_idle(30_000)
    window.sign_in_page.sign_in(NEW.login, FRESH)
    jobs.wait_idle(30_000)
    assert window.work is not None


def test_a_site_where_nobody_is_closes_and_opens_at_a_touch(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    window = make_window()
    assert window._rest._timer.isActive()
    assert window._rest._timer.interval() == 30 * 60_000
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window._rest._watch()
    window._rest._timer.timeout.emit()
    jobs.wait_idle()
    assert window._site.services is None

    window.sign_in_page.sign_in(NEW.login, PASSWORD)  # waits for the site
    jobs.wait_idle()
    assert window.work is None
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    jobs.wait_idle(30_000)
    assert window.work is not None
    assert not window._rest._timer.isActive()

    window.sign_out()
    jobs.wait_idle()
    assert window._rest._timer.isActive()


def test_a_site_does_not_close_before_what_runs_has_ended(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    window = make_window()
    may_end = threading.Event()
    states: list[bool] = []

    def work(_progress: object) -> None:
        may_end.wait()
        states.append(window._site.services is not None)

    jobs.run(work, owner=window, lane=Lane.WORK)
    window._rest._timer.timeout.emit()
    assert window._site.services is not None
    may_end.set()
    jobs.wait_idle()
    jobs.wait_idle()

    assert states == [True]
    assert window._site.services is None


def test_a_lost_password_is_given_anew_while_the_pc_opens_the_records_by_itself(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    window = make_window()
    page, before = window.sign_in_page, window._site.services
    assert page.kit_link.isHidden()
    page.secret.forgotten.emit()
    assert page.kit_link.isVisible()
    page.kit_link.click()
    (dialog,) = window.findChildren(RecoveryDialog)
    first, second, _third = split_key(key)
    for field, words in zip(dialog.shares, (first, second), strict=True):
        field.set_value(words)
    for person, name in zip(dialog.people, ("Asha Rao", "Farida Khan"), strict=True):
        person.set_value(name)
    dialog.login.set_value(NEW.login)
    dialog.password.set_value(FRESH)
    dialog.again.set_value(FRESH)
    dialog.open_button.click()
    jobs.wait_idle(30_000)

    window.sign_in_page.sign_in(NEW.login, FRESH)
    jobs.wait_idle(30_000)
    assert window.work is not None
    assert window._site.services is not before


def signed_in(window: MainWindow, jobs: JobRunner) -> WorkArea:
    window.sign_in_page.sign_in(NEW.login, PASSWORD)
    jobs.wait_idle(30_000)
    assert window.work is not None
    return window.work


def test_the_key_is_changed_while_the_site_is_closed(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    window = make_window()
    signed_in(window, jobs).change_data_key(PASSWORD)
    assert window.work is None
    jobs.wait_idle(30_000)
    jobs.wait_idle(30_000)
    (dialog,) = window.findChildren(KeyChangeDialog)
    assert dialog.close_button.isEnabled()
    assert "another key" in dialog.words.text()
    dialog.close_button.click()

    work = signed_in(window, jobs)
    assert work.services.open_site.data_key != key
    kit = Protection(work.services.open_site).ways(work.actor).kit
    assert kit is None


def test_a_key_that_cannot_be_changed_leaves_the_site_open(
    folder: Path, key: bytes, make_window: MakeWindow, jobs: JobRunner
) -> None:
    other = FolderOpener(folder).open(None)  # another program has the records open
    try:
        window = make_window()
        signed_in(window, jobs).change_data_key(PASSWORD)
        jobs.wait_idle(30_000)
        jobs.wait_idle(30_000)

        (error,) = (one for one in window.findChildren(ErrorDialog) if one.isVisible())
        error.close_button.click()
        work = signed_in(window, jobs)
        assert work.services.open_site.data_key == key
    finally:
        other.close()


def test_headquarters_open_what_nobody_here_can(
    folder: Path,
    key: bytes,
    make_window: MakeWindow,
    jobs: JobRunner,
    tmp_path: Path,
    clock: TurnedClock,
) -> None:
    headquarters = first_pc(tmp_path / "hq", clock, code="HQ")
    services: Services = FolderOpener(folder).open(None)
    pairing = services.open_site.keys.pairing
    asked = pairing.introduce()
    paired = headquarters.opened.keys.pairing.pair(SYSTEM, asked.document, asked.words)
    assert paired.answer is not None
    pairing.take(SYSTEM, paired.answer, paired.words)
    Escrow(services.open_site).give(SYSTEM)
    Protection(services.open_site).ask_at_start(SYSTEM, asks=True)
    services.close()
    window = make_window()
    unlock_dialog(window).lost_link.click()
    (kit,) = window.findChildren(RecoveryDialog)
    kit.hq_link.click()
    (dialog,) = window.findChildren(AskHqDialog)
    for person, name in zip(dialog.people, ("Asha Rao", "Farida Khan"), strict=True):
        person.set_value(name)

    dialog.save(tmp_path / "a.daksha-key-request")  # no reason was given
    jobs.wait_idle(30_000)
    assert "Who asks, and why" in dialog.banner.text()
    dialog.reason.set_value("nobody knows the password")
    dialog.save(tmp_path / "a.daksha-key-request")
    jobs.wait_idle(30_000)
    answer = Escrow(headquarters.opened).answer(
        SYSTEM, (tmp_path / "a.daksha-key-request").read_bytes(), dialog.fingerprint.words()
    )
    (tmp_path / "b.daksha-key-answer").write_bytes(answer)
    dialog.take(tmp_path / "b.daksha-key-answer")
    dialog.login.set_value(NEW.login)
    dialog.password.set_value(FRESH)
    dialog.again.set_value(FRESH)
    dialog.open_button.click()
    jobs.wait_idle(30_000)

    window.sign_in_page.sign_in(NEW.login, FRESH)
    jobs.wait_idle(30_000)
    assert window.work is not None
    assert window.work.services.open_site.data_key == key
