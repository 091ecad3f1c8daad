"""The line above a list: search, filters, how many there are, and what else its page puts there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.base.figures import number
from app.core.base.words import _
from app.ui.kit.buttons import IconButton
from app.ui.kit.forms.choices import FilterChips
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, current_theme


class TableBar:
    """Lays them out; chips that have no room in the line get one of their own."""

    def __init__(self, search: str) -> None:
        self.search_box = SearchBox(search or _("Search"))
        if not search:
            self.search_box.hide()
        self.filters = FilterChips(_("Filters"))
        self.columns_button = IconButton("sliders-horizontal", _("Columns and order"), dense=True)
        self.lines: QVBoxLayout = column(gap=0)
        self._count = PlainLabel("", TextRole.MUTED)
        self._beside: list[QWidget] = []
        self._room = QWidget()  # holds the rest of the line at its right while chips are below
        self._room.hide()
        self._line = row(gap=8)
        self._under = column(gap=0)
        self._lay_out()

    def _lay_out(self) -> None:
        self._line.addWidget(self.search_box)
        self._line.addWidget(self.filters, 1)
        self._line.addWidget(self._room, 1)
        self._line.addWidget(self._count)
        self._line.addWidget(self.columns_button)
        self._line.setContentsMargins(0, 0, 0, current_theme().px(8))
        self.lines.addLayout(self._line)
        self.lines.addLayout(self._under)

    def add(self, widget: QWidget) -> None:
        """Put a control at the right."""
        self._line.insertWidget(self._line.count() - 1, widget)
        self._beside.append(widget)

    def controls(self) -> list[QWidget]:
        """Return what can be worked with, in the order of the keyboard."""
        return [self.search_box, *self.filters.buttons(), *self._beside, self.columns_button]

    def set_visible(self, shown: bool) -> None:
        """Show or leave out all but the search and what the page has put here."""
        for widget in (self.filters, self._count, self.columns_button):
            widget.setVisible(shown)
        self._line.setContentsMargins(0, 0, 0, current_theme().px(8) if shown else 0)

    def show_total(self, total: int) -> None:
        """Say how many rows there are."""
        self._count.setText(_("{count} in all").format(count=number(total)))

    def fit(self, width: int) -> None:
        """Give the chips a line of their own where there is no room for them in one."""
        chips = [chip for chip in self.filters.buttons() if not _left_out(chip)]
        beside = [self._count, self.columns_button, *self._beside]
        gap = current_theme().px(8)
        shown = [one for one in (self.search_box, *chips, *beside) if not _left_out(one)]
        wanted = sum(one.sizeHint().width() + gap for one in shown)
        below = bool(chips) and wanted > width
        if below == self._room.isHidden():
            self._move_filters(below=below)

    def _move_filters(self, *, below: bool) -> None:
        if below:
            self._line.removeWidget(self.filters)
            self._under.addWidget(self.filters)
        else:
            self._under.removeWidget(self.filters)
            self._line.insertWidget(1, self.filters, 1)
        self._room.setVisible(below)
        self._under.setContentsMargins(0, 0, 0, current_theme().px(8) if below else 0)


def _left_out(widget: QWidget) -> bool:
    """Tell whether somebody hid a widget: one that is only not shown yet needs its room too."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
