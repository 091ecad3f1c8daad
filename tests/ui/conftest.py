"""What every test of a window stands on: a theme, a job runner that ends idle, nothing left open."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor
from app.core.base.words import use_language
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Appearance, Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import first_pc
from tests.support.signers import LOGIN, PASSWORD, found_administrator
from tests.ui.reports.opened import Desk, administrator, open_everything

# Chromium's sandbox does not start as root, as containers run their tests
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
# As bootstrap does before it makes the application: web lessons need it
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """Return the one theme of the test process."""
    return Theme(qapp)


@pytest.fixture(autouse=True)
def theme(dressed: Theme) -> Iterator[Theme]:
    """Return the theme, light and at 100 %; whatever a test does to it is taken back."""
    dressed.put_in_force()  # a window of the whole program, opened by an earlier test, brought its own
    with dressed.together():
        dressed.set_appearance(Appearance.LIGHT)
        dressed.set_zoom(1.0)
        dressed.set_kiosk(False)
        dressed.set_reduced_motion(False)
        dressed.set_language("en")
    yield dressed
    use_language("en")


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobRunner]:
    """Return a job runner; the test fails when it leaves work behind."""
    runner = JobRunner()
    yield runner
    idle = runner.wait_idle()
    runner.shutdown()
    runner.deleteLater()
    assert idle, "jobs were still under way at the end of the test"


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a window behind."""
    before = set(_windows())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [type(window).__name__ for window in _windows() if window not in before]
    assert not left, f"windows left behind (use qtbot.addWidget): {left}"


@pytest.fixture(autouse=True)
def no_blocking_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test that opens something modal which would wait for ever."""

    def refuse(*_args: object, **_named: object) -> None:
        pytest.fail("a dialog was opened with exec(); use open() and a signal")

    for kind in (QDialog, QMessageBox, QFileDialog, QMenu):
        monkeypatch.setattr(kind, "exec", refuse)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a shown, active window of 1366×768 to put things into."""
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock, qapp: QApplication) -> Iterator[Services]:
    """Return every service of an empty site that holds its keys."""
    opened = open_everything(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def desk_of(
    services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Callable[[Actor], Desk]:
    """Return a way to sit somebody down at a desk with those services."""

    def make(actor: Actor) -> Desk:
        return WrittenDesk(services, actor, jobs, theme, clock, services.open_site)

    return make


@pytest.fixture
def desk(desk_of: Callable[[Actor], Desk]) -> Desk:
    """Return the desk of an administrator."""
    return desk_of(administrator())


@pytest.fixture
def shown(window: QWidget, jobs: JobRunner) -> Callable[..., None]:
    """Return a way to put a screen into the window as the shell does, loaded."""

    def show(screen: Screen[Any], **args: object) -> None:  # Any: of whatever services
        layout = window.layout() or column(window)
        layout.addWidget(screen)
        screen.show()
        screen.arrive(**args)
        assert jobs.wait_idle()

    return show


def _windows() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.parent() is None]


@pytest.fixture
def founder_desk(
    tmp_path: Path, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    """The desk of the administrator who founded a site, and can sign."""
    pc = first_pc(tmp_path / "founded", clock)
    found_administrator(pc)
    services = assemble(pc.opened)
    actor = services.sign_in.sign_in(LOGIN, PASSWORD).actor
    yield WrittenDesk(services, actor, jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()
