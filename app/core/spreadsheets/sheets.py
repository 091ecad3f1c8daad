"""Rows of text, as every kind of file becomes them, and how large they may be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.core.base.figures import number
from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable

Cell = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row as it stands in the file; `line` is where it begins, counted from 1."""

    line: int
    cells: list[str]
    unworked: frozenset[int] = frozenset()
    """Places of formulas whose value the file does not have."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a text file: its name ("" where it has none) and rows."""

    name: str
    rows: tuple[TextRow, ...]


class Limits(NamedTuple):
    """What is taken of a sheet at most."""

    rows: int
    columns: int
    cells: int = 4_000_000
    """In the rectangle that holds all of a sheet: empty ones take room too."""


def check_extent(lowest: int, widest: int, limits: Limits) -> None:
    """Raise FileUnreadable for a sheet that reaches too far; both are counted from 1."""
    if lowest > limits.rows:
        raise FileUnreadable(
            _("The file has more than {count} rows.").format(count=number(limits.rows))
        )
    if widest > limits.columns:
        raise FileUnreadable(_("Line {line} has too many columns.").format(line=lowest))
    if lowest * widest > limits.cells:
        raise FileUnreadable(_("This spreadsheet unfolds to more than is taken."))


def rows_of(
    grid: Sequence[list[str]], merged: Iterable[tuple[Cell, Cell]], unworked: frozenset[Cell]
) -> Iterator[TextRow]:
    """Yield the rows of a grid that have anything; who merged cells meant each row they cover.

    A merged cell is told to the rows below it, not to the columns beside it: that would make a
    first name of a name that was laid over two columns.
    """
    for (top, left), (bottom, _right) in merged:
        _tell_below(grid, top, left, bottom)
    places: dict[int, set[int]] = {}
    for row, place in unworked:
        places.setdefault(row, set()).add(place)
    for at, cells in enumerate(grid):
        if any(cells) or at in places:
            yield TextRow(at + 1, cells, frozenset(places.get(at, ())))


def _tell_below(grid: Sequence[list[str]], top: int, left: int, bottom: int) -> None:
    """Tell a cell to the empty ones below it, down to `bottom`."""
    text = grid[top][left] if top < len(grid) and left < len(grid[top]) else ""
    for cells in grid[top + 1 : bottom + 1]:
        if text and left < len(cells) and not cells[left]:
            cells[left] = text
