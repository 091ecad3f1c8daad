"""Papers of others set on sheets of ours: what shows comes along, what acts stays behind."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from app.core.base.words import _
from app.core.documents.fonts import Weight
from app.core.documents.foreign import PDF, media_type_of, page_count
from app.core.documents.pages import Align, Pages, Paper
from app.core.documents.picture_pages import page_of_picture

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfMatrix, PdfPage

_EDGE, _HEAD, _FOOT = 40.0, 58.0, 40.0
_GREY, _LINE = "#5B6270", "#D5D9E0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """A paper that is set in, with the words of each of its sheets."""

    title: str
    about: str
    """Whose it is and since when: beneath the title."""
    foot: str
    """What proves it: stands at the foot of each sheet."""
    content: bytes
    """PDF, PNG or JPEG that `paper_fault` let in."""


def set_in(inset: Inset, *, author: str, made_at: datetime) -> bytes:
    """Return a paper's pages as a PDF: each within the frame of a sheet of A4, under its words.

    A page is painted as it looks, with what is filled in and remarked on it; links and actions are not.
    """
    import pypdfium2  # a large library that only few need

    is_pdf = media_type_of(inset.content) == PDF
    paper = inset.content if is_pdf else page_of_picture(inset.content)
    with (
        pypdfium2.PdfDocument(paper) as foreign,
        pypdfium2.PdfDocument(_sheets(inset, page_count(paper), author, made_at)) as ours,
    ):
        for place in range(len(foreign)):
            _set_page(foreign, ours, place)
        written = BytesIO()
        ours.save(written)
    return written.getvalue()


def _sheets(inset: Inset, count: int, author: str, made_at: datetime) -> bytes:
    """Return the sheets with their words, bare where the paper comes."""
    pages = Pages(Paper.A4_PORTRAIT, title=inset.title, author=author, made_at=made_at)
    for place in range(1, count + 1):
        if place > 1:
            pages.next_page()
        top, wide = pages.height - 34, pages.width - 2 * _EDGE
        pages.text(_EDGE, top, inset.title, 11, weight=Weight.SEMIBOLD)
        told = _("Page {page} of {count}").format(page=place, count=count)
        pages.text(_EDGE + wide, top, told, 8.5, colour=_GREY, align=Align.RIGHT)
        pages.text(_EDGE, top - 12, inset.about, 8.5, colour=_GREY)
        pages.rule(_EDGE, pages.height - _HEAD + 4, wide, colour=_LINE)
        pages.rule(_EDGE, _FOOT - 4, wide, colour=_LINE)
        pages.text(_EDGE, _FOOT - 16, inset.foot, 7, colour=_GREY)
    return pages.finish()


def _set_page(foreign: "PdfDocument", ours: "PdfDocument", place: int) -> None:
    """Paint a page of the one within the frame of the same sheet of the other, no larger than it is."""
    from pypdfium2.raw import FLAT_PRINT, FPDFPage_Flatten

    page, sheet = foreign[place], ours[place]
    FPDFPage_Flatten(page, FLAT_PRINT)  # what was filled in or remarked becomes part of the page
    painted = foreign.page_as_xobject(place, ours).as_pageobject()
    painted.set_matrix(_within_frame(page, *sheet.get_size()))
    sheet.insert_obj(painted)
    sheet.gen_content()
    page.close()
    sheet.close()


def _within_frame(page: "PdfPage", width: float, height: float) -> "PdfMatrix":
    """Return where a page goes, which has been turned and lies at its own corner already."""
    from pypdfium2 import PdfMatrix

    across, up = page.get_size()
    wide, high = width - 2 * _EDGE, height - _HEAD - _FOOT
    scale = min(1.0, wide / across, high / up)
    beside, below = (wide - scale * across) / 2, high - scale * up
    return PdfMatrix().scale(scale, scale).translate(_EDGE + beside, _FOOT + below)
