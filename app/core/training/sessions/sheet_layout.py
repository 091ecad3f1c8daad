"""Where everything is on a sign-in sheet, in points from the upper left of A4: drawn and read by it."""

from dataclasses import dataclass
from uuid import UUID

WIDTH, HEIGHT = 595.28, 841.89
MARGIN = 40.0
CODE_SIDE = 54.0
"""Of the codes in the four corners."""
CODES = (
    (MARGIN, MARGIN),
    (WIDTH - MARGIN - CODE_SIDE, MARGIN),
    (WIDTH - MARGIN - CODE_SIDE, HEIGHT - MARGIN - CODE_SIDE),
    (MARGIN, HEIGHT - MARGIN - CODE_SIDE),
)
"""Upper left of each, clockwise from the upper left one."""
ROWS = 20
ROW_TOP, ROW_HEIGHT = 190.0, 26.0
BOX_SIDE = 15.0
BOX_LEFT = 330.0
_BESIDE_BOX = 12.0
_PREFIX = "DKS1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerCode:
    """What a code in a corner says: of which sheet and page, and which corner it is."""

    sheet_id: UUID
    page: int
    """From 1."""
    corner: int
    """0 to 3, as in CODES."""

    @property
    def text(self) -> str:
        """Return it as the code carries it: capitals and digits pack best."""
        return f"{_PREFIX}:{self.sheet_id.hex.upper()}:{self.page}:{self.corner}"


def read_corner(untrusted: str) -> CornerCode | None:
    """Return what a code says; None for one that is not of a sign-in sheet."""
    parts = untrusted.split(":")
    if len(parts) != 4 or parts[0] != _PREFIX or not (parts[2] + parts[3]).isascii():  # noqa: PLR2004  its parts
        return None
    try:
        found = CornerCode(sheet_id=UUID(hex=parts[1]), page=int(parts[2]), corner=int(parts[3]))
    except ValueError:
        return None
    return found if 0 <= found.corner < len(CODES) and 1 <= found.page < 1000 else None  # noqa: PLR2004  pages


def code_centre(corner: int) -> tuple[float, float]:
    """Return the middle of a corner's code on the page."""
    left, top = CODES[corner]
    return left + CODE_SIDE / 2, top + CODE_SIDE / 2


def box_of(line: int) -> tuple[float, float, float]:
    """Return left, top and side of the box on a line of a page, from 0."""
    top = ROW_TOP + line * ROW_HEIGHT + (ROW_HEIGHT - BOX_SIDE) / 2
    return BOX_LEFT, top, BOX_SIDE


def look_at(line: int) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what somebody looks at on a line: box and signature."""
    top = ROW_TOP + line * ROW_HEIGHT
    return BOX_LEFT - _BESIDE_BOX, top, WIDTH - MARGIN, top + ROW_HEIGHT
