"""A person's record as one PDF: its tables one after the other."""

import io
from pathlib import Path

from app.core.base.progress import Progress
from app.core.reports import FileTaken, ReportTable, table_bytes
from app.core.storage.faults import told_plainly


def dossier_pdf(tables: tuple[ReportTable, ...], progress: Progress) -> bytes:
    """Return the tables that have rows as one document; the first is always there."""
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


def write_whole(content: bytes, path: Path, *, overwrite: bool) -> None:
    """Write a file, whole or not at all. Raises FileTaken."""
    with told_plainly():
        if path.exists() and not overwrite:
            raise FileTaken(path)
        part = path.with_name(path.name + ".part")
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
