"""Lucide icons in the theme's colours: drawn from SVG when first painted, then kept."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from app.core.base.resources import resource
from app.ui.kit.theme import Ink, current_theme


@lru_cache(maxsize=512)
def _svg(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, px: int, dpr: float = 1.0) -> QPixmap:
    """Return icon `name` as a square of `px` logical pixels. Raises FileNotFoundError."""
    from PySide6.QtSvg import QSvgRenderer  # not needed before the first icon is painted

    side = max(1, round(px * dpr))
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    source = _svg(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(dpr)
    return made


def paint_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Paint icon `name` in the middle of `rect`, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    picture = pixmap(name, colour, side, painter.device().devicePixelRatio())
    left = rect.x() + (rect.width() - side) // 2
    painter.drawPixmap(left, rect.y() + (rect.height() - side) // 2, picture)


class _Engine(QIconEngine):
    """Paints one icon in the colour its ink has at that moment."""

    def __init__(self, name: str, ink: Ink) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def _colour(self, mode: QIcon.Mode) -> str:
        return current_theme().hex(Ink.TEXT3 if mode == QIcon.Mode.Disabled else self._ink)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._colour(mode))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = min(size.width(), size.height())
        return pixmap(self._name, self._colour(mode), side, scale)

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._ink)


def icon(name: str, ink: Ink = Ink.TEXT2) -> QIcon:
    """Return an icon that follows the theme. Raises FileNotFoundError for an unknown name."""
    _svg(name)
    return QIcon(_Engine(name, ink))
