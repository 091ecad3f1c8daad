"""Mistakes of the program: noted, told to whoever sits there, and not again with every paint."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from pytestqt.qtbot import QtBot

from app.bootstrap.mistakes import kept_log, noted_mistakes
from app.core.base.program_log import noted
from tests.support.logs import LoggedTrouble


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is printed, and nobody else takes what is thrown on purpose."""
    monkeypatch.setattr(sys, "excepthook", lambda *_mistake: None)
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)


def divide() -> None:
    raise ZeroDivisionError


@pytest.mark.qt_no_exception_capture
def test_a_mistake_in_the_window_is_noted_and_told_once(
    qtbot: QtBot, tmp_path: Path, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("a mistake of the program")
    told: list[str] = []
    with kept_log(tmp_path), noted_mistakes(lambda: told.append("told")):
        for _turn in range(3):
            QTimer.singleShot(0, divide)
        qtbot.waitUntil(lambda: len(noted(tmp_path)) == 3)
    assert told == ["told"]
    assert {one.message for one in noted(tmp_path)} == {
        "a mistake of the program ZeroDivisionError"
    }
    assert noted(tmp_path)[0].places[-1].endswith("divide")


def test_a_mistake_on_a_thread_is_noted_without_touching_the_window(
    tmp_path: Path, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("a mistake of the program")
    told: list[str] = []
    with kept_log(tmp_path), noted_mistakes(lambda: told.append("told")):
        worker = threading.Thread(target=divide)
        worker.start()
        worker.join()
    assert told == []
    assert [one.is_mistake for one in noted(tmp_path)] == [True]


@pytest.mark.no_qt_log
def test_what_qt_says_is_noted_and_no_mistake_of_ours(tmp_path: Path) -> None:
    with kept_log(tmp_path):
        qWarning("the screen went away")
    (one,) = noted(tmp_path)
    assert one.source == "qt"
    assert "the screen went away" in one.message
    assert not one.is_mistake


def test_afterwards_all_is_as_before(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    with kept_log(tmp_path), noted_mistakes(lambda: None):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before
