"""Finds a certificate's token: in its PDF, in a scan of it, in a photograph of the printed page."""

import re
from io import BytesIO

from PIL import Image

from app.core.certificates.token import PREFIX
from app.core.documents import read_codes

_TOKEN = re.compile(PREFIX.encode() + rb"[A-Z2-7]{80,1200}")
_SCANNED_PAGES = 2
_DOTS_PER_POINT = 3.0
_LARGEST_PAGE = 2000.0
_MOST_PIXELS = 60_000_000


def find_token(untrusted_pdf: bytes) -> str | None:
    """Return the token in a PDF, or None.

    Ours stands in the open among the document's properties. Where another program has written the
    file anew or it was scanned, the QR code on its first pages is read.
    """
    found = _TOKEN.search(untrusted_pdf)
    if found is not None:
        return found.group().decode()
    return _token_on_pages(untrusted_pdf)


def find_token_in_picture(untrusted_picture: bytes) -> str | None:
    """Return the token in a photograph or scan (PNG, JPEG and the like), or None."""
    try:
        with Image.open(BytesIO(untrusted_picture)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            return _token_among(read_codes(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _token_on_pages(untrusted_pdf: bytes) -> str | None:
    import pypdfium2  # a large library that only foreign files need

    try:
        document = pypdfium2.PdfDocument(untrusted_pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        for page in list(document)[:_SCANNED_PAGES]:
            if max(page.get_size()) <= _LARGEST_PAGE:
                picture = page.render(scale=_DOTS_PER_POINT, grayscale=True).to_pil()
                token = _token_among(read_codes(picture))
                if token is not None:
                    return token
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return None


def _token_among(texts: tuple[str, ...]) -> str | None:
    for text in texts:
        found = _TOKEN.fullmatch(text.encode())
        if found is not None:
            return text
    return None
