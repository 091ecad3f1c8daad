"""A report's columns as columns of a table on screen."""

from collections.abc import Mapping, Sequence
from functools import partial

from app.core.base.words import _
from app.core.reports import ColumnKind, ReportColumn, Row, worded
from app.ui.kit.tables.columns import (
    Cell,
    CellPainter,
    Column,
    paint_number,
    paint_status,
    paint_text,
)
from app.ui.reports.words import tone_of

_FIGURES = frozenset({ColumnKind.NUMBER, ColumnKind.PERCENT})
_WIDTHS = {ColumnKind.DATE: 112, ColumnKind.MOMENT: 160, ColumnKind.CHIP: 120}
_TEXT_WIDTH, _CODE_WIDTH, _A_LETTER, _AROUND = 150, 94, 7, 40
_CHIP_AROUND = 54
_TEXT_WIDTHS = {
    "name": 160,
    "course": 220,
    "department": 150,
    "question": 280,
    "bank": 220,
    "reason": 200,
    "certificate": 156,
    "method": 170,
    "lessons": 80,
    "time": 96,
    "who": 150,
    "place": 120,
    "sha256": 96,
}
_FIGURE_WIDTHS = {"size": 108}
_FOLDS = {
    "department": 900,
    "job_role": 1180,
    "origin": 1180,
    "supervisor": 1000,
    "in_progress": 1000,
    "not_started": 1000,
    "expiring": 1120,
    "completed_at": 1180,
    "score": 860,
    "printed_name": 900,
    "reason": 1180,
    "renewal": 1240,
    "way": 1500,
    "sha256": 1000,
}
"""What may be left out where a table is narrower than so many design pixels."""
_SHORT = frozenset({"number", "code", "login"})
_FIXED = frozenset({*_SHORT, "certificate", "method", "lessons", "time"})
"""Texts of one length: what is left over goes to the others, which give way where it is narrow."""
_PAINTERS: dict[ColumnKind, CellPainter] = {
    ColumnKind.NUMBER: paint_number,
    ColumnKind.PERCENT: paint_number,
    ColumnKind.CHIP: paint_status,
}


def table_columns(
    columns: Sequence[ReportColumn],
    *,
    sortable: bool = True,
    folds: Mapping[str, int] | None = None,
) -> tuple[Column[Row], ...]:
    """Return the columns that show a report's rows, worded as they are in its files.

    `folds` has, by key, the width in design pixels below which a column is left out.
    """
    return tuple(
        Column(
            key=column.key,
            title=_(column.title),
            cell=partial(_cell, column, place),
            paint=_PAINTERS.get(column.kind, paint_text),
            width=_width(column),
            stretch=1 if column.kind is ColumnKind.TEXT and column.key not in _FIXED else 0,
            right=column.kind in _FIGURES,
            sortable=sortable,
            # The first column is what the rows are about, whatever it is called.
            fold_below=(folds or _FOLDS).get(column.key, 0) if place else 0,
        )
        for place, column in enumerate(columns)
    )


def _cell(column: ReportColumn, place: int, row: Row) -> Cell:
    value = row[place]
    text = worded(column, value)
    if column.kind is ColumnKind.CHIP:
        return Cell(text, tone_of(str(value)))
    return Cell(text)


def _width(column: ReportColumn) -> int:
    if column.kind in _FIGURES:
        plain = len(_(column.title)) * _A_LETTER + _AROUND
        return _FIGURE_WIDTHS.get(column.key, plain)
    if column.kind is ColumnKind.CHIP:
        longest = max((len(_(words)) for words in column.words.values()), default=0)
        return max(_WIDTHS[column.kind], longest * _A_LETTER + _CHIP_AROUND)
    plain = _CODE_WIDTH if column.key in _SHORT else _TEXT_WIDTHS.get(column.key, _TEXT_WIDTH)
    return _WIDTHS.get(column.kind, plain)
