"""Things that several pictures show: padlocks, flames, people, cards, the stage of a step."""

import math

from tools.demo_media.brush import Brush
from tools.demo_media.story import HEIGHT, WIDTH, Scene

STAGE = (392.0, 36.0, 426.0, 344.0)


def stage(brush: Brush, scene: Scene, share: float, steps: int) -> None:
    """Paint one frame of a film: the step's words on the left, its picture on the right."""
    colours = brush.palette
    brush.box(0, 0, WIDTH, HEIGHT, fill=colours.paper)
    if scene.number == 0:
        scene.draw(brush, share)
        return
    brush.disc(68, 84, 30, fill=colours.accent)
    brush.centred(str(scene.number), 38, 54, 60, 60, 30, colours.paper)
    down = 134 + brush.words(scene.title, 38, 134, 330, 33, bold=True)
    brush.words(scene.title_hi, 38, down + 8, 330, 24, colours.quiet)
    for step in range(1, steps + 1):
        reached = step <= scene.number
        brush.box(
            38 + (step - 1) * 34, 366, 26, 6, colours.accent if reached else colours.edge, radius=3
        )
    x, y, width, height = STAGE
    brush.box(x, y, width, height, fill=colours.card, edge=colours.edge, line=1.5, radius=16)
    with brush.moved(x, y):
        scene.draw(brush, share)


def title_card(brush: Brush, title: str, title_hi: str, share: float) -> None:
    """Write a film's name across the frame; the caller paints the sign above it."""
    colours = brush.palette
    brush.centred(title, 60, 236, WIDTH - 120, 60, 42)
    brush.centred(title_hi, 60, 300, WIDTH - 120, 44, 27, colours.quiet, bold=False)
    reach = 150 * min(1.0, share * 2)
    brush.box(WIDTH / 2 - reach, 360, 2 * reach, 4, fill=colours.accent, radius=2)


def padlock(brush: Brush, x: float, y: float, size: float, closed: float, colour: str) -> None:
    """Draw a padlock about (x, y); `closed` runs from 0, open, to 1, shut."""
    with brush.moved(x, y, size / 100):
        lift = (1 - closed) * 24
        brush.line([(-26, 6), (-26, -26 - lift)], brush.palette.metal, 12)
        brush.arc(0, -26 - lift, 26, 0, 180, brush.palette.metal, 12)
        brush.line(
            [(26, (6 if closed > 0.98 else -26 - lift)), (26, -26 - lift)], brush.palette.metal, 12
        )
        brush.box(-44, 0, 88, 66, fill=colour, radius=10)
        brush.disc(0, 28, 9, fill=brush.palette.paper)
        brush.line([(0, 30), (0, 46)], brush.palette.paper, 7)


def flame(brush: Brush, x: float, y: float, size: float, beat: float) -> None:
    """Draw a flame standing on (x, y); `beat` in turns makes it flicker."""
    if size < 2:
        return
    sway = math.sin(beat * math.tau) * 8
    for colour, part in (("#E4572E", 1.0), ("#F5A353", 0.68), ("#FFE08A", 0.38)):
        with brush.moved(x, y, size * part / 100):
            brush.curve(
                (0, 0),
                [
                    ((-62, -4), (-50, -58), (-22, -76)),
                    ((-20, -60), (-8, -66), (-6 + sway, -118)),
                    ((28, -96), (20, -66), (26, -58)),
                    ((34, -66), (34, -74), (34 + sway / 2, -86)),
                    ((64, -40), (52, -2), (0, 0)),
                ],
                fill=colour,
            )


def bolt(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """Draw a lightning flash about (x, y)."""
    with brush.moved(x, y, size / 100):
        brush.shape([(8, -50), (-30, 8), (-4, 8), (-10, 50), (30, -12), (4, -12)], fill=colour)


def gauge(brush: Brush, x: float, y: float, radius: float, value: float, unit: str = "bar") -> None:
    """Draw a round gauge; value 0 to 1 sets the needle."""
    colours = brush.palette
    brush.disc(x, y, radius, fill="#FFFFFF", edge=colours.dark_metal, line=radius * 0.09)
    for tick in range(11):
        angle = math.radians(225 - 27 * tick)
        inner, outer = radius * 0.70, radius * 0.84
        brush.line(
            [
                (x + inner * math.cos(angle), y - inner * math.sin(angle)),
                (x + outer * math.cos(angle), y - outer * math.sin(angle)),
            ],
            "#B81F33" if tick > 6 else "#465066",
            radius * 0.035,
        )
    angle = math.radians(225 - 270 * value)
    tip = (x + radius * 0.66 * math.cos(angle), y - radius * 0.66 * math.sin(angle))
    brush.line([(x, y), tip], "#B81F33", radius * 0.07)
    brush.disc(x, y, radius * 0.09, fill="#141926")
    brush.centred(
        unit, x - radius, y + radius * 0.3, 2 * radius, radius * 0.4, radius * 0.24, "#465066"
    )


def person(
    brush: Brush, x: float, y: float, size: float, cloth: str, long_hair: bool = False
) -> None:
    """Draw a head and shoulders standing on (x, y)."""
    with brush.moved(x, y, size / 100):
        if long_hair:
            brush.box(-25, -92, 50, 62, fill="#6B4A38", radius=24)
        brush.curve((-42, 0), [((-42, -52), (42, -52), (42, 0))], fill=cloth)
        brush.disc(0, -66, 22, fill=brush.palette.skin)
        brush.curve(
            (-22, -68),
            [((-24, -100), (24, -100), (22, -68)), ((8, -80), (-8, -80), (-22, -68))],
            fill="#6B4A38",
        )


def tick(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """Draw a check mark about (x, y)."""
    with brush.moved(x, y, size / 100):
        brush.line([(-36, 2), (-10, 30), (38, -30)], colour, 16)


def cross(brush: Brush, x: float, y: float, size: float, colour: str) -> None:
    """Draw a cross about (x, y)."""
    with brush.moved(x, y, size / 100):
        brush.line([(-30, -30), (30, 30)], colour, 16)
        brush.line([(-30, 30), (30, -30)], colour, 16)


def sheet(brush: Brush, x: float, y: float, width: float, height: float) -> None:
    """Draw a sheet of paper with its top left at (x, y)."""
    brush.box(
        x + 4,
        y + 5,
        width,
        height,
        fill="#0B1022" if brush.palette.ink == "#FFFFFF" else "#DDE2EC",
        radius=4,
    )
    brush.box(x, y, width, height, fill="#FFFFFF", edge="#C4CCDD", line=1, radius=4)
