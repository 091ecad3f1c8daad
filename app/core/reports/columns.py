"""Columns of reports, and how a value is worded on screen and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.core.base import figures
from app.core.base.words import _
from app.core.documents import Align

Value = None | int | str | date | datetime
"""A cell: whole numbers, shares in tenths of a percent, days, aware instants, text, chip keys."""

Row = tuple[Value, ...]

WHOLE = 1000
"""A percent cell's value for the whole: it counts tenths of a percent."""


class ColumnKind(StrEnum):
    """What a column's cells are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    INSTANT = "instant"
    """A moment that is told to the second."""
    PERCENT = "percent"
    CHIP = "chip"


_RIGHT = frozenset({ColumnKind.NUMBER, ColumnKind.PERCENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """A column: its key for sorting, its marked title, what its cells are."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    """Of a chip: the marked words of each key."""
    sorted_as: str = ""
    """Name of the selected column that gives the order, where it is not this one."""
    width: int | None = None
    """In points on paper; None: what the cells need."""
    is_verbatim: bool = False
    """Whether the title is another system's word, which is the same in every language."""

    @property
    def heading(self) -> str:
        """Return the title as it is shown."""
        return self.title if self.is_verbatim else _(self.title)

    @property
    def align(self) -> Align:
        """Return how cells are set: figures to the right."""
        return Align.RIGHT if self.kind in _RIGHT else Align.LEFT


def text(key: str, title: str, width: int | None = None) -> ReportColumn:
    """Return a column of words."""
    return ReportColumn(key=key, title=title, width=width)


def number(key: str, title: str) -> ReportColumn:
    """Return a column of whole numbers."""
    return ReportColumn(key=key, title=title, kind=ColumnKind.NUMBER)


def percent(key: str, title: str) -> ReportColumn:
    """Return a column of shares."""
    return ReportColumn(key=key, title=title, kind=ColumnKind.PERCENT)


def day(key: str, title: str) -> ReportColumn:
    """Return a column of calendar days."""
    return ReportColumn(key=key, title=title, kind=ColumnKind.DATE)


def moment(key: str, title: str) -> ReportColumn:
    """Return a column of instants."""
    return ReportColumn(key=key, title=title, kind=ColumnKind.MOMENT)


def chip(key: str, title: str, words: Mapping[str, str], sorted_as: str = "") -> ReportColumn:
    """Return a column of states."""
    return ReportColumn(
        key=key, title=title, kind=ColumnKind.CHIP, words=words, sorted_as=sorted_as
    )


def worded(column: ReportColumn, value: Value) -> str:
    """Return a cell as people read it, on screen and on paper; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        seconds = f":{value.astimezone():%S}" if column.kind is ColumnKind.INSTANT else ""
        return figures.moment(value) + seconds
    if isinstance(value, date):
        return figures.day(value)
    if isinstance(value, int):
        is_share = column.kind is ColumnKind.PERCENT
        return figures.percent(value, WHOLE) if is_share else figures.number(value)
    return _(column.words[value]) if value in column.words else value
