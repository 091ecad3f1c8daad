"""Generated covers: a gradient and an icon per topic, so that there are no pictures to license."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.icons import paint_icon
from app.ui.kit.painted import Painted, round_path, smooth
from app.ui.kit.theme import Ink, current_theme

_TOPICS: tuple[tuple[str, str, int], ...] = (
    ("lockout loto tagout isolation", "lock", 8),
    ("fire extinguisher", "flame", 1),
    ("electric voltage arc", "zap", 0),
    ("forklift truck crane lifting", "forklift", 2),
    ("chemical spill hazardous acid solvent", "flask-conical", 3),
    ("gmp documentation sop record", "clipboard-check", 4),
    ("height ladder scaffold ppe helmet", "hard-hat", 5),
    ("security password phishing data privacy", "shield-check", 6),
    ("first aid cpr health", "heart-pulse", 7),
    ("posh harassment conduct ethics", "handshake", 3),
    ("gst tax invoice finance account", "receipt-indian-rupee", 8),
    ("quality inspection iso audit", "badge-check", 4),
    ("machine maintenance tool wrench", "wrench", 6),
    ("noise hearing", "ear", 5),
    ("lab microscope", "microscope", 3),
    ("environment waste energy", "leaf", 4),
    ("induction joiner welcome", "users", 0),
    ("leadership manager communication", "megaphone", 2),
    ("computer software excel", "monitor", 5),
)


class Shape(Enum):
    """Which of a cover's corners are round."""

    TOP = "top"
    LEFT = "left"
    ALL = "all"


def topic_of(title: str) -> tuple[str, int]:
    """Return the icon and the number of the gradient that suit a title; same title, same cover."""
    lowered = title.lower()
    for words, icon, gradient in _TOPICS:
        if any(word in lowered for word in words.split()):
            return icon, gradient
    return "graduation-cap", sum(title.encode()) % len(current_theme().tokens.covers)


def paint_cover(
    painter: QPainter, rect: QRectF, title: str, *, radius: float, shape: Shape, icon: str = ""
) -> None:
    """Paint the cover of `title` into `rect`."""
    theme = current_theme()
    name, gradient = topic_of(title)
    start, end = theme.tokens.covers[gradient]
    area = QRectF(rect)
    if shape is Shape.TOP:
        area.setHeight(rect.height() + radius)
    elif shape is Shape.LEFT:
        area.setWidth(rect.width() + radius)
    painter.save()
    painter.setClipRect(rect)
    painter.setClipPath(round_path(area, radius), Qt.ClipOperation.IntersectClip)
    ground = QLinearGradient(rect.topLeft(), rect.bottomRight())
    ground.setColorAt(0, QColor(start))
    ground.setColorAt(1, QColor(end))
    painter.fillRect(rect, ground)
    tall = rect.height() > rect.width() * 0.7
    _paint_rings(painter, rect, tall=tall)
    side = round(min(rect.width(), rect.height()) * (0.3 if tall else 0.38))
    mark = QRectF(0, 0, side, side)
    if tall:
        mark.moveCenter(rect.center())
    else:
        mark.moveCenter(
            QPointF(rect.x() + theme.px(20) + side / 2, rect.y() + rect.height() * 0.58)
        )
    paint_icon(painter, mark.toRect(), icon or name, theme.hex(Ink.ON_COVER))
    painter.restore()


def _paint_rings(painter: QPainter, rect: QRectF, *, tall: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 24))
    unit = rect.width() if tall else rect.height()
    middle = QPointF(
        rect.right() - unit * (0.15 if tall else 0.42), rect.y() + unit * (0.38 if tall else 0.3)
    )
    for radius in (0.62, 0.38) if tall else (1.2, 0.8, 0.48):
        painter.drawEllipse(middle, unit * radius, unit * radius)


class CoverArt(Painted):
    """A cover of its own. Decorative: the title stands beside it."""

    def __init__(
        self,
        title: str,
        *,
        shape: Shape = Shape.ALL,
        icon: str = "",
        hint: QSize | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._shape = shape
        self._icon = icon
        self._hint = hint or QSize(220, 120)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_title(self, title: str) -> None:
        """Show the cover of another title."""
        self._title = title
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(self._hint.width()), theme.px(self._hint.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_cover(
            painter,
            QRectF(self.rect()),
            self._title,
            radius=current_theme().px(13),
            shape=self._shape,
            icon=self._icon,
        )
