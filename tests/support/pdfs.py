"""What a PDF says, read by a program that did not write it."""

from pathlib import Path

import pypdfium2


def text_of(path: Path) -> str:
    """Return the words of all pages, lines joined by blanks."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
