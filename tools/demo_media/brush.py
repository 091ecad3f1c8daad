"""A painter with the few strokes that the demo pictures are drawn with.

Qt paints, because Qt shapes Indic scripts the way the product itself does.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from tools.demo_media.palette import Palette

_LATIN = "Noto Sans"
_SCRIPTS = (("\u0900", "Noto Sans Devanagari"), ("\u0b80", "Noto Sans Tamil"))
_BLOCK = 0x80
Point = tuple[float, float]


def font(pixels: float, bold: bool = False, text: str = "") -> QFont:
    """Return the house font at a pixel size, led by the face for the text's script."""
    families = [
        family
        for first, family in _SCRIPTS
        if any(0 <= ord(sign) - ord(first) < _BLOCK for sign in text)
    ]
    chosen = QFont()
    chosen.setFamilies([*families, _LATIN])
    chosen.setPixelSize(max(1, round(pixels)))
    chosen.setBold(bold)
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


class Brush:
    """Draws shapes and words in the picture's own units; colours come from the palette."""

    def __init__(
        self,
        device: QPaintDevice,
        palette: Palette,
        scale: float = 1.0,
        spoken: Mapping[str, str] | None = None,
    ) -> None:
        self.palette = palette
        self._spoken = spoken
        self._painter = QPainter(device)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._painter.scale(scale, scale)

    def end(self) -> None:
        """Finish painting; the brush is of no use afterwards."""
        self._painter.end()

    @contextmanager
    def moved(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> Iterator[None]:
        """Draw with the origin at (x, y), scaled and turned by degrees clockwise."""
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.rotate(turn)
        self._painter.scale(scale, scale)
        yield
        self._painter.restore()

    @contextmanager
    def faded(self, opacity: float) -> Iterator[None]:
        """Draw with the given opacity, 0 to 1."""
        before = self._painter.opacity()
        self._painter.setOpacity(before * max(0.0, min(1.0, opacity)))
        yield
        self._painter.setOpacity(before)

    def _said(self, text: str) -> str:
        """Return a text in the language of the picture. Raises KeyError for what nobody has translated."""
        has_words = any(sign.isalpha() for sign in text)
        return self._spoken[text] if self._spoken is not None and has_words else text

    def _tools(self, fill: str | None, edge: str | None, width: float) -> None:
        self._painter.setBrush(QBrush(QColor(fill)) if fill else QBrush(Qt.BrushStyle.NoBrush))
        if edge is None:
            self._painter.setPen(QPen(Qt.PenStyle.NoPen))
            return
        pen = QPen(QColor(edge), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 3,
        radius: float = 0,
    ) -> None:
        """Draw a rectangle, rounded when a radius is given."""
        self._tools(fill, edge, line)
        self._painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 3,
        flat: float = 1.0,
    ) -> None:
        """Draw a circle about (x, y); `flat` below 1 presses it into an ellipse."""
        self._tools(fill, edge, line)
        self._painter.drawEllipse(QPointF(x, y), radius, radius * flat)

    def line(self, points: Sequence[Point], colour: str, width: float = 3) -> None:
        """Draw an open line through the points."""
        self._tools(None, colour, width)
        self._painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def shape(
        self,
        points: Sequence[Point],
        fill: str | None = None,
        edge: str | None = None,
        line: float = 3,
    ) -> None:
        """Draw a closed polygon."""
        self._tools(fill, edge, line)
        self._painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def curve(
        self,
        start: Point,
        bends: Sequence[tuple[Point, Point, Point]],
        fill: str | None = None,
        edge: str | None = None,
        line: float = 3,
    ) -> None:
        """Draw a path of cubic curves: each bend is two handles and an end."""
        path = QPainterPath(QPointF(*start))
        for first, second, end in bends:
            path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
        self._tools(fill, edge, line)
        self._painter.drawPath(path)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        start: float,
        sweep: float,
        colour: str,
        width: float = 3,
    ) -> None:
        """Draw a part of a circle; degrees run counter-clockwise from three o'clock."""
        self._tools(None, colour, width)
        area = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
        self._painter.drawArc(area, round(start * 16), round(sweep * 16))

    def arrow(self, start: Point, end: Point, colour: str, width: float = 5) -> None:
        """Draw a line with a head at its end."""
        along = (end[0] - start[0], end[1] - start[1])
        length = max(1e-6, (along[0] ** 2 + along[1] ** 2) ** 0.5)
        unit = (along[0] / length, along[1] / length)
        head = width * 2.6
        base = (end[0] - unit[0] * head, end[1] - unit[1] * head)
        side = (-unit[1] * head * 0.6, unit[0] * head * 0.6)
        self.line([start, base], colour, width)
        self.shape(
            [end, (base[0] + side[0], base[1] + side[1]), (base[0] - side[0], base[1] - side[1])],
            fill=colour,
        )

    def words(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        pixels: float,
        colour: str | None = None,
        bold: bool = False,
        centred: bool = False,
        height: float = 400,
    ) -> float:
        """Write text wrapped to a width from its top left; return the height it took."""
        across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        flags = int(across) | int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        text = self._said(text)
        self._painter.setFont(font(pixels, bold, text))
        self._painter.setPen(QColor(colour or self.palette.ink))
        taken = self._painter.drawText(QRectF(x, y, width, height), flags, text)
        # PySide's stub leaves the return value out of this overload
        return self._height(text, width, pixels, bold) if taken is None else taken.height()

    def measure(self, text: str, width: float, pixels: float, bold: bool = False) -> float:
        """Return the height that wrapped text would take."""
        return self._height(self._said(text), width, pixels, bold)

    def _height(self, text: str, width: float, pixels: float, bold: bool) -> float:
        self._painter.setFont(font(pixels, bold, text))
        flags = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        return self._painter.boundingRect(QRectF(0, 0, width, 4000), flags, text).height()

    def centred(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        height: float,
        pixels: float,
        colour: str | None = None,
        bold: bool = True,
    ) -> None:
        """Write text in the middle of a box, wrapped to it."""
        text = self._said(text)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        self._painter.setFont(font(pixels, bold, text))
        self._painter.setPen(QColor(colour or self.palette.ink))
        self._painter.drawText(QRectF(x, y, width, height), flags, text)
