"""Numbers on the pages of a stack that was joined of several documents."""

from datetime import UTC, datetime
from io import BytesIO

from app.core.base.words import _
from app.core.documents.pages import Align, Pages, Paper

_EDGE, _UP, _GREY = 40.0, 14.0, "#5B6270"


def numbered(document: bytes, title: str) -> bytes:
    """Return a PDF with what it is and the page's number at the foot of each of its pages, to the right."""
    import pypdfium2  # a large library that only few need

    with pypdfium2.PdfDocument(document) as stack:
        sizes = [stack.get_page_size(place) for place in range(len(stack))]
        with pypdfium2.PdfDocument(_feet(sizes, title)) as feet:
            for place in range(len(stack)):
                page = stack[place]
                page.insert_obj(feet.page_as_xobject(place, stack).as_pageobject())
                page.gen_content()
                page.close()
        written = BytesIO()
        stack.save(written)
    return written.getvalue()


def _feet(sizes: list[tuple[float, float]], title: str) -> bytes:
    """Return pages with nothing but their feet; what lies beyond a narrower page is never drawn."""
    pages = Pages(
        Paper.A4_LANDSCAPE, title=title, author="", made_at=datetime.fromtimestamp(0, UTC)
    )
    for place, (width, _height) in enumerate(sizes, start=1):
        if place > 1:
            pages.next_page()
        told = _("{title} · page {page} of {count}").format(
            title=title, page=place, count=len(sizes)
        )
        pages.text(width - _EDGE, _UP, told, 7.5, colour=_GREY, align=Align.RIGHT)
    return pages.finish()
