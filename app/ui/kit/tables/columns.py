"""What a column shows of a row, and how its cells are painted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.core.base import figures
from app.ui.kit.chips import chip_icon, chip_size, paint_chip
from app.ui.kit.painted import draw_text
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_TREE_STEP = 22
_DEEPEST = 8
"""Beyond this a branch is set in no further, so that its words keep their room."""

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `under` is a second, quieter line.

    `value` is the figure or day that the words stand for: a spreadsheet counts and sorts by it.
    `depth` is how far in a tree it lies, 0 at the top.
    """

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    under: str = ""
    value: int | date | datetime | None = None
    depth: int = 0


def whole_words(cell: Cell, room: int) -> str:
    """Return a cell's words, ready for a tooltip, where `room` pixels do not hold them; else ""."""
    theme = current_theme()
    lines = ((cell.text, TextRole.BODY), (cell.under, TextRole.MUTED))
    if all(QFontMetrics(theme.font(role)).horizontalAdvance(text) <= room for text, role in lines):
        return ""
    return "<br>".join(escape(text) for text, _role in lines if text)


class CellPainter(Protocol):
    """Paints one kind of cell into its rectangle."""

    def __call__(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """Paint `cell` into `rect`."""
        ...


def paint_text(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint words, with the quieter line under them if there is one."""
    theme = current_theme()
    if not cell.under:
        draw_text(painter, rect, cell.text, theme.font(TextRole.BODY), Ink.TEXT)
        return
    half = rect.height() // 2
    upper = QRect(rect.x(), rect.y() + theme.px(2), rect.width(), half)
    lower = QRect(rect.x(), rect.y() + half - theme.px(2), rect.width(), half)
    draw_text(painter, upper, cell.text, theme.font(TextRole.BODY), Ink.TEXT)
    draw_text(painter, lower, cell.under, theme.font(TextRole.MUTED), Ink.TEXT3)


def paint_in_tree(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint words set in by their depth, with a branch that leads to them."""
    theme = current_theme()
    step = theme.px(_TREE_STEP)
    inner = rect.adjusted(step * min(cell.depth, _DEEPEST), 0, 0, 0)
    if cell.depth:
        left, middle = inner.x() - step + theme.px(4), inner.center().y()
        painter.setPen(QPen(theme.colour(Ink.BORDER_STRONG), 1))
        painter.drawLine(left, middle - theme.px(10), left, middle)
        painter.drawLine(left, middle, inner.x() - theme.px(4), middle)
        painter.setPen(Qt.PenStyle.NoPen)
    paint_text(painter, inner, cell)


def paint_number(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint a figure at the right."""
    font = current_theme().font(TextRole.BODY)
    draw_text(painter, rect, cell.text, font, Ink.TEXT, Qt.AlignmentFlag.AlignRight)


def paint_status(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint a chip."""
    if not cell.text:
        return
    icon = cell.icon or chip_icon(cell.tone)
    size = chip_size(cell.text, icon)
    width = min(size.width(), rect.width())
    spot = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, width, size.height())
    paint_chip(painter, spot, cell.text, cell.tone, icon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column. `key` names it to whoever sorts; `title` is shown as it is (translate it first).

    `width` is in design pixels; `stretch` shares what is left over. Where the table gets narrower
    than `fold_below` design pixels the column is folded away.
    """

    key: str
    title: str
    cell: Callable[[T], Cell]
    paint: CellPainter
    width: int = 140
    stretch: int = 0
    sortable: bool = True
    right: bool = False
    fold_below: int = 0


def text_column(
    key: str,
    title: str,
    text: Callable[[T], str],
    *,
    under: Callable[[T], str] | None = None,
    width: int = 140,
    stretch: int = 1,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of words."""

    def cell(row: T) -> Cell:
        return Cell(text(row), under=under(row) if under is not None else "")

    return Column(
        key=key, title=title, cell=cell, paint=paint_text, width=width, stretch=stretch,
        sortable=sortable, fold_below=fold_below,
    )  # fmt: skip


def tree_column(
    key: str,
    title: str,
    text: Callable[[T], str],
    depth: Callable[[T], int],
    *,
    width: int = 240,
    stretch: int = 2,
) -> Column[T]:
    """Return a column of words in a tree, whose rows come each under its parent."""
    return Column(
        key=key, title=title, cell=lambda row: Cell(text(row), depth=depth(row)),
        paint=paint_in_tree, width=width, stretch=stretch, sortable=False,
    )  # fmt: skip


def number_column(
    key: str,
    title: str,
    value: Callable[[T], int | None],
    *,
    width: int = 100,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of whole numbers; a dash where there is none."""

    def cell(row: T) -> Cell:
        count = value(row)
        return Cell(_NONE if count is None else figures.number(count), value=count)

    return Column(
        key=key, title=title, cell=cell, paint=paint_number, width=width,
        sortable=sortable, right=True, fold_below=fold_below,
    )  # fmt: skip


def day_column(
    key: str,
    title: str,
    value: Callable[[T], date | datetime | None],
    *,
    none: str = "",
    width: int = 118,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of days, of instants those of this PC; `none` (or a dash) where there is none."""

    def cell(row: T) -> Cell:
        when = value(row)
        on = when.astimezone().date() if isinstance(when, datetime) else when
        return Cell(none or _NONE) if on is None else Cell(figures.day(on), value=on)

    return Column(
        key=key, title=title, cell=cell, paint=paint_text, width=width, sortable=sortable,
        fold_below=fold_below,
    )  # fmt: skip


def chip_column(
    key: str,
    title: str,
    status: Callable[[T], tuple[str, Tone]],
    *,
    width: int = 150,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of statuses: word and tone."""
    return Column(
        key=key, title=title, cell=lambda row: Cell(*status(row)), paint=paint_status, width=width,
        sortable=sortable, fold_below=fold_below,
    )  # fmt: skip
