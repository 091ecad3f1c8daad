"""A report as a table: the rows that screen, CSV, XLSX, PDF and JSON all show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.core.base.words import current_language
from app.core.documents import Column, Paper, TableDocument, rows_digest
from app.core.reports.columns import ReportColumn, Row, worded

_PORTRAIT_COLUMNS = 6


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A finished report. `rows` are typed, for files; `text_rows` say the same in words."""

    key: str
    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[Row, ...]
    site: str
    made_by: str
    generated_at: datetime
    subtitle: str = ""
    filters: tuple[str, ...] = ()
    sources: str = ""
    """From which other PCs and sites some of the rows may be, and as of when."""

    settings: str = ""
    """Fingerprint of the settings under which it was made."""

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the columns' titles, worded."""
        return tuple(column.heading for column in self.columns)

    @cached_property
    def text_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return every cell as people read it."""
        return tuple(
            tuple(worded(column, value) for column, value in zip(self.columns, row, strict=True))
            for row in self.rows
        )

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of headings and worded rows (documents.rows_digest)."""
        return rows_digest(self.document())

    def document(self) -> TableDocument:
        """Return the table as it is printed."""
        return TableDocument(
            title=self.title,
            subtitle=self.subtitle,
            columns=_printed(self.columns, self.headings),
            rows=self.text_rows,
            filters=(*self.filters, *filter(None, [self.sources])),
            site=self.site,
            made_by=self.made_by,
            made_at=self.generated_at,
            settings=self.settings,
            paper=Paper.A4_LANDSCAPE
            if len(self.columns) > _PORTRAIT_COLUMNS
            else Paper.A4_PORTRAIT,
            language=current_language(),
        )


def _printed(columns: Sequence[ReportColumn], headings: Sequence[str]) -> tuple[Column, ...]:
    return tuple(
        Column(heading, column.align, column.width)
        for column, heading in zip(columns, headings, strict=True)
    )
