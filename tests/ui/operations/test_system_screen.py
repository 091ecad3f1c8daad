"""The system screen: health in words, what support may get, the trust file."""

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.paging import PageRequest
from app.core.base.program_log import ProgramLog
from app.core.operations import Health
from app.core.people import NewPerson, PasswordRule
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import ScrollPage
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Theme
from app.ui.operations.system_screen import SystemScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    return WrittenDesk(services, administrator(), jobs, theme, clock)


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> SystemScreen:
    made = SystemScreen(desk)
    put(made, window, jobs)
    return made


def said(screen: SystemScreen) -> list[str]:
    return [one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen)]


def test_the_site_its_folder_and_version_are_named(screen: SystemScreen, tmp_path: Path) -> None:
    words = said(screen)

    assert "Baddi plant" in words
    assert "BDI" in words
    assert str(tmp_path) in words


def test_a_clock_that_was_set_back_is_said(
    services: Services, desk: Desk, clock: TurnedClock, window: QWidget, jobs: JobRunner
) -> None:
    services.people.add(administrator(), NewPerson(number="P-1", name="Ravi"))
    clock.set_wall(clock.now() - timedelta(days=400))
    screen = SystemScreen(desk)
    put(screen, window, jobs)

    (check,) = (one for one in screen._checks if one.key == "clock")
    assert check.health is Health.BAD
    assert check.says in said(screen)
    assert "behind" in check.says


def test_what_support_gets_holds_no_names(
    screen: SystemScreen, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    services.people.add(administrator(), NewPerson(number="P-1", name="Ravi Iyer"))
    screen.refresh()
    settle(jobs)
    screen._copy()
    copied = QGuiApplication.clipboard().text()

    assert copied.startswith("Daksha ")
    assert "Ravi" not in copied
    assert desk.toasts == ["Copied. It holds no names."]


def test_the_trust_file_is_written_where_it_was_asked_for(
    screen: SystemScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    screen._write_trust(tmp_path / "site.json")
    settle(jobs)

    assert json.loads((tmp_path / "site.json").read_text("utf-8"))
    assert desk.toasts == ["Saved. Whoever has it can verify this site's certificates."]


def test_a_folder_that_is_not_there_is_told_and_breaks_nothing(
    screen: SystemScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    screen._write_trust(tmp_path / "gone" / "site.json")
    settle(jobs)

    assert len(desk.errors) == 1
    assert desk.toasts == []


def test_it_is_usable_by_keyboard_in_a_small_window(screen: SystemScreen) -> None:
    check_usable(screen)


def test_lists_and_sums_are_mended_where_they_differ(
    screen: SystemScreen, services: Services, jobs: JobRunner
) -> None:
    services.people.add(administrator(), NewPerson(number="P-1", name="Ravi Iyer"))
    with services.open_site.site.database.write() as connection:
        connection.execute(sa.text("DELETE FROM person_listing"))

    screen.derived.button.click()
    settle(jobs)

    assert "Mended: 0 were wrong, 1 was missing; 1 row now." in said(screen)
    assert services.people.list_people(administrator(), PageRequest()).total == 1
    screen.derived.button.click()
    settle(jobs)
    assert "As the records say: 1 row." in said(screen)
    check_usable(screen)


def test_it_opens_at_its_head_in_a_small_window(
    screen: SystemScreen, window: QWidget, qtbot: QtBot
) -> None:
    window.resize(877, 546)
    window.activateWindow()
    screen.focus_first()
    qtbot.waitUntil(screen.look_button.hasFocus)
    assert screen.findChild(ScrollPage).verticalScrollBar().value() == 0


def test_a_mistake_of_the_program_is_counted_and_its_place_copied(
    screen: SystemScreen, services: Services, jobs: JobRunner
) -> None:
    log = ProgramLog(services.open_site.folder)
    log.emit(
        logging.makeLogRecord(
            {
                "name": "app.ui.kit.jobs",
                "levelno": logging.ERROR,
                "levelname": "ERROR",
                "msg": "a job broke",
                "created": services.open_site.site.clock.now().timestamp(),
            }
        )
    )
    screen.refresh()
    settle(jobs)

    (check,) = (one for one in screen._checks if one.key == "program")
    assert check.health is Health.WATCH
    assert "1 mistake was noted" in check.says
    screen._copy()
    assert "a job broke" in QGuiApplication.clipboard().text()


def test_the_rule_about_passwords_is_told_and_changed_with_a_reason(
    screen: SystemScreen, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    assert "They do not grow old. The one in use does not come again." in said(screen)

    screen.passwords.ask()
    (sheet,) = screen.findChildren(FormSheet)
    days, remembered, reason = sheet.form.fields()
    days.set_value(90)
    remembered.set_value(5)
    reason.set_value("SOP IT-003")
    sheet.save_button.click()
    settle(jobs)

    assert desk.errors == []
    assert services.sign_in.password_rules.now() == PasswordRule(days=90, remembered=5)
    assert "After 90 days another is asked for. The last 5 do not come again." in said(screen)
    check_usable(screen)
