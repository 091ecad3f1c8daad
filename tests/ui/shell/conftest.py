"""The real window on a real site, with everything that bootstrap ties together."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import found_services
from app.bootstrap.window import FolderOpener
from app.core.base.words import use_language
from app.core.operations import Founding
from app.services import Services
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.shell.idle import IdleWatch
from app.ui.shell.site_opener import NewSite
from app.ui.shell.window import MainWindow
from tests.support.in_touch import CHEAP

PASSWORD = "correct horse battery"
NEW = NewSite(
    name="Pune plant",
    code="PUN",
    language="en",
    administrator="Meera Iyer",
    login="meera",
    password=PASSWORD,
)


def founded(folder: Path) -> Services:
    """Found the site of `NEW`; its password is stretched little, which takes as long as a test else."""
    founding = Founding(name=NEW.name, code=NEW.code, password=PASSWORD, cost=CHEAP)
    return found_services(folder, founding, NEW.login, NEW.administrator)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("DAKSHA_KEYS", str(tmp_path / "keys"))
    return tmp_path / "data"


@pytest.fixture
def make_window(folder: Path, theme: Theme, jobs: JobRunner, qtbot: QtBot) -> Iterator[object]:
    """Make windows on the folder; sites are closed at the end."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        idle = IdleWatch(jobs)
        window = MainWindow(FolderOpener(folder), theme, jobs, ChangeFeed(jobs), idle)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.begin()
        jobs.wait_idle()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        jobs.wait_idle()
        window.close_site()
    use_language("en")
