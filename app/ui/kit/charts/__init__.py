"""Charts: painted, walked by arrow keys, each with the same figures as a table."""

from app.ui.kit.charts.bars import BarList, Donut, Slice
from app.ui.kit.charts.base import Chart, Point, TableTwin
from app.ui.kit.charts.card import ChartCard
from app.ui.kit.charts.heat import HeatCell, HeatGrid
from app.ui.kit.charts.trend import TrendChart

__all__ = [
    "BarList",
    "Chart",
    "ChartCard",
    "Donut",
    "HeatCell",
    "HeatGrid",
    "Point",
    "Slice",
    "TableTwin",
    "TrendChart",
]
