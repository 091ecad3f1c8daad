"""The window goes rounds through the shared folder, and says in passing that one failed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.base.actor import system_actor
from app.ui.kit.jobs import JobRunner
from app.ui.kit.toast import Toast
from app.ui.shell.window import MainWindow
from tests.ui.shell.conftest import PASSWORD, founded


def toasts(window: MainWindow) -> list[str]:
    return [one.accessibleName() for one in window.findChildren(Toast) if one.isVisible()]


def test_a_folder_that_fails_is_told_to_the_administrator_alone_and_in_passing(
    folder: Path, make_window: Callable[[], MainWindow], jobs: JobRunner, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    services = founded(folder)
    services.sync.shared.choose(system_actor(), share)
    services.close()
    share.rmdir()
    window = make_window()
    rounds = window._site._rounds
    assert rounds is not None
    rounds.go()
    assert jobs.wait_idle(20_000)
    assert toasts(window) == []

    window.sign_in_page.sign_in("meera", PASSWORD)
    assert jobs.wait_idle(20_000)
    rounds.go()
    assert jobs.wait_idle(20_000)

    (told,) = toasts(window)
    assert told.startswith(f"The shared folder {share} cannot be reached.")
    assert QApplication.activeModalWidget() is None
