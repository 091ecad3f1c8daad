"""Bases of widgets that paint themselves: they follow theme and zoom, and show their focus."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from app.ui.kit.theme import Ink, current_theme

_THEME_EVENTS = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange})


class Painted(QWidget):
    """A widget that paints itself and repaints when the look changes."""

    def restyle(self) -> None:
        """Take over sizes that depend on the zoom. Called when the look has changed."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _THEME_EVENTS:
            self.restyle()
            self.updateGeometry()
            self.update()


class PaintedButton(QAbstractButton):
    """A button that paints itself: clickable by mouse, Space and Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def restyle(self) -> None:
        """Take over sizes that depend on the zoom. Called when the look has changed."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _THEME_EVENTS:
            self.restyle()
            self.updateGeometry()
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


def smooth(device: QWidget) -> QPainter:
    """Return a painter on `device` with smooth edges and no pen."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


def fill_round(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """Fill a rectangle with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def fill_picture(painter: QPainter, rect: QRectF, radius: float, picture: QImage) -> None:
    """Fill a rectangle with round corners with a picture of the same shape."""
    brush = QBrush(picture)
    sides = QTransform().translate(rect.x(), rect.y())
    brush.setTransform(
        sides.scale(rect.width() / picture.width(), rect.height() / picture.height())
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)


def frame_round(
    painter: QPainter, rect: QRectF, radius: float, edge: QColor, width: float = 1.0
) -> None:
    """Draw the edge of a rectangle with round corners, inside it."""
    painter.setPen(QPen(edge, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)


def paint_row_ground(
    button: QAbstractButton,
    painter: QPainter,
    *,
    is_chosen: bool,
    is_live: bool = True,
    round_by: int = 10,
) -> None:
    """Paint what a row that is one button stands on: chosen, under the mouse, with the focus.

    One that is not `is_live` does not answer to the mouse.
    """
    theme, area = current_theme(), QRectF(button.rect())
    radius = theme.px(round_by)
    if is_chosen:
        fill_round(painter, area, radius, theme.colour(Ink.PRIMARY_SOFT))
    elif is_live and (button.underMouse() or button.isDown()):
        fill_round(painter, area, radius, theme.colour(Ink.SURFACE2))
    if button.hasFocus():
        frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 2)


def round_path(rect: QRectF, radius: float) -> QPainterPath:
    """Return the outline of a rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    ink: Ink,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line in the middle of the height of `rect`, cut with an ellipsis where too long."""
    painter.setFont(font)
    painter.setPen(current_theme().colour(ink))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), shown)
    painter.setPen(Qt.PenStyle.NoPen)
