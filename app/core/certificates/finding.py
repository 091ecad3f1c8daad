"""Finds a certificate's token: in its PDF, in a scan of it, in a photograph of the printed page."""

import re

from app.core.certificates.token import PREFIX
from app.core.documents import codes_in_pdf, codes_in_picture

_TOKEN = re.compile(PREFIX.encode() + rb"[A-Z2-7]{80,1200}")


def find_token(untrusted_pdf: bytes) -> str | None:
    """Return the token in a PDF, or None.

    Ours stands in the open among the document's properties. Where another program has written the
    file anew or it was scanned, the QR code on its first pages is read.
    """
    found = _TOKEN.search(untrusted_pdf)
    if found is not None:
        return found.group().decode()
    return _token_among(codes_in_pdf(untrusted_pdf))


def find_token_in_picture(untrusted_picture: bytes) -> str | None:
    """Return the token in a photograph or scan (PNG, JPEG and the like), or None."""
    return _token_among(codes_in_picture(untrusted_picture))


def _token_among(texts: tuple[str, ...]) -> str | None:
    for text in texts:
        found = _TOKEN.fullmatch(text.encode())
        if found is not None:
            return text
    return None
