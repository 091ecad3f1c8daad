"""Pictures of faces, drawn: somebody looks at us from a ground of one colour."""

from pathlib import Path

from PIL import Image, ImageDraw

GROUNDS = ("#B9CDE8", "#E8CDB9", "#C9E8B9", "#E0B9E8")
_SKIN, _HAIR, _SHIRT = (
    ("#A9714B", "#C68E65", "#8D5A3A"),
    "#241A14",
    ("#1F4E79", "#7A2E2E", "#2E6B4A"),
)


def draw_face(path: Path, number: int = 0) -> Path:
    """Draw one into a file, standing, 480 by 600; each number gives another."""
    picture = Image.new("RGB", (480, 600), GROUNDS[number % len(GROUNDS)])
    pen = ImageDraw.Draw(picture)
    pen.ellipse((90, 430, 390, 800), fill=_SHIRT[number % 3])
    pen.rectangle((205, 360, 275, 460), fill=_SKIN[number % 3])
    pen.ellipse((130, 70, 350, 330), fill=_HAIR)
    pen.ellipse((150, 120, 330, 400), fill=_SKIN[number % 3])
    for left in (195, 265):
        pen.ellipse((left, 230, left + 20, 246), fill=_HAIR)
    pen.arc((200, 280, 280, 350), 20, 160, fill="#5A2A20", width=6)
    picture.save(path)
    return path
