"""A list on screen as a table for files: the rows that were found, in the words that stand there."""

from collections.abc import Sequence
from datetime import datetime

from app.core.base.actor import Actor
from app.core.reports.columns import ColumnKind, ReportColumn
from app.core.reports.tables import ReportTable


def listed_table(
    actor: Actor,
    *,
    key: str,
    title: str,
    site: str,
    at: datetime,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]],
    filters: Sequence[str] = (),
) -> ReportTable:
    """Return the table. `columns` are key and worded title; whoever made the list has checked rights."""
    return ReportTable(
        key=key,
        title=title,
        columns=tuple(
            ReportColumn(key=name, title=heading, kind=ColumnKind.TEXT) for name, heading in columns
        ),
        rows=tuple(tuple(row) for row in rows),
        site=site,
        made_by=actor.name,
        generated_at=at,
        filters=tuple(filters),
    )
