"""Buttons. One primary a page; an icon alone always has a name and a tooltip."""

from collections.abc import Callable
from enum import StrEnum
from typing import Self

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.icons import paint_icon
from app.ui.kit.theme import Ink, current_theme


class Kind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    PLAIN = "plain"
    TONAL = "tonal"
    GHOST = "ghost"
    LINK = "link"
    DANGER = "danger"
    TAB = "tab"
    CHIP = "chip"
    MARK = "mark"
    """One of a few answers beside one another, big enough for a finger."""
    ICON = "icon"
    KEY = "key"
    ENTER = "enter"
    TOAST = "toast"
    NAV = "nav"
    SEARCH = "search"

    @property
    def ink(self) -> Ink:
        """Return the colour of its words and icon."""
        return _INKS.get(self, Ink.TEXT)


_INKS = {
    Kind.PRIMARY: Ink.ON_PRIMARY,
    Kind.ENTER: Ink.ON_PRIMARY,
    Kind.TONAL: Ink.PRIMARY,
    Kind.GHOST: Ink.PRIMARY,
    Kind.LINK: Ink.PRIMARY,
    Kind.TAB: Ink.PRIMARY,
    Kind.DANGER: Ink.SURFACE,
    Kind.ICON: Ink.TEXT2,
    Kind.CHIP: Ink.TEXT2,
    Kind.TOAST: Ink.BG,
    Kind.NAV: Ink.NAV_MUTED,
    Kind.SEARCH: Ink.TEXT3,
}
_CHECKED_INKS = {Kind.NAV: Ink.NAV_TEXT, Kind.CHIP: Ink.PRIMARY, Kind.ICON: Ink.PRIMARY}
_LEFT = frozenset({Kind.NAV, Kind.SEARCH})
_ICON_PX = {Kind.KEY: 26, Kind.ENTER: 26, Kind.LINK: 18, Kind.CHIP: 16, Kind.ICON: 21}
_GAP = 10
_QT_ICON_GAP = 4


class Button(QPushButton):
    """A button with words and perhaps an icon; Enter presses it as Space does."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        icon: str = "",
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon_name = icon
        self._dense = dense
        self._trailing = False
        self.setProperty("kind", kind.value)
        if dense:
            self.setProperty("dense", True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Show other words. An ampersand is an ampersand."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def on_press(self, act: Callable[[], object]) -> Self:
        """Call `act` when pressed; return the button."""
        self.clicked.connect(lambda _checked=False: act())
        return self

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_trailing(self) -> None:
        """Put the icon behind the words, as an arrow forward is."""
        self._trailing = True
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Look like another kind of button."""
        self._kind = kind
        self.setProperty("kind", kind.value)
        self._polish_again()

    def set_tight(self, *, tight: bool) -> None:
        """Be lower than others of the kind, where the style knows how."""
        if bool(self.property("tight")) != tight:
            self.setProperty("tight", tight)
            self._polish_again()

    def _polish_again(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def ink(self) -> Ink:
        """Return the colour of words and icon in the present state."""
        if not self.isEnabled():
            return Ink.TEXT3
        if self.isChecked() or (self._kind is Kind.NAV and self.underMouse()):
            return _CHECKED_INKS.get(self._kind, self._kind.ink)
        return self._kind.ink

    def _icon_side(self) -> int:
        return current_theme().px(_ICON_PX.get(self._kind, 18 if self._dense else 20))

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._icon_name or self._kind is Kind.ICON or not self.text():
            return hint
        return QSize(hint.width() + self._icon_side() + current_theme().px(_GAP), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_contents(painter)

    def _paint_contents(self, painter: QPainter) -> None:
        theme, rect, ink = current_theme(), self.rect(), self.ink()
        painter.setFont(self.font())
        painter.setPen(theme.colour(ink))
        side = self._icon_side() if self._icon_name else 0
        gap = theme.px(_GAP) if side and self.text() else 0
        room = max(0, rect.width() - side - gap - self._padding())
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        left = (rect.width() - side - gap - width) // 2
        if self._kind in _LEFT:
            left = theme.px(14)
        text_left = left if self._trailing else left + side + gap
        icon_left = left + width + gap if self._trailing else left
        if side:
            top = (rect.height() - side) // 2
            paint_icon(painter, QRect(icon_left, top, side, side), self._icon_name, theme.hex(ink))
        area = QRect(text_left, 0, width + 2, rect.height())
        painter.drawText(
            area, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown
        )

    def _padding(self) -> int:
        """Return what is kept free at both sides together."""
        if self._kind is Kind.LINK:
            return 4
        return 2 * current_theme().px(
            8 if self._dense or self._kind in {Kind.TAB, Kind.CHIP} else 12
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


class IconButton(Button):
    """An icon alone. `name` is what the screen reader and the tooltip say."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", Kind.ICON, icon=icon, dense=dense, parent=parent)
        self.set_name(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        """Say another name."""
        self.setAccessibleName(name)
        self.setToolTip(name)


def primary(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return the one button a page is about."""
    return Button(text, Kind.PRIMARY, icon=icon, parent=parent)


def plain(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return an ordinary button."""
    return Button(text, Kind.PLAIN, icon=icon, parent=parent)


def link(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return a button that looks like a link."""
    return Button(text, Kind.LINK, icon=icon, parent=parent)
