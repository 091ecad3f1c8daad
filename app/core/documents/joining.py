"""Several PDFs as one, page after page: a stack to print."""

from collections.abc import Iterable
from io import BytesIO


def joined_pdf(documents: Iterable[bytes]) -> bytes:
    """Return the pages of documents of ours, in order, as one PDF. Signatures do not come along."""
    import pypdfium2  # a large library that only few need

    stack = pypdfium2.PdfDocument.new()
    try:
        for one in documents:
            with pypdfium2.PdfDocument(one) as document:
                stack.import_pages(document)
        written = BytesIO()
        stack.save(written)
        return written.getvalue()
    finally:
        stack.close()
