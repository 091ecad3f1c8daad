"""A person's record as one PDF: its tables one after the other, then the signatures under it.

The blocks are drawn whatever tables there are: no template leaves them out (21 CFR 11.50(b)).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.documents import Pages, Paper, SignatureBlock, Weight, draw_signature, joined_pdf
from app.core.egress import Document, FileKind, Leaving
from app.core.reports.dossier_types import Dossier
from app.core.reports.service import table_bytes
from app.core.reports.tables import ReportTable

_EDGE, _LEAST, _GREY = 56.0, 120.0, "#5B6270"


def dossier_document(
    title: str, dossier: Dossier, tables: tuple[ReportTable, ...], progress: Progress
) -> Document:
    """Return the tables that have rows and the signatures as one document; the first is always there."""
    rows = sum(len(table.rows) for table in tables)
    content = joined_pdf(record_parts(dossier, tables, progress))
    return Document(content=content, leaving=record_leaving(title, dossier.person_id, rows))


def dossier_table(
    title: str, dossier: Dossier, table: ReportTable, form: str, progress: Progress
) -> Document:
    """Return one of the tables as a file of a format. Raises UnknownFormat, TooManyRows."""
    content = table_bytes(table, form, progress)
    return Document(
        content=content, leaving=record_leaving(title, dossier.person_id, len(table.rows))
    )


def record_leaving(title: str, person_id: UUID, rows: int) -> Leaving:
    """Return what is noted of a record that leaves."""
    return Leaving(kind=FileKind.TRAINING_RECORD, title=title, records=rows, about=person_id)


def record_parts(
    dossier: Dossier, tables: tuple[ReportTable, ...], progress: Progress
) -> list[bytes]:
    """Return the PDFs that a record is made of: each table that has rows, then the signatures."""
    shown = [table for place, table in enumerate(tables) if table.rows or not place]
    parts: list[bytes] = []
    for done, table in enumerate(shown):
        progress.step(done, len(shown), table.title)
        parts.append(table_bytes(table, "pdf"))
    if dossier.signatures:
        first = tables[0]
        blocks = (one.block for one in dossier.signatures)
        parts.append(_blocks(first.subtitle, first.site, first.generated_at, blocks))
    return parts


def _blocks(subtitle: str, site: str, made_at: datetime, blocks: Iterable[SignatureBlock]) -> bytes:
    """Return pages of signature blocks."""
    title = _("Signatures")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE
    pages.text(_EDGE, y, title, 18, weight=Weight.SEMIBOLD)
    pages.text(_EDGE, y - 18, subtitle, 10, colour=_GREY)
    y -= 44
    for block in blocks:
        if y - _LEAST < _EDGE:
            pages.next_page()
            y = pages.height - _EDGE
        y = draw_signature(pages, block, _EDGE, y, width) - 6
    return pages.finish()
