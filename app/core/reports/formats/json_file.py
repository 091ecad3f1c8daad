"""JSON for scripts: typed cells under their columns' keys, shares in percent."""

import json
from datetime import date, datetime
from typing import BinaryIO

from app.core.base.progress import Progress
from app.core.reports.columns import ColumnKind, ReportColumn, Value
from app.core.reports.tables import ReportTable

_TENTHS = 10


class JsonFile:
    """One JSON object."""

    key = "json"
    most_rows = 1_000_000

    def write(self, table: ReportTable, file: BinaryIO, progress: Progress) -> None:
        """Write what the report is, its columns and its rows."""
        answer = {
            "report": table.key,
            "title": table.title,
            "subtitle": table.subtitle,
            "filters": list(table.filters),
            "sources": table.sources,
            "site": table.site,
            "made_by": table.made_by,
            "generated_at": table.generated_at.isoformat(),
            "total": table.total,
            "digest": table.digest,
            "settings": table.settings,
            "columns": [
                {"key": column.key, "title": heading, "kind": column.kind.value}
                for column, heading in zip(table.columns, table.headings, strict=True)
            ],
            "rows": [
                {
                    column.key: _cell(column, value)
                    for column, value in zip(table.columns, row, strict=True)
                }
                for row in table.rows
            ],
        }
        file.write(json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n")
        progress.step(table.total, table.total)


def _cell(column: ReportColumn, value: Value) -> int | float | str | None:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, int) and column.kind is ColumnKind.PERCENT:
        return value / _TENTHS
    return value
