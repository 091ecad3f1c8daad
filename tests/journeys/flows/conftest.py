"""The real window on a real site, at which people with a role of their own sit down one after the other."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.base.words import use_language
from app.core.operations import SiteFolder
from app.services import Services
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.shell.idle import IdleWatch
from app.ui.shell.window import MainWindow
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, pc_of
from tests.support.signers import found_administrator
from tests.support.two_pcs import found
from tests.support.walking import PlaceOpener, Walker
from tests.ui import conftest as of_windows

Furnish = Callable[[Services, Pc], object]
dressed, theme, jobs = of_windows.dressed, of_windows.theme, of_windows.jobs
"""Fixtures of every test of a window."""


Seat = Callable[[SiteFolder], Walker]
"""Open a window on a data folder."""


@pytest.fixture
def seat(theme: Theme, jobs: JobRunner, qtbot: QtBot) -> Iterator[Seat]:
    """Open windows, each on a data folder of its own."""
    windows: list[MainWindow] = []
    walkers: list[Walker] = []

    def begin(place: SiteFolder) -> Walker:
        watch = IdleWatch(jobs, minutes=60)  # nobody is away while another window is worked at
        window = MainWindow(PlaceOpener(place), theme, jobs, ChangeFeed(jobs), watch)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        window.begin()
        walkers.append(Walker(window, jobs, qtbot))
        return walkers[-1]

    yield begin
    for leg in (leg for walker in walkers for leg in walker.legs):
        sys.stdout.write(f"{leg}\n")  # shown by -s
    for window in windows:
        window.close()
        jobs.wait_idle()
        window.close_site()
    use_language("en")


@pytest.fixture
def walk(seat: Seat, tmp_path: Path, clock: TurnedClock) -> Callable[[Furnish], Walker]:
    """Found a plant, furnish it, and open its window."""

    def begin(furnish: Furnish) -> Walker:
        place = SiteFolder(tmp_path / "data", tmp_path / "keys", clock)
        furnished(place, "Baddi plant", furnish)
        return seat(place)

    return begin


def furnished(place: SiteFolder, name: str, furnish: Furnish) -> None:
    """Found a site of that name, with its administrator and what else it has."""
    pc = pc_of(place, found(place, name))
    found_administrator(pc)
    services = assemble(pc.opened)
    furnish(services, pc)
    services.close()
