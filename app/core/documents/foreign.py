"""Papers of other people's making, PDF or picture: what they really are, and what keeps one out."""

import io
import re
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
MOST_PAGES = 60
_MOST_DOTS = 50_000_000
_LONGEST_SIDE = 3400.0
"""In points: A0. A larger page is no paper, and costs its memory."""
_KINDS = {b"%PDF": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
"""Media types by how a file begins."""
_PICTURES = {PNG: "PNG", JPEG: "JPEG"}
_WRONG_PASSWORD = 4
_FORMS_THAT_RUN = frozenset({2, 3})
"""XFA, whole or in the foreground."""
_STREAM = re.compile(rb">>stream\r\n.*?\r\nendstream\r\nendobj", re.DOTALL)
"""As PDFium writes it. It writes no line break within a string, so that nothing else looks like one."""
_DEEDS = re.compile(
    rb"/S ?/(?:JavaScript|Launch|SubmitForm|ImportData|GoToE|Rendition|RichMediaExecute)\b"
    rb"|/Subtype ?/(?:RichMedia|3D|Screen|Movie|FileAttachment)\b"
)
"""What does something, or carries another file, where a paper only shows."""


class PaperFault(StrEnum):
    """Why a file is no paper that can be kept and set among others."""

    UNKNOWN = "unknown"
    """Neither PDF nor PNG nor JPEG, whatever its name says."""
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105  a fault, not a secret
    TOO_LARGE = "too_large"
    """Too many pages, or pages or dots beyond any paper."""
    ACTS = "acts"
    """It holds scripts, starts programs, sends forms, or carries other files."""


def media_type_of(untrusted: bytes) -> str:
    """Return what a file is by how it begins: PDF, PNG or JPEG; "" for anything else."""
    return next((kind for start, kind in _KINDS.items() if untrusted.startswith(start)), "")


def paper_fault(untrusted: bytes) -> PaperFault | None:
    """Return why a file is no paper; None where it is one. Every page of it is opened once."""
    kind = media_type_of(untrusted)
    if kind == PDF:
        return _pdf_fault(untrusted)
    return _picture_fault(untrusted, kind) if kind else PaperFault.UNKNOWN


def page_count(paper: bytes) -> int:
    """Return how many pages a paper has that `paper_fault` let in."""
    if media_type_of(paper) != PDF:
        return 1
    import pypdfium2  # a large library that only few need

    with pypdfium2.PdfDocument(paper) as document:
        return len(document)


def _picture_fault(untrusted: bytes, kind: str) -> PaperFault | None:
    # imported here: most starts show no foreign picture
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(io.BytesIO(untrusted), formats=[_PICTURES[kind]])
        with picture:
            if picture.width * picture.height > _MOST_DOTS:
                return PaperFault.TOO_LARGE
            picture.load()
    except Image.DecompressionBombError:
        return PaperFault.TOO_LARGE
    except (OSError, ValueError, SyntaxError):
        return PaperFault.DAMAGED
    return None


def _pdf_fault(untrusted: bytes) -> PaperFault | None:
    import pypdfium2  # a large library that only foreign files need

    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as refusal:
        is_locked = getattr(refusal, "err_code", None) == _WRONG_PASSWORD
        return PaperFault.PASSWORD if is_locked else PaperFault.DAMAGED
    try:
        return _fault_within(document)
    except pypdfium2.PdfiumError:
        return PaperFault.DAMAGED
    finally:
        document.close()


def _fault_within(document: "PdfDocument") -> PaperFault | None:
    if not len(document):
        return PaperFault.DAMAGED
    if len(document) > MOST_PAGES:
        return PaperFault.TOO_LARGE
    for place in range(len(document)):
        page = document[place]
        sides = page.get_size()
        page.close()
        if max(sides) > _LONGEST_SIDE:
            return PaperFault.TOO_LARGE
        if min(sides) <= 0:
            return PaperFault.DAMAGED
    return PaperFault.ACTS if _acts(document) else None


def _acts(document: "PdfDocument") -> bool:
    from pypdfium2.raw import FPDFDoc_GetJavaScriptActionCount

    if FPDFDoc_GetJavaScriptActionCount(document) > 0 or document.count_attachments():
        return True
    if document.get_formtype() in _FORMS_THAT_RUN:
        return True
    # written anew, so that neither packed objects nor names spelled by numbers hide anything
    written = io.BytesIO()
    document.save(written)
    return _DEEDS.search(_STREAM.sub(b"", written.getvalue())) is not None
