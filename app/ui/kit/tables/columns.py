"""What a column shows of a row, and how its cells are painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.chips import chip_icon, chip_size, paint_chip
from app.ui.kit.painted import draw_text, fill_round
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_TREE_STEP = 22
_DEEPEST = 8
"""Beyond this a branch is set in no further, so that its words keep their room."""

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `share` (0 to 1) is for progress, `under` a second, quieter line.

    `depth` is how far in a tree it lies, 0 at the top.
    """

    text: str
    tone: Tone = Tone.NEUTRAL
    share: float | None = None
    icon: str = ""
    under: str = ""
    depth: int = 0


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


def paint_progress(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Paint a bar with its words behind it."""
    theme = current_theme()
    painter.setFont(theme.font(TextRole.MUTED))
    room = max(theme.px(40), painter.fontMetrics().horizontalAdvance(cell.text) + theme.px(8))
    thick = theme.px(8)
    top = rect.y() + (rect.height() - thick) / 2
    bar = QRectF(rect.x(), top, max(thick, rect.width() - room), thick)
    fill_round(painter, bar, thick / 2, theme.colour(Ink.SURFACE2))
    if cell.share:
        bar.setWidth(max(thick, bar.width() * min(1.0, cell.share)))
        tone = Tone.PRIMARY if cell.tone is Tone.NEUTRAL else cell.tone
        fill_round(painter, bar, thick / 2, theme.colour(tone.bar))
    align = Qt.AlignmentFlag.AlignRight
    draw_text(painter, rect, cell.text, theme.font(TextRole.MUTED), Ink.TEXT3, align)


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
    text: Callable[[T], str],
    *,
    width: int = 100,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of figures, already written out (`figures.number`)."""
    return Column(
        key=key, title=title, cell=lambda row: Cell(text(row)), paint=paint_number, width=width,
        sortable=sortable, right=True, fold_below=fold_below,
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


def progress_column(
    key: str,
    title: str,
    share: Callable[[T], float],
    *,
    width: int = 160,
    sortable: bool = True,
    fold_below: int = 0,
) -> Column[T]:
    """Return a column of bars, 0 to 1."""

    def cell(row: T) -> Cell:
        done = share(row)
        tone = Tone.SUCCESS if done >= 1 else Tone.PRIMARY
        return Cell(f"{int(done * 100 + 1e-9)}%", tone, share=done)

    return Column(
        key=key, title=title, cell=cell, paint=paint_progress, width=width,
        sortable=sortable, fold_below=fold_below,
    )  # fmt: skip
