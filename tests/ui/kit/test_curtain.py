"""A window keeps what it shows until what comes stands, and never for long."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from app.ui.kit.curtain import Curtain


class Painted(QWidget):
    """Counts how often it is painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.times = 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1


@pytest.fixture
def painted(qtbot: QtBot) -> Iterator[Painted]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Painted(window)
    QVBoxLayout(window).addWidget(made)
    window.resize(200, 100)
    window.show()
    qtbot.waitUntil(lambda: made.times > 0)
    yield made
    window.close()


def test_what_changes_behind_it_is_painted_when_it_is_lifted(
    painted: Painted, qtbot: QtBot
) -> None:
    curtain, before = Curtain(painted), painted.times
    curtain.draw()
    painted.update()
    QWidget(painted).show()
    QApplication.processEvents()
    assert painted.times == before

    curtain.lift()

    qtbot.waitUntil(lambda: painted.times > before)


def test_it_is_lifted_by_itself_even_when_whoever_drew_it_is_gone(
    painted: Painted, qtbot: QtBot
) -> None:
    screen = QWidget(painted.window())
    Curtain(screen).draw()
    screen.deleteLater()
    qtbot.waitUntil(lambda: not isValid(screen))
    before = painted.times
    painted.update()

    qtbot.waitUntil(lambda: painted.times > before, timeout=2_000)


def test_a_window_that_was_about_to_be_painted_whole_is_painted_when_it_is_lifted(
    painted: Painted, qtbot: QtBot
) -> None:
    curtain, before = Curtain(painted), painted.times
    painted.window().update()
    curtain.draw()
    QApplication.processEvents()  # Qt asks for the painting, is refused, and asks no more
    assert painted.times == before

    curtain.lift()

    qtbot.waitUntil(lambda: painted.times > before, timeout=2_000)
