"""The disk is looked after while the site is open; what is found is told above every screen and on System."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.core.storage.database import SqliteFile
from app.services import Services
from app.ui.kit.cards import FactRow
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Theme
from app.ui.operations.disk_rounds import DiskRounds
from app.ui.operations.system_screen import SystemScreen
from app.ui.shell.site_notices import SiteNotices
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.logs import LoggedTrouble
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    return WrittenDesk(services, administrator(), jobs, theme, clock)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def rounds(desk: Desk, jobs: JobRunner, window: QWidget, told: list[str]) -> DiskRounds:
    def tell(words: str) -> bool:
        told.append(words)
        return True

    made = DiskRounds(desk.services.disk, jobs, desk.changes, tell, window)
    made.stop()  # the test goes the rounds
    return made


def said_of(screen: SystemScreen, title: str) -> str:
    """Return what a line of the page says."""
    for row in screen.findChildren(FactRow):
        words = [one.text() for one in row.findChildren(QLabel) if one.text()]
        if words[:1] == [title]:
            return words[1]
    raise AssertionError(title)


def test_a_look_waits_for_nobody_to_be_there_and_its_day_stands_on_the_page(
    desk: Desk, rounds: DiskRounds, jobs: JobRunner, window: QWidget, told: list[str]
) -> None:
    screen = SystemScreen(desk)
    put(screen, window, jobs)
    assert "not looked at yet" in said_of(screen, "Every page of the file")
    rounds.is_nobody_there = lambda: False
    rounds.go()
    settle(jobs)
    assert desk.services.disk.notes().checked_at is None

    rounds.is_nobody_there = lambda: True
    rounds.go()
    settle(jobs)
    screen.refresh()
    settle(jobs)

    assert "all are sound" in said_of(screen, "Every page of the file")
    assert told == []
    check_usable(screen)


def test_a_damaged_page_is_told_above_every_screen_with_the_way_to_the_backups(
    desk: Desk,
    rounds: DiskRounds,
    jobs: JobRunner,
    window: QWidget,
    told: list[str],
    logged_trouble: LoggedTrouble,
) -> None:
    logged_trouble.expect("damaged|cannot be")
    notices = SiteNotices(desk, window)
    column(window).addWidget(notices)
    notices.refresh()
    settle(jobs)
    location = desk.services.open_site.site.database.location
    assert isinstance(location, SqliteFile)
    desk.services.open_site.site.database.fold_log()
    spoil(location.path)

    rounds.go()
    settle(jobs)

    assert told == ["The records' file on this PC is damaged. The page System says what to do."]
    (banner,) = notices.findChildren(Banner)
    assert "restore the last backup that is verified" in banner.accessibleName()
    (way,) = [one for one in banner.findChildren(QPushButton) if one.text() == "Backups"]
    way.click()
    assert desk.opened == [("backups", {})]


def spoil(path: Path) -> None:
    """Write over the front of many pages: the records of these tests lie open, so no page has a seal."""
    with path.open("r+b") as file:
        for page in range(100, 200):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)
