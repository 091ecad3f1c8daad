"""Charts: said in words, walked by keys, the same as a table, painted at any size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.charts.bars import BarList, Slice
from app.ui.kit.charts.base import Chart, Point
from app.ui.kit.charts.card import ChartCard
from app.ui.kit.charts.trend import TrendChart, axis
from app.ui.kit.progress import ProgressRing
from app.ui.kit.theme import Appearance, Ink, Theme, Tone

POINTS = [Point("Sep", 89, "89%"), Point("Oct", 89, "89%"), Point("Nov", 92, "92%")]
SLICES = [Slice("Press shop", 0.98, "98%", Tone.SUCCESS), Slice("Stores", 0.71, "71%", Tone.DANGER)]


def charts() -> list[Chart]:
    return [
        TrendChart("Compliance", POINTS, unit="%", target=95),
        BarList("By department", SLICES),
    ]


def test_a_trend_is_said_in_words_with_its_target(qtbot: QtBot) -> None:
    chart = charts()[0]
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "Compliance"
    assert chart.accessibleDescription() == "Target 95%. Sep: 89%; Oct: 89%; Nov: 92%"


@pytest.mark.parametrize("place", range(2))
def test_arrow_keys_walk_every_chart(qtbot: QtBot, place: int) -> None:
    chart = charts()[place]
    qtbot.addWidget(chart)
    last = len(chart.points()) - 1
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current() == 0
    qtbot.keyClick(chart, Qt.Key.Key_End)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current() == last


@pytest.mark.parametrize("place", range(2))
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.HIGH_CONTRAST])
def test_every_chart_paints_with_and_without_figures(
    qtbot: QtBot, window: QWidget, theme: Theme, place: int, look: Appearance
) -> None:
    theme.set_appearance(look)
    chart = charts()[place]
    chart.setParent(window)
    chart.resize(300, 180)
    chart.show()
    chart.setFocus()
    full = chart.grab().toImage()
    chart.set_points([])
    assert chart.accessibleDescription().endswith("No figures yet.")
    assert chart.grab().toImage() != full


@pytest.mark.parametrize("target", [60, 95, 100])
def test_no_line_of_the_scale_strikes_out_the_target(
    qtbot: QtBot, window: QWidget, theme: Theme, target: int
) -> None:
    theme.set_appearance(Appearance.HIGH_CONTRAST)
    chart = TrendChart("Compliance", POINTS, unit="%", target=target)
    chart.setParent(window)
    chart.resize(500, 260)
    chart.show()
    picture = chart.grab().toImage()
    green = theme.colour(Ink.SUCCESS)
    wide = chart.fontMetrics().horizontalAdvance("Target")
    left = min(
        x
        for y in range(picture.height())
        for x in range(chart.width() // 2)
        if picture.pixelColor(x, y) == green
    )
    words = [
        y
        for y in range(picture.height())
        if any(picture.pixelColor(x, y) == green for x in range(left + 8, left + wide))
    ]
    edge = theme.colour(Ink.BORDER)
    for y in words:
        row = [picture.pixelColor(x, y) == edge for x in range(left + 8, left + wide)]
        assert sum(row) < len(row) // 2, y


def test_a_chart_turns_into_the_same_figures_as_a_table(qtbot: QtBot, window: QWidget) -> None:
    card = ChartCard(charts()[0], subtitle="Share that is valid today")
    card.setParent(window)
    card.show()
    card.turn_button.click()
    assert card.shows_table()
    model = card.twin.model()
    rows = [(model.index(r, 0).data(), model.index(r, 1).data()) for r in range(model.rowCount())]
    assert rows == [("Sep", "89%"), ("Oct", "89%"), ("Nov", "92%")]
    assert card.turn_button.text() == "View as chart"
    card.turn_button.click()
    assert not card.shows_table()


def test_the_pointer_finds_the_nearest_point(qtbot: QtBot) -> None:
    chart = charts()[0]
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    assert chart.point_at(395, 50) == 2
    assert chart.point_at(0, 50) == 0


@pytest.mark.parametrize(
    ("low", "high"), [(78, 95), (0, 1), (0, 0), (3, 12345), (0, 900_000), (-5, 5)]
)
def test_an_axis_is_short_and_holds_every_value(low: float, high: float) -> None:
    ticks = axis(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 7


def test_a_ring_says_its_score(qtbot: QtBot) -> None:
    ring = ProgressRing("Score", 0.85, Tone.SUCCESS)
    qtbot.addWidget(ring)
    assert ring.accessibleName() == "Score: 85%"
    assert not ring.grab().isNull()
