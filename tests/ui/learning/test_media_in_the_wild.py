"""Recordings that others made: looked over as the import does it, and played."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.core.content.probe import probe_media
from app.ui.learning.players.media_view import MediaView
from app.ui.learning.players.player import PlayerState
from app.ui.learning.players.qt_player import QtPlayer
from tests.support.conformance import case
from tests.support.corpora import rows_of

pytestmark = [pytest.mark.corpus, pytest.mark.player]


@pytest.mark.parametrize(
    "path",
    [
        case("media", row.name, row.path, expected=row.expected.partition(";")[0])
        for row in rows_of("media")
    ],
)
def test_a_recording_plays(path: Path, qtbot: QtBot, happened: Callable[[str], None]) -> None:
    view = MediaView(QtPlayer())
    view.player.set_muted(True)
    view.resize(960, 540)
    qtbot.addWidget(view, before_close_func=lambda _view: view.release())
    failures = QSignalSpy(view.player.failed)
    with qtbot.waitExposed(view):
        view.show()

    view.open(path)
    qtbot.waitUntil(lambda: view.player.state is PlayerState.PAUSED, timeout=15_000)
    length = view.player.duration
    view.play()
    qtbot.waitUntil(
        lambda: failures.count() > 0 or view.player.position >= min(1_000, length // 2),
        timeout=15_000,
    )

    found = probe_media(path)
    size = f"{found.width} × {found.height}, {round(length / 1000)} s"
    happened(f"{size}; {failures.at(0)[0] if failures.count() else 'it plays'}")
    assert failures.count() == 0
    assert found.problems == ()
