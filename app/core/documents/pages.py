"""Pages to draw on: text in any script, lines, shapes, QR codes; the same input gives the same bytes."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum
from functools import lru_cache
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.core.documents.codes import qr_operators
from app.core.documents.fonts import Script, Typeface, Weight, typeface
from app.core.documents.picture_pages import upright
from app.core.documents.shaping import LINE_HEIGHT, Line, operators, set_line, wrap

rl_config.useA85 = 0  # streams as plain bytes: a fifth smaller
KAPPA = 0.5523
"""How far a cubic's handles reach when it draws a quarter of a circle of radius 1."""
_writing = threading.Lock()


class Paper(Enum):
    """Width and height in points."""

    A4_PORTRAIT = (595.28, 841.89)
    A4_LANDSCAPE = (841.89, 595.28)
    A3_LANDSCAPE = (1190.55, 841.89)


class Align(StrEnum):
    """Where a line of text lies about its x."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    """Return "#RRGGBB" as three PDF numbers."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3g}" for place in (1, 3, 5))


class Path:
    """A shape put together from lines and curves. Kept and painted again as often as one likes."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def move(self, x: float, y: float) -> "Path":
        """Start a new outline at a point."""
        self._parts.append(f"{x:.2f} {y:.2f} m")
        return self

    def line(self, *points: tuple[float, float]) -> "Path":
        """Go straight from point to point."""
        self._parts.extend(f"{x:.2f} {y:.2f} l" for x, y in points)
        return self

    def curve(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> "Path":
        """Go to (x, y) along a Bézier curve with two handles."""
        self._parts.append(f"{x1:.2f} {y1:.2f} {x2:.2f} {y2:.2f} {x:.2f} {y:.2f} c")
        return self

    def close(self) -> "Path":
        """Go straight back to the start."""
        self._parts.append("h")
        return self

    def rectangle(
        self, x: float, y: float, width: float, height: float, radius: float = 0
    ) -> "Path":
        """Add a rectangle, with rounded corners if `radius` is given."""
        if not radius:
            self._parts.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re")
            return self
        right, top, bend = x + width, y + height, radius * (1 - KAPPA)
        self.move(x + radius, y).line((right - radius, y))
        self.curve(right - bend, y, right, y + bend, right, y + radius).line((right, top - radius))
        self.curve(right, top - bend, right - bend, top, right - radius, top).line(
            (x + radius, top)
        )
        self.curve(x + bend, top, x, top - bend, x, top - radius).line((x, y + radius))
        return self.curve(x, y + bend, x + bend, y, x + radius, y).close()

    def circle(self, x: float, y: float, radius: float) -> "Path":
        """Add a circle about (x, y)."""
        return self.rectangle(x - radius, y - radius, 2 * radius, 2 * radius, radius)

    @property
    def outline(self) -> str:
        """Return the PDF operators that draw the outline."""
        return " ".join(self._parts)


@dataclass(frozen=True, slots=True)
class _Instant:
    """The moment a document was made, in the form ReportLab asks for."""

    YMDhms: tuple[int, ...]
    dhh: int = 0
    dmm: int = 0


class _Canvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """ReportLab's canvas, telling the date it is given and writing no font that is not embedded."""

    def __init__(self, target: BytesIO, paper: Paper, language: str, made_at: datetime) -> None:
        super().__init__(
            target,
            pagesize=paper.value,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
            initialFontName=typeface(Script.LATIN, Weight.REGULAR).font.fontName,
        )
        self._doc._timeStamp = _Instant(made_at.astimezone(UTC).timetuple()[:6])  # noqa: SLF001  no setter

    def chunks(self, face: Typeface, codes: str) -> Iterator[tuple[str, bytes]]:
        """Yield `codes` by embedded subset of `face`: the subset's name and the bytes in it."""
        document = self._doc
        for subset, characters in face.font.splitString(codes, document):
            yield face.font.getSubsetInternalName(subset, document), characters


class Pages:
    """A document being drawn. Origin at the lower left, in points; what is drawn later lies above."""

    def __init__(
        self,
        paper: Paper,
        *,
        title: str,
        author: str,
        made_at: datetime,
        language: str = "en",
        keywords: str = "",
    ) -> None:
        self.width, self.height = paper.value
        self._target = BytesIO()
        self._canvas = _Canvas(self._target, paper, language, made_at)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("")
        self._canvas.setKeywords(keywords)
        self._canvas.setCreator("Daksha")
        self._canvas.setProducer("Daksha")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def line_of_text(
        self,
        x: float,
        y: float,
        line: Line,
        size: float,
        *,
        colour: str = "#000000",
        align: Align = Align.LEFT,
    ) -> None:
        """Draw `line` with its baseline at `y`."""
        if align is not Align.LEFT:
            x -= line.width(size) / (2 if align is Align.CENTRE else 1)
        shown = " ".join(operators(line, size, self._canvas.chunks))
        self._canvas.addLiteral(f"{_colour(colour)} rg BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")

    def line_upwards(
        self, x: float, y: float, line: Line, size: float, *, colour: str = "#000000"
    ) -> None:
        """Draw `line` from (x, y) upwards, turned to the left: its baseline at `x`."""
        shown = " ".join(operators(line, size, self._canvas.chunks))
        self._canvas.addLiteral(f"{_colour(colour)} rg BT 0 1 -1 0 {x:.2f} {y:.2f} Tm {shown} ET")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: Weight = Weight.REGULAR,
        colour: str = "#000000",
        align: Align = Align.LEFT,
    ) -> None:
        """Draw `text` on one line, at whatever width it has."""
        self.line_of_text(x, y, set_line(text, weight), size, colour=colour, align=align)

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        width: float,
        *,
        weight: Weight = Weight.REGULAR,
        colour: str = "#000000",
    ) -> float:
        """Write words within a width, on several lines if need be; return where the next would stand."""
        for line in wrap(words, weight, size, width):
            self.line_of_text(x, y, line, size, colour=colour)
            y -= size * LINE_HEIGHT
        return y

    def fill(self, path: Path, colour: str) -> None:
        """Paint the inside of `path`; where outlines overlap, every second layer stays bare."""
        self._canvas.addLiteral(f"{_colour(colour)} rg {path.outline} f*")

    def stroke(self, path: Path, colour: str, thickness: float) -> None:
        """Draw the outline of `path`."""
        self._canvas.addLiteral(f"{_colour(colour)} RG {thickness:.2f} w {path.outline} S")

    def rule(
        self, x: float, y: float, width: float, *, colour: str = "#000000", thickness: float = 0.5
    ) -> None:
        """Draw a level line to the right of (x, y)."""
        self.stroke(Path().move(x, y).line((x + width, y)), colour, thickness)

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """Paint `text` as a QR code; the paper about it must stay white for four of its dots."""
        self._canvas.addLiteral(
            f"q {side:.2f} 0 0 {side:.2f} {x:.2f} {y:.2f} cm {qr_operators(text)} Q"
        )

    def picture(self, x: float, y: float, width: float, height: float, content: bytes) -> None:
        """Draw a picture (PNG or JPEG) within a box, upright. It is one that `probe_image` let in."""
        self._canvas.drawImage(ImageReader(upright(content)), x, y, width, height)

    def picture_size(self, content: bytes) -> tuple[int, int]:
        """Return how many dots a picture has, across and down, once it is upright."""
        wide, high = upright(content).size
        return wide, high

    def next_page(self) -> None:
        """Finish this page; what follows goes on the next one."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Finish the last page and return the document. Nothing can be drawn afterwards."""
        self._canvas.showPage()
        with _writing:  # ReportLab reads font files through one shared position
            self._canvas.save()
        return self._target.getvalue()
