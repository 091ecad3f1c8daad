"""A chart in a card, with the button that shows the same figures as a table."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.base.words import _
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card
from app.ui.kit.charts.base import Chart, TableTwin


class ChartCard(Card):
    """Holds one chart; "View as table" turns it over."""

    def __init__(
        self,
        chart: Chart,
        *,
        subtitle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(chart.title, subtitle=subtitle, parent=parent)
        self.chart = chart
        self.twin = TableTwin(chart.title)
        self._stack = QStackedWidget()
        self._stack.addWidget(chart)
        self._stack.addWidget(self.twin)
        self.turn_button = Button(_("View as table"), icon="table", dense=True)
        self.turn_button.clicked.connect(self.turn)
        self.add_action(self.turn_button)
        self.body.addWidget(self._stack, 1)

    def turn(self) -> None:
        """Show the table instead of the chart, or the chart again."""
        to_table = self._stack.currentWidget() is self.chart
        if to_table:
            self.twin.show_figures(*self.chart.table())
        self._stack.setCurrentWidget(self.twin if to_table else self.chart)
        self.turn_button.set_words(_("View as chart") if to_table else _("View as table"))
        self.turn_button.set_icon("chart-line" if to_table else "table")

    def shows_table(self) -> bool:
        """Tell which side is up."""
        return self._stack.currentWidget() is self.twin
