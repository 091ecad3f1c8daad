"""QR codes in files: in a scan or a photograph, and on the pages of a PDF."""

from io import BytesIO
from itertools import islice

from PIL import Image

from app.core.documents.codes import read_codes

_SCANNED_PAGES = 2
_DOTS_PER_POINT = 3.0
_LARGEST_PAGE = 2000.0
_MOST_PIXELS = 60_000_000


def codes_in_picture(untrusted_picture: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes in a photograph or scan (PNG, JPEG and the like)."""
    try:
        with Image.open(BytesIO(untrusted_picture)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ()
            return read_codes(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()


def codes_in_pdf(untrusted_pdf: bytes, pages: int = _SCANNED_PAGES) -> tuple[str, ...]:
    """Return the texts of the QR codes on the first pages of a PDF."""
    import pypdfium2  # a large library that only foreign files need

    try:
        document = pypdfium2.PdfDocument(untrusted_pdf)
    except pypdfium2.PdfiumError:
        return ()
    found: list[str] = []
    try:
        for page in islice(document, pages):
            if max(page.get_size()) <= _LARGEST_PAGE:
                picture = page.render(scale=_DOTS_PER_POINT, grayscale=True).to_pil()
                found += read_codes(picture)
    except pypdfium2.PdfiumError:
        return tuple(found)
    finally:
        document.close()
    return tuple(found)


def pages_in_pdf(untrusted_pdf: bytes) -> int:
    """Return how many pages a PDF has; 0 where it cannot be read."""
    import pypdfium2  # a large library that only foreign files need

    try:
        document = pypdfium2.PdfDocument(untrusted_pdf)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()
