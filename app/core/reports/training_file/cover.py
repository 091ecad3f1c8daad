"""The cover of a training file: whose it is, what is in it on which page, and by what each is checked."""

from collections.abc import Sequence

from app.core.base.figures import moment, number
from app.core.base.words import _
from app.core.documents import Align, Pages, Paper, Path, Weight
from app.core.reports.tables import ReportTable
from app.core.reports.training_file.types import Bearer, ContentsLine

_EDGE, _PHOTO = 56.0, 92.0
_INK, _GREY, _LINE = "#111827", "#5B6270", "#D5D9E0"
_FOOT, _NUMBERS = 64.0, 40.0
"""Least room kept at the foot, and the column of page numbers."""


def cover_pages(bearer: Bearer, lines: Sequence[ContentsLine], first: ReportTable) -> bytes:
    """Return the cover with the contents; `first` is a table of the record, which says who made it and when."""
    pages = Pages(
        Paper.A4_PORTRAIT,
        title=_("Training file {number}").format(number=bearer.number),
        author=first.site,
        made_at=first.generated_at,
    )
    y = _bearer(pages, bearer, first)
    y = _heading(pages, y - 22)
    for line in lines:
        if y - _height(line) < _FOOT:
            pages.next_page()
            y = _heading(pages, pages.height - _EDGE - 16)
        y = _line(pages, line, y)
    return pages.finish()


def _bearer(pages: Pages, bearer: Bearer, first: ReportTable) -> float:
    """Draw whose file it is; return where what follows begins."""
    width, top = pages.width - 2 * _EDGE, pages.height - _EDGE
    pages.text(_EDGE, top, first.site, 10, colour=_GREY)
    pages.text(_EDGE, top - 30, _("Training file"), 24, weight=Weight.SEMIBOLD, colour=_INK)
    if bearer.photo:
        corner = pages.width - _EDGE - _PHOTO, top - _PHOTO + 8
        pages.picture(*corner, _PHOTO, _PHOTO, bearer.photo)
        pages.stroke(Path().rectangle(*corner, _PHOTO, _PHOTO), _LINE, 0.6)
        width -= _PHOTO + 16
    both = f"{bearer.name} ({bearer.name_local})" if bearer.name_local else bearer.name
    y = pages.paragraph(_EDGE, top - 60, both, 16, width, weight=Weight.SEMIBOLD, colour=_INK)
    pages.text(_EDGE, y - 2, bearer.number, 11, colour=_GREY)
    y = min(y - 26, top - _PHOTO - 12)
    for words, value in (*bearer.facts, *_made(first)):
        pages.text(_EDGE, y, words, 9.5, colour=_GREY)
        y = pages.paragraph(_EDGE + 130, y, value, 9.5, pages.width - 2 * _EDGE - 130, colour=_INK)
        y -= 3
    return y


def _made(first: ReportTable) -> list[tuple[str, str]]:
    """Return by whom and when the file was made, and as of when it tells."""
    told = [(_("As of"), one) for one in first.filters]
    made = _("{moment} by {name}").format(moment=moment(first.generated_at), name=first.made_by)
    return [*told, (_("Made"), made)]


def _heading(pages: Pages, y: float) -> float:
    right = pages.width - _EDGE
    pages.text(_EDGE, y, _("Contents"), 13, weight=Weight.SEMIBOLD, colour=_INK)
    pages.text(right, y, _("Page"), 8.5, colour=_GREY, align=Align.RIGHT)
    pages.rule(_EDGE, y - 8, pages.width - 2 * _EDGE, colour=_LINE)
    return y - 26


def _height(line: ContentsLine) -> float:
    return 52.0 if line.sha256 else 40.0


def _line(pages: Pages, line: ContentsLine, y: float) -> float:
    inner = pages.width - 2 * _EDGE - _NUMBERS
    page = "–" if line.page is None else number(line.page)
    pages.text(pages.width - _EDGE, y, page, 10.5, colour=_INK, align=Align.RIGHT)
    y = pages.paragraph(_EDGE, y, line.title, 10.5, inner, weight=Weight.SEMIBOLD, colour=_INK)
    if line.about:
        y = pages.paragraph(_EDGE, y + 1, line.about, 8.5, inner, colour=_GREY)
    if line.sha256:
        told = _("SHA-256 {hash}").format(hash=line.sha256)
        y = pages.paragraph(_EDGE, y, told, 7, inner, colour=_GREY)
    return y - 12
