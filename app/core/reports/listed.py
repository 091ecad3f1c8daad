"""A list on screen as a table for files: the rows that were found, figures and days as what they are."""

from collections.abc import Sequence
from datetime import date, datetime

from app.core.base.actor import Actor
from app.core.reports.columns import ColumnKind, ReportColumn, Value
from app.core.reports.tables import ReportTable


def listed_table(
    actor: Actor,
    *,
    key: str,
    title: str,
    site: str,
    at: datetime,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Value]],
    filters: Sequence[str] = (),
    settings: str = "",
) -> ReportTable:
    """Return the table. `columns` are key and worded title; whoever made the list has checked rights."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return ReportTable(
        key=key,
        title=title,
        columns=tuple(
            ReportColumn(key=name, title=heading, kind=_kind(values))
            for (name, heading), values in zip(columns, cells, strict=True)
        ),
        rows=tuple(tuple(row) for row in rows),
        site=site,
        made_by=actor.name,
        generated_at=at,
        filters=tuple(filters),
        settings=settings,
    )


def _kind(values: Sequence[Value]) -> ColumnKind:
    """Return what a column's cells are, apart from words among them ("For good" among days)."""
    kinds = {int: ColumnKind.NUMBER, date: ColumnKind.DATE, datetime: ColumnKind.INSTANT}
    held = {kinds[type(value)] for value in values if type(value) in kinds}
    return held.pop() if len(held) == 1 else ColumnKind.TEXT
