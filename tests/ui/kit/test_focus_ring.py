"""The mark of the focus over what paints itself to the edge."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.focus_ring import FocusRing
from app.ui.kit.theme import Ink, Theme


def test_the_ring_is_seen_while_the_focus_is_there_and_as_large_as_what_has_it(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    film, other = QScrollArea(window), QWidget(window)
    for widget in (film, other):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.show()
    film.resize(300, 200)
    ring = FocusRing(film, radius=0)
    window.activateWindow()
    other.setFocus()
    assert not ring.isVisible()

    film.setFocus()
    film.resize(400, 250)

    qtbot.waitUntil(lambda: ring.isVisible() and ring.size() == film.size())
    assert film.grab().toImage().pixelColor(1, 125) == theme.colour(Ink.FOCUS)
    other.setFocus()
    assert not ring.isVisible()
