"""A person's record as one PDF: its tables one after the other."""

import io
from uuid import UUID

from app.core.base.progress import Progress
from app.core.egress import Document, FileKind, Leaving
from app.core.reports import ReportTable, table_bytes


def dossier_document(
    title: str, person_id: UUID, tables: tuple[ReportTable, ...], progress: Progress
) -> Document:
    """Return the tables that have rows as one document; the first is always there."""
    rows = sum(len(table.rows) for table in tables)
    leaving = Leaving(kind=FileKind.TRAINING_RECORD, title=title, records=rows, about=person_id)
    return Document(content=_pdf(tables, progress), leaving=leaving)


def _pdf(tables: tuple[ReportTable, ...], progress: Progress) -> bytes:
    import pypdfium2  # a large library

    whole = pypdfium2.PdfDocument.new()
    shown = [table for place, table in enumerate(tables) if table.rows or not place]
    for done, table in enumerate(shown):
        progress.step(done, len(shown), table.title)
        part = pypdfium2.PdfDocument(table_bytes(table, "pdf"))
        whole.import_pages(part)
        part.close()
    file = io.BytesIO()
    whole.save(file)
    whole.close()
    return file.getvalue()
