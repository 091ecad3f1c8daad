"""A layer over the window: holds the focus while it is open, gives it back when it closes."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import IconButton
from app.ui.kit.focus import tab_stops
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, column, row
from app.ui.kit.theme import TextRole, current_theme


class Overlay(QWidget):
    """Covers `host` with a veil; Esc or a click on the veil closes it. Deletes itself then."""

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._former = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host.installEventFilter(self)
        self.setGeometry(host.rect())

    def open(self) -> None:
        """Come up, and take the focus."""
        self.show()
        self.raise_()
        self.place()
        if not self.isAncestorOf(QApplication.focusWidget() or self._host):
            self.focus_first(self)

    def dismiss(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._former is not None and isValid(self._former):
            self._former.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def focus_first(self, within: QWidget) -> None:
        """Put the focus on the first control within a part, or else of the whole layer."""
        stops = tab_stops(within) or tab_stops(self)
        if stops:
            stops[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Lay the content over the host. Called when either changes its size."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.setGeometry(self._host.rect())
            self.place()
        return super().eventFilter(watched, event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = tab_stops(self)
        focused = QApplication.focusWidget()
        if not stops:
            return True
        if focused not in stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(stops.index(focused) + step) % len(stops)].setFocus(reason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(8, 11, 22, 130))


class Panel(QFrame):
    """The solid part of an overlay: clicks end here."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()


class SideSheet(Overlay):
    """A sheet at the right edge: title, what it is about in `body`, buttons in `foot`."""

    def __init__(self, host: QWidget, title: str, *, subtitle: str = "", width: int = 460) -> None:
        super().__init__(host)
        self._width = width
        self.setAccessibleName(title)
        self._panel = Panel(self)
        self._panel.setProperty("sheet", True)
        self._panel.setAccessibleName(title)
        lines = column(self._panel, gap=0)
        lines.addLayout(self._head(title, subtitle))
        self._scroll = ScrollPage(page=False)
        self.body: QVBoxLayout = column(gap=16)
        edge = current_theme().px(24)
        self.body.setContentsMargins(edge, current_theme().px(4), edge, edge)
        self._page = page = column(self._scroll.content, gap=0)
        page.addLayout(self.body)
        page.addStretch(1)  # an alignment would take the heights of unwrapped paragraphs
        lines.addWidget(self._scroll, 1)
        self.foot = row(gap=8, margin=16)
        self.foot.setContentsMargins(edge, current_theme().px(16), edge, current_theme().px(16))
        self.foot.addStretch(1)
        lines.addLayout(self.foot)

    def _head(self, title: str, subtitle: str) -> QVBoxLayout:
        head = column(gap=4)
        edge = current_theme().px(24)
        head.setContentsMargins(edge, edge, current_theme().px(16), current_theme().px(12))
        line = row(gap=8)
        line.addWidget(PlainLabel(title, TextRole.H1, wrap=True), 1)
        shut = IconButton("x", _("Close"))
        line.addWidget(shut.on_press(self.dismiss), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(line)
        if subtitle:
            head.addWidget(PlainLabel(subtitle, TextRole.MUTED, wrap=True))
        return head

    def fill_with(self, widget: QWidget) -> None:
        """Add something that takes all the height there is."""
        self.body.addWidget(widget, 1)
        for place, share in enumerate((1, 0)):
            self._page.setStretch(place, share)

    @property
    def free_width(self) -> int:
        """Return how many pixels beside it are covered by its veil alone."""
        return self._panel.x()

    @override
    def open(self) -> None:
        super().open()
        self.focus_first(self._scroll.content)

    @override
    def place(self) -> None:
        width = min(current_theme().px(self._width), self.width())
        self._panel.setGeometry(self.width() - width, 0, width, self.height())
        self._panel.show()
