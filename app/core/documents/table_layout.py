"""How wide the columns of a table are, and which rows stand on which page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.documents.fonts import Weight
from app.core.documents.shaping import Line, set_line, wrap

BODY_SIZE = 8.5
LEADING = 13.0
PADDING_ACROSS = 5.0
PADDING_DOWN = 3.5
_MEASURED_ROWS = 400
"""Widths are taken from the first rows; later ones wrap."""
_WIDEST_WORD = 120.0
_EXACTNESS = 0.01


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its cells broken into lines."""

    cells: tuple[tuple[Line, ...], ...]

    @property
    def height(self) -> float:
        """Return the height in points."""
        return max((len(lines) for lines in self.cells), default=1) * LEADING + 2 * PADDING_DOWN


def column_widths(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    fixed: Sequence[float | None],
    available: float,
) -> tuple[float, ...]:
    """Return widths that fill `available`: each column gets what it holds if there is room.

    If there is not, the widest give way first, down to their longest word.
    """
    wanted: list[float] = []
    least: list[float] = []
    for index, title in enumerate(titles):
        width = fixed[index]
        if width is None:
            cells = [row[index] for row in islice(rows, _MEASURED_ROWS)]
            wanted.append(max(_widths(cells, title)) + 2 * PADDING_ACROSS)
            words = {word for cell in cells for word in cell.split()}
            longest = max(_widths(words, max(title.split(), key=len, default="")))
            least.append(min(longest, _WIDEST_WORD) + 2 * PADDING_ACROSS)
        else:
            wanted.append(width)
            least.append(width)
    return _shared_out(wanted, least, available)


def _widths(texts: Iterable[str], title: str) -> list[float]:
    bodies = [set_line(text).width(BODY_SIZE) for text in texts]
    return [*bodies, set_line(title, Weight.SEMIBOLD).width(BODY_SIZE)]


def _shared_out(wanted: list[float], least: list[float], available: float) -> tuple[float, ...]:
    """Return `wanted` stretched to `available`, or with the widest columns cut to one width."""
    total, floor = sum(wanted), sum(least)
    if total <= available:
        return tuple(width * available / total for width in wanted)
    if floor >= available:
        return tuple(width * available / floor for width in least)
    low, high = 0.0, max(wanted)
    while high - low > _EXACTNESS:
        cap = (low + high) / 2
        if sum(_capped(wanted, least, cap)) > available:
            high = cap
        else:
            low = cap
    return _capped(wanted, least, low)


def _capped(wanted: list[float], least: list[float], cap: float) -> tuple[float, ...]:
    return tuple(max(low, min(width, cap)) for width, low in zip(wanted, least, strict=True))


def set_row(cells: Sequence[str], widths: Sequence[float], weight: Weight = Weight.REGULAR) -> Row:
    """Return a row with each cell wrapped in its column."""
    return Row(
        tuple(
            wrap(cell, weight, BODY_SIZE, width - 2 * PADDING_ACROSS)
            for cell, width in zip(cells, widths, strict=True)
        )
    )


def paginated(rows: Sequence[Row], first_room: float, room: float) -> list[list[Row]]:
    """Return the rows page by page, within the height each page has; there is always a page.

    A row higher than a whole page stands alone and runs over the edge of it.
    """
    pages: list[list[Row]] = [[]]
    left = first_room
    for row in rows:
        if row.height > left and (pages[-1] or left < room):
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= row.height
    return pages
