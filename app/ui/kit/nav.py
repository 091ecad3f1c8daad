"""The rail at the left: where one can go. It never changes its shape within a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.labels import ElidedLabel, IconLabel, PlainLabel
from app.ui.kit.layouts import ScrollPage, clear, column, row
from app.ui.kit.theme import Ink, TextRole, current_theme

_WIDTH, _NARROW = 216, 68
_WORDS_NEED = 760
_TALLEST_ROW, _LOWEST_ROW = 44, 32
_GAP, _MARGIN = 2, 12


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place to go. `title` and `section` are shown as they are (translate them first)."""

    key: str
    title: str
    icon: str
    section: str = ""


class NavRail(QFrame):
    """Brand on top, places in sections below, a few fixed ones at the foot."""

    chosen = Signal(str)

    def __init__(self, product: str, site: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("nav", True)
        self.setAccessibleName(_("Navigation"))
        self._narrow = False
        self._buttons: dict[str, Button] = {}
        self._sections: list[QWidget] = []
        self._group = QButtonGroup(self)
        lines = column(self, gap=4)
        self._brand = self._make_brand(product, site)
        lines.addWidget(self._brand)
        scroll = self._scroll = ScrollPage(page=False)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        scroll.verticalScrollBar().rangeChanged.connect(self._show_current)
        self._places = column(scroll.content, gap=_GAP, margin=_MARGIN)
        self._places.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines.addWidget(scroll, 1)
        self._foot = column(gap=_GAP, margin=_MARGIN)
        lines.addLayout(self._foot)

    def _make_brand(self, product: str, site: str) -> QWidget:
        brand = QWidget()
        line = row(brand, gap=12)
        theme = current_theme()
        line.setContentsMargins(theme.px(22), theme.px(16), theme.px(12), theme.px(4))
        line.addWidget(IconLabel("graduation-cap", Ink.NAV_TEXT, 26))
        self._brand_words = QWidget()
        words = column(self._brand_words, gap=0)
        title = ElidedLabel(product, TextRole.H2)
        title.setProperty("tone", "nav")
        self._site = PlainLabel(site, TextRole.MUTED, wrap=True)
        self._site.setProperty("tone", "nav_muted")
        words.addWidget(title)
        words.addWidget(self._site)
        line.addWidget(self._brand_words, 1)
        return brand

    def set_items(self, items: Sequence[NavItem], foot: Sequence[NavItem] = ()) -> None:
        """Show those places, in order; `foot` stays at the bottom and is not a place one is at."""
        clear(self._places)
        clear(self._foot)
        self._buttons = {}
        self._sections = []
        section = ""
        for item in items:
            if item.section != section:
                section = item.section
                heading = PlainLabel(section.upper(), TextRole.LABEL)
                self._sections.append(heading)
                self._places.addWidget(heading)
            self._add(item, self._places, place=True)
        for item in foot:
            self._add(item, self._foot, place=False)
        self._fit()

    def _add(self, item: NavItem, lines: QVBoxLayout, *, place: bool) -> None:
        button = Button(item.title, Kind.NAV, icon=item.icon)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.on_press(lambda: self.chosen.emit(item.key))
        if place:
            button.setCheckable(True)
            self._group.addButton(button)
        number = len(self._buttons) + 1
        if place and number <= 9:  # noqa: PLR2004  Alt+1 … Alt+9
            button.setToolTip(f"{item.title}  (Alt+{number})")
        self._buttons[item.key] = button
        lines.addWidget(button)

    def keys(self) -> tuple[str, ...]:
        """Return the keys in order; Alt+1 is the first."""
        return tuple(self._buttons)

    def button(self, key: str) -> Button:
        """Return the button of a place."""
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Mark where one is; a place that is not on the rail marks none."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(name == key)
        self._group.setExclusive(True)
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        """Scroll to the place one is at; again when the rail has got its height."""
        current = self._group.checkedButton()
        if current is not None:
            QTimer.singleShot(0, current, partial(self._scroll.ensureWidgetVisible, current))

    @staticmethod
    def should_be_narrow(window_width: int) -> bool:
        """Tell whether a window of that width has no room for words on the rail at this zoom."""
        return window_width < current_theme().px(_WORDS_NEED)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only: for windows so narrow or zoomed that words would take the page's room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._brand_words.setVisible(not narrow)
        for heading in self._sections:
            heading.setVisible(not narrow)
        self.updateGeometry()
        for button in self._buttons.values():
            button.setText("" if narrow else button.accessibleName())
            if narrow and not button.toolTip():
                button.setToolTip(button.accessibleName())

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_NARROW if self._narrow else _WIDTH), 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), current_theme().px(200))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """A new style gives its own height to every button, this rail's too: take it back after it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Make the rows as tall as there is room for, so that all places are seen where they can be."""
        if not self._buttons:
            return
        px, rows = current_theme().px, self._buttons.values()
        words = (self._brand, *(one for one in self._sections if not self._narrow))
        gaps = px(_GAP) * (len(rows) + len(self._sections)) + 4 * px(_MARGIN) + 2 * px(_GAP)
        room = self.height() - gaps - sum(one.sizeHint().height() for one in words)
        height = min(max(room // len(rows), px(_LOWEST_ROW)), px(_TALLEST_ROW))
        for button in rows:
            button.setFixedHeight(height)
