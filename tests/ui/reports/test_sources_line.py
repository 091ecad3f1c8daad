"""Figures that count records of others say as of when; a warning once nothing was heard for long."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap.assembly import assemble
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.reports.overview_screen import OverviewScreen
from app.ui.reports.report_screen import ReportScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.ui.reports.opened import Desk, administrator, put, settle
from tests.ui.sync.conftest import add


@pytest.fixture
def here(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "here", clock)


@pytest.fixture
def desk(
    here: Pc, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    services = assemble(here.opened)
    yield WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


def bring(here: Pc, tmp_path: Path, clock: TurnedClock) -> None:
    there, stick = another_pc(here, tmp_path / "there", clock), tmp_path / "stick"
    stick.mkdir()
    there.take(here.send(stick, there))
    add(there, "B")
    here.take(there.send(stick, here))


def test_nothing_is_said_where_all_is_of_this_pc(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = OverviewScreen(desk)
    put(screen, window, jobs)

    assert screen.sources.isHidden()


@pytest.mark.parametrize("kind", [OverviewScreen, ReportScreen])
def test_it_is_said_quietly_and_then_as_a_warning(
    kind: type[OverviewScreen] | type[ReportScreen],
    desk: Desk,
    here: Pc,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
    clock: TurnedClock,
) -> None:
    bring(here, tmp_path, clock)
    screen = kind(desk)
    put(screen, window, jobs)
    assert " as of " in screen.sources.quiet.text()
    assert screen.sources.quiet.isVisible()
    assert not screen.sources.warning.isVisible()

    clock.set_wall(clock.now() + timedelta(days=8))
    screen.refresh()
    settle(jobs)

    assert screen.sources.warning.isVisible()
    assert "not of today" in screen.sources.warning.text()
    assert not screen.sources.quiet.isVisible()
