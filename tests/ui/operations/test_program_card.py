"""Upgrades on the system screen: looked at, installed with a reason, refused in a sentence, gone back from."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap.assembly import assemble
from app.core.base.installation import Installation, Pointer
from app.core.operations import Health
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Theme
from app.ui.operations.system_screen import SystemScreen
from app.ui.operations.upgrade_sheet import UpgradeSheet
from app.ui.shell.site_notices import SiteNotices
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import Pc, first_pc
from tests.support.programs import NEW, OLD, packed, programs_of, stand_in
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle
from tests.ui.sync.conftest import said


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "here", clock)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(stand_in(tmp_path / "installed", OLD))


@pytest.fixture
def desk(
    pc: Pc,
    installation: Installation,
    qapp: QApplication,
    jobs: JobRunner,
    theme: Theme,
    clock: TurnedClock,
) -> Iterator[Desk]:
    services = replace(assemble(pc.opened), programs=programs_of(pc, installation))
    yield WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> SystemScreen:
    made = SystemScreen(desk)
    put(made, window, jobs)
    return made


def opened(screen: SystemScreen) -> UpgradeSheet:
    screen.program.upgrade.click()
    sheet = screen.window().findChild(UpgradeSheet)
    assert sheet is not None
    return sheet


def test_an_upgrade_is_looked_at_installed_and_gone_back_from(
    screen: SystemScreen,
    pc: Pc,
    desk: Desk,
    installation: Installation,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    file = packed(pc, stand_in(tmp_path / "built", NEW), tmp_path / "new.daksha-upgrade")
    sheet = opened(screen)
    sheet.picker.picked.emit((file,))
    settle(jobs)
    words = said(sheet)
    assert "From Daksha 0.1.0 to 0.2.0" in words
    assert "• Upgrades come on a stick." in words
    assert sheet.checked is not None
    assert sheet.checked.facts.site == "Plant PUN"

    sheet.button.click()  # nobody said why yet
    assert sheet.reason.error()
    sheet.reason.set_value("asked by headquarters")
    sheet.button.click()
    settle(jobs)

    assert installation.pointer().trial
    assert "has proved itself" in sheet.banner.text()
    sheet.dismiss()
    settle(jobs)
    assert "Installed. Close Daksha on this PC and start it again." in said(screen)
    (line,) = [check for check in screen._checks if check.key == "version"]
    assert line.health is Health.WATCH
    assert NEW in line.says
    check_usable(screen)

    name = installation.pointer().current
    installation.point(Pointer(current=name, before="", trial=False))
    started = programs_of(pc, Installation(installation.home, name))
    screen.program._programs = started  # as after the next start
    screen.program.refresh()
    settle(jobs)
    screen.program.back.click()
    settle(jobs)
    assert installation.pointer().current == ""
    assert desk.toasts[-1] == "Daksha 0.1.0 starts next time. Close Daksha and start it again."


def test_a_bad_file_is_told_on_the_sheet_and_another_can_be_chosen(
    screen: SystemScreen, installation: Installation, jobs: JobRunner, tmp_path: Path
) -> None:
    file = tmp_path / "words.daksha-upgrade"
    file.write_text("words")
    sheet = opened(screen)

    sheet.picker.picked.emit((file,))
    settle(jobs)

    assert "is not an upgrade of Daksha" in sheet.banner.text()
    assert sheet.picker.isVisibleTo(sheet)
    assert not sheet.button.isVisibleTo(sheet)
    assert installation.pointer() == Pointer()


def test_a_version_that_was_left_by_itself_is_told_above_every_screen(
    desk: Desk, installation: Installation, window: QWidget, jobs: JobRunner
) -> None:
    installation.versions.mkdir()
    installation.point(Pointer(current="", left=f"{NEW}-0123456789ab", why="ended"))
    desk.services.programs.settle()
    notices = SiteNotices(desk, window)

    notices.refresh()
    settle(jobs)

    told = [banner.text() for banner in notices.findChildren(Banner)]
    assert any("it broke off before it had opened the records" in one for one in told)
