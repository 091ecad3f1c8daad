"""Words across a page, again and again: whose copy it is, on screen and on paper alike."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter

_TILT = -28
_INK = QColor(90, 96, 115, 52)
"""Seen on white paper and through print, and never in the way of reading."""
_ACROSS = 1.9
"""How many times the words fit across a page."""
_LEAST, _MOST = 9.0, 40.0


def paint_watermark(painter: QPainter, page: QRectF, words: str) -> None:
    """Paint words over a page, tilted, as often as there is room."""
    painter.save()
    painter.setClipRect(page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPixelSize(100)
    painter.setFont(font)
    wide = max(1.0, painter.fontMetrics().horizontalAdvance(words))
    scale = page.width() / _ACROSS / wide
    device = page.width() / 800
    pixels = min(max(100 * scale, _LEAST * max(1.0, device)), _MOST * max(1.0, device))
    font.setPixelSize(max(1, round(pixels)))
    painter.setFont(font)
    painter.setPen(_INK)
    metrics = painter.fontMetrics()
    step_x = metrics.horizontalAdvance(words) + metrics.height() * 3
    step_y = metrics.height() * 6
    painter.translate(page.center())
    painter.rotate(_TILT)
    reach = (page.width() + page.height()) / 2
    y, is_odd = -reach, False
    while y < reach:
        x = -reach - (step_x / 2 if is_odd else 0)
        while x < reach:
            painter.drawText(QPointF(x, y), words)
            x += step_x
        y, is_odd = y + step_y, not is_odd
    painter.restore()
