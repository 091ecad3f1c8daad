"""The window: first run, sign-in, lock, languages, and every screen an administrator may open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.base.actor import Capability, system_actor
from app.core.base.progress import NoProgress
from app.core.base.words import current_language
from app.core.people import NewPerson, RoleName
from app.ui.kit.dialogs import ErrorDialog
from app.ui.kit.jobs import JobRunner
from app.ui.kit.screen import ScreenSpec
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen
from app.ui.shell.new_secret import NewSecretDialog
from app.ui.shell.screens import SCREENS
from app.ui.shell.window import MainWindow
from tests.support.accessibility import missed_by_tab, nameless
from tests.support.archives import zip_at
from tests.support.packages import html
from tests.support.stray_windows import watch_for_stray_windows
from tests.ui.shell.conftest import NEW, PASSWORD, founded

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def window(folder: Path, make_window: MakeWindow) -> MainWindow:
    """A window on a site that was founded before."""
    founded(folder).close()
    return make_window()


def sign_in(
    window: MainWindow, jobs: JobRunner, secret: str = PASSWORD, name: str = "meera"
) -> None:
    window.sign_in_page.sign_in(name, secret)
    jobs.wait_idle()


def test_the_first_run_ends_signed_in(
    make_window: MakeWindow, jobs: JobRunner, folder: Path
) -> None:
    window = make_window()
    page = window.first_run_page
    assert page is not None
    page.new_site.click()
    for field, value in (
        (page.site_name, NEW.name),
        (page.code, NEW.code),
        (page.administrator, NEW.administrator),
        (page.login, NEW.login),
        (page.password, PASSWORD),
        (page.again, PASSWORD),
    ):
        field.set_value(value)
    page.found.click()
    jobs.wait_idle(20_000)
    jobs.wait_idle(20_000)

    assert window.work is not None
    assert window.work.actor.name == "Meera Iyer"
    assert (folder / "daksha.json").exists()


def test_two_different_passwords_found_nothing(make_window: MakeWindow, folder: Path) -> None:
    page = make_window().first_run_page
    assert page is not None
    page.new_site.click()
    for field in (page.site_name, page.code, page.administrator, page.login, page.password):
        field.set_value("some long text")
    page.again.set_value("another long text")
    page.found.click()

    assert page.again.error()
    assert not (folder / "daksha.json").exists()


def test_a_wrong_secret_says_so_and_lets_nobody_in(window: MainWindow, jobs: JobRunner) -> None:
    sign_in(window, jobs, "a guess of somebody")

    assert window.work is None
    assert window.sign_in_page.banner.isVisible()


def test_sign_in_asked_before_the_site_is_open_goes_on_when_it_is(
    window: MainWindow, jobs: JobRunner
) -> None:
    sign_in(window, jobs)

    assert window.work is not None


def test_the_lock_keeps_the_work_until_its_owner_is_back(
    window: MainWindow, jobs: JobRunner
) -> None:
    sign_in(window, jobs)
    work = window.work
    assert work is not None
    work.open("people")
    window.lock()
    lock = window.pages.currentWidget()
    lock.secret.set_value("not the password")
    lock.secret.submitted.emit()
    jobs.wait_idle()
    assert window.pages.currentWidget() is lock

    lock.secret.set_value(PASSWORD)
    lock.secret.submitted.emit()
    jobs.wait_idle()

    assert window.pages.currentWidget() is work
    assert work.where[0] == "people"


def test_signing_out_leaves_an_empty_sign_in(window: MainWindow, jobs: JobRunner) -> None:
    sign_in(window, jobs)
    window.sign_out()
    jobs.wait_idle()

    assert window.work is None
    assert window.sign_in_page.number.value() == ""


def test_who_loses_a_power_or_the_account_signs_in_anew(
    folder: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    services = founded(folder)
    boss, accounts = system_actor(), services.sign_in.accounts
    person = services.people.add(boss, NewPerson(number="A-1", name="Ravi Iyer"))
    roles = (RoleName.LEARNER, RoleName.ADMINISTRATOR)
    account = accounts.give_account(boss, person, roles=roles)
    accounts.set_pin(boss, account, "7392", must_change=False)
    services.close()
    window = make_window()

    for end in ("revoke_role", "disable"):
        window.sign_in_page.sign_in("A-1", "7392")
        qtbot.waitUntil(lambda: window.work is not None, timeout=60_000)
        assert window.work is not None
        accounts = window.work.services.sign_in.accounts
        if end == "disable":
            accounts.disable(boss, account)
        else:
            accounts.revoke_role(boss, account, RoleName.ADMINISTRATOR)
        qtbot.waitUntil(lambda: window.work is None, timeout=60_000)
        (told,) = window.findChildren(ErrorDialog)
        assert ("has changed" in told.windowTitle()) is (end == "revoke_role")
        told.close()
        told.setParent(None)


def test_who_is_merged_into_another_signs_in_anew(
    folder: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    services = founded(folder)
    people, accounts = services.people, services.sign_in.accounts
    me, twin = (
        people.add(system_actor(), NewPerson(number=number, name="Ravi Iyer"))
        for number in ("A-1", "B-1")
    )
    account = accounts.give_account(system_actor(), me)
    accounts.set_pin(system_actor(), account, "7392", must_change=False)
    services.close()
    window = make_window()
    window.sign_in_page.sign_in("A-1", "7392")
    qtbot.waitUntil(lambda: window.work is not None, timeout=60_000)
    work = window.work
    assert work is not None

    work.services.people.merging.merge(system_actor(), twin, me, "One person")
    qtbot.waitUntil(lambda: window.work is None, timeout=60_000)

    (told,) = window.findChildren(ErrorDialog)
    assert "put your records together" in told.windowTitle()
    told.close()
    window.sign_in_page.sign_in("A-1", "7392")
    qtbot.waitUntil(lambda: window.work is not None, timeout=60_000)
    again = window.work
    assert again is not None
    assert again.actor.person_id == twin


def test_who_was_given_a_pin_chooses_their_own_with_the_keys_alone(
    folder: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    services = founded(folder)
    accounts, boss = services.sign_in.accounts, system_actor()
    ravi = services.people.add(boss, NewPerson(number="A-1", name="Ravi Iyer"))
    accounts.set_pin(boss, accounts.give_account(boss, ravi), "7392")
    services.close()
    window = make_window()
    window.sign_in_page.sign_in("A-1", "7392")
    qtbot.waitUntil(lambda: bool(window.findChildren(NewSecretDialog)), timeout=60_000)
    (dialog,) = window.findChildren(NewSecretDialog)

    for field, pin in ((dialog.old, "7392"), (dialog.new, "8264"), (dialog.again, "8264")):
        qtbot.waitUntil(lambda line=field.line: dialog.focusWidget() is line)
        qtbot.keyClicks(field.line, pin)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.work is not None, timeout=60_000)

    assert window.work is not None
    assert window.work.actor.name == "Ravi Iyer"


def test_another_language_keeps_the_place(window: MainWindow, jobs: JobRunner) -> None:
    sign_in(window, jobs)
    assert window.work is not None
    window.work.open("people")
    window.set_language("hi")
    jobs.wait_idle()

    assert current_language() == "hi"
    assert window.work is not None
    assert window.work.where[0] == "people"


@pytest.mark.parametrize("spec", [s for s in SCREENS if s.in_navigation], ids=lambda s: s.key)
def test_every_screen_opens_on_an_empty_site_named_reached_by_tab_and_in_one_window(
    folder: Path,
    make_window: MakeWindow,
    jobs: JobRunner,
    monkeypatch: pytest.MonkeyPatch,
    spec: ScreenSpec,
) -> None:
    services = founded(folder)
    if spec.needs is Capability.LEARN:  # which who founded a site does not do there
        accounts, boss = services.sign_in.accounts, system_actor()
        ravi = services.people.add(boss, NewPerson(number="A-1", name="Ravi Iyer"))
        accounts.set_pin(boss, accounts.give_account(boss, ravi), "7392", must_change=False)
    services.close()
    window = make_window()
    sign_in(window, jobs, *(("7392", "A-1") if spec.needs is Capability.LEARN else ()))
    work = window.work
    assert work is not None
    stray = watch_for_stray_windows(monkeypatch)
    work.open(spec.key)
    jobs.wait_idle()
    jobs.wait_idle()

    assert work.where[0] == spec.key
    assert QApplication.activeModalWidget() is None
    assert nameless(window) == []
    assert missed_by_tab(window) == []
    assert stray == []


def test_keys_of_screens_are_told_apart() -> None:
    keys = [spec.key for spec in SCREENS]

    assert len(keys) == len(set(keys))


def test_a_package_opens_in_the_window_while_it_is_watched(
    window: MainWindow, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    sign_in(window, jobs)
    work = window.work
    assert work is not None
    courses = work.services.courses
    archive = zip_at(tmp_path / "fire.zip", html())
    course = courses.import_folder(work.actor, archive, NoProgress())
    said: list[bool] = []

    work.open("player", preview=courses.draft_of(work.actor, course))
    assert jobs.wait_idle()
    screen = work.current
    assert isinstance(screen, PlayerScreen)
    assert isinstance(screen.view, PackageView)
    assert screen.view.session is not None
    screen.view.session.web.shown.connect(lambda: said.append(True))

    qtbot.waitUntil(lambda: bool(said), timeout=15_000)
    work.open("courses")
    assert jobs.wait_idle(20_000)
