"""Scanned papers of our own: their pages as pictures, where codes lie on them, and what is in a box.

Codes in the four corners of a page tell where everything else on it is, however it lay on the glass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps

_MOST_PIXELS = 60_000_000
_MOST_PAGES = 40
_DOTS_PER_POINT = 3.0
_LARGEST_PAGE = 2000.0
_GRID = 24
"""Points looked at in a box, across and down."""
_DARK = 0.62
"""Darker than so much of the paper's own brightness is ink."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedCode:
    """A QR code in a picture: its text and its centre, in dots."""

    text: str
    centre: Point


def scanned_pages(untrusted: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a scan (PDF, PNG, JPEG and the like) in grey; none where it is no scan."""
    if untrusted.startswith(b"%PDF"):
        yield from _pages_of_pdf(untrusted)
        return
    try:
        with Image.open(BytesIO(untrusted)) as picture:
            if picture.width * picture.height <= _MOST_PIXELS:
                yield ImageOps.exif_transpose(picture).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return


def located_codes(picture: Image.Image) -> tuple[LocatedCode, ...]:
    """Return the QR codes in a picture, and where they are."""
    found = []
    for code in zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        centre = (sum(one.x for one in corners) / 4, sum(one.y for one in corners) / 4)
        found.append(LocatedCode(text=code.text, centre=centre))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Ground:
    """A page as it lies in a picture: takes points of the page to dots.

    `corners` are four dots, of the page's points (left, top), (right, top), (right, bottom) and
    (left, bottom) of a rectangle.
    """

    corners: Sequence[Point]
    left: float
    top: float
    right: float
    bottom: float

    def dot(self, x: float, y: float) -> Point:
        """Return where a point of the page is in the picture (Heckbert, 1989: square to quadrilateral)."""
        u, v = (x - self.left) / (self.right - self.left), (y - self.top) / (self.bottom - self.top)
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.corners
        dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
        dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
        across = dx1 * dy2 - dx2 * dy1
        g = (dx3 * dy2 - dx2 * dy3) / across if across else 0.0
        h = (dx1 * dy3 - dx3 * dy1) / across if across else 0.0
        whole = g * u + h * v + 1
        return (
            ((x1 - x0 + g * x1) * u + (x3 - x0 + h * x3) * v + x0) / whole,
            ((y1 - y0 + g * y1) * u + (y3 - y0 + h * y3) * v + y0) / whole,
        )


def ink_in(picture: Image.Image, ground: Ground, box: tuple[float, float, float]) -> float | None:
    """Return how much of a square is inked, 0 to 1; None where it is not whole in the picture.

    `box` is its left, top and side on the page. Its own frame is left out. The paper's brightness is
    taken from the box's surroundings, so that shadows do no harm.
    """
    x, y, side = box
    inside = [
        ground.dot(
            x + side * (0.2 + 0.6 * across / (_GRID - 1)),
            y + side * (0.2 + 0.6 * down / (_GRID - 1)),
        )
        for across in range(_GRID)
        for down in range(_GRID)
    ]
    around = [ground.dot(x - side * 0.35, y + side * (0.5 + part / 10)) for part in range(-6, 7)]
    dots = _shades(picture, inside)
    paper = _shades(picture, around)
    if dots is None or paper is None:
        return None
    bright = sorted(paper)[-3]
    return sum(one < bright * _DARK for one in dots) / len(dots)


def piece_of(
    picture: Image.Image, ground: Ground, piece: tuple[float, float, float, float], width: int
) -> bytes:
    """Return a piece of a page, put straight, as PNG of that width in dots.

    `piece` is left, top, right and bottom on the page. What is not in the picture is black.
    """
    left, top, right, bottom = piece
    corners = ((left, top), (left, bottom), (right, bottom), (right, top))
    quad = [each for x, y in corners for each in ground.dot(x, y)]
    size = width, max(1, round(width * (bottom - top) / (right - left)))
    straight = picture.transform(
        size, Image.Transform.QUAD, quad, resample=Image.Resampling.BICUBIC
    )
    made = BytesIO()
    straight.save(made, "PNG")
    return made.getvalue()


def _shades(picture: Image.Image, points: Sequence[Point]) -> list[int] | None:
    width, height = picture.size
    shades: list[int] = []
    for x, y in points:
        column, line = round(x), round(y)
        if not (0 <= column < width and 0 <= line < height):
            return None
        shade = picture.getpixel((column, line))
        shades.append(int(shade) if isinstance(shade, (int, float)) else 255)
    return shades


def _pages_of_pdf(untrusted: bytes) -> Iterator[Image.Image]:
    import pypdfium2  # a large library that only foreign files need

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return
    try:
        for page in list(document)[:_MOST_PAGES]:
            if max(page.get_size()) <= _LARGEST_PAGE:
                yield page.render(scale=_DOTS_PER_POINT, grayscale=True).to_pil().convert("L")
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()
