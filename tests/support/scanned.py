"""Paper as it comes from a scanner: rendered, marked by a pen, laid askew, shadowed, speckled."""

import random
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from app.core.training.sessions.sheet_layout import box_of

_POINTS = 72


def pages_of(pdf: bytes, dots_per_inch: int = 150) -> list[Image.Image]:
    """Return a document's pages as a printer would put them on paper."""
    document = pypdfium2.PdfDocument(pdf)
    scale = dots_per_inch / _POINTS
    pages = [page.render(scale=scale).to_pil().convert("L") for page in document]
    document.close()
    return pages


def cross(page: Image.Image, line: int, *, width: float = 1.2, shade: int = 40) -> None:
    """Put a cross into the box on a line, as a ballpoint pen would."""
    x, y, side = _box(page, line)
    pen, reach = max(1, round(width * page.width / 595)), side * 0.85
    draw, low = ImageDraw.Draw(page), side * 0.1
    draw.line((x + low, y + low, x + reach, y + reach), fill=shade, width=pen)
    draw.line((x + reach, y + low, x + low, y + reach), fill=shade, width=pen)


def tick(page: Image.Image, line: int) -> None:
    """Put a tick into the box on a line."""
    x, y, side = _box(page, line)
    points = [
        (x + side * 0.15, y + side * 0.55),
        (x + side * 0.4, y + side * 0.85),
        (x + side * 1.05, y - side * 0.15),
    ]
    ImageDraw.Draw(page).line(points, fill=60, width=max(1, page.width // 450))


def blacken(page: Image.Image, line: int) -> None:
    """Blacken the box on a line."""
    x, y, side = _box(page, line)
    ImageDraw.Draw(page).rectangle((x, y, x + side, y + side), fill=20)


def dot(page: Image.Image, line: int) -> None:
    """Let a drop of ink fall into the box on a line."""
    x, y, side = _box(page, line)
    middle, reach = (x + side / 2, y + side / 2), side * 0.08
    ImageDraw.Draw(page).ellipse(
        (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach), fill=30
    )


def scanned(page: Image.Image, chance: random.Random, *, turned: int = 0) -> Image.Image:
    """Return a page as a cheap scanner sees it: a little askew, not quite flat, grey and speckled."""
    wide, high = page.size
    paper = Image.new("L", (wide + 120, high + 120), 215)
    paper.paste(page, (60, 60))
    paper = paper.rotate(
        chance.uniform(-2.5, 2.5), fillcolor=215, resample=Image.Resampling.BICUBIC
    )
    corners = [(0, 0), (0, paper.height), (paper.width, paper.height), (paper.width, 0)]
    quad = [
        each + chance.uniform(0, 14) * (1 if each == 0 else -1) for xy in corners for each in xy
    ]
    paper = paper.transform(paper.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").resize(paper.size).point(lambda value: 200 + value // 5)
    paper = Image.composite(paper, Image.new("L", paper.size, 60), shade)
    paper = paper.filter(ImageFilter.GaussianBlur(0.6))
    dots = ImageDraw.Draw(paper)
    for _speck in range(150):
        x, y = chance.randrange(paper.width), chance.randrange(paper.height)
        dots.point((x, y), fill=chance.randrange(90, 200))
    return paper.rotate(turned, expand=True)


def as_jpeg(page: Image.Image, quality: int = 70) -> bytes:
    """Return a page as a scanner saves it."""
    content = BytesIO()
    page.save(content, "JPEG", quality=quality)
    return content.getvalue()


def as_pdf(pages: list[Image.Image]) -> bytes:
    """Return pages as one scanned PDF."""
    content = BytesIO()
    pages[0].save(content, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return content.getvalue()


def _box(page: Image.Image, line: int) -> tuple[float, float, float]:
    scale = page.width / 595.28
    x, y, side = box_of(line)
    return x * scale, y * scale, side * scale
