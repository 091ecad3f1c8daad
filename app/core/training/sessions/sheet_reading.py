"""Reading a scanned sign-in sheet: which page of which sheet, and which boxes are marked.

What is not clear is never guessed: it is asked. A page needs the codes in all four corners.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from PIL import Image

from app.core.documents import Ground, ink_in, located_codes, piece_of, scanned_pages
from app.core.training.sessions.sheet_layout import (
    CODES,
    ROWS,
    CornerCode,
    box_of,
    code_centre,
    look_at,
    read_corner,
)

_EMPTY_UP_TO, _MARKED_FROM, _BLACKENED_FROM = 0.015, 0.09, 0.75
"""Shares of a box that is inked. A dot is not clear, nor is a box that somebody blackened."""
_LOOK_WIDTH = 800


class BoxMark(StrEnum):
    """What is in a box."""

    MARKED = "marked"
    EMPTY = "empty"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page of a scan that is of a sign-in sheet."""

    sheet_id: UUID
    page: int
    marks: tuple[BoxMark, ...]
    """Line by line."""
    looks: tuple[bytes, ...] = ()
    """How a line looks, as PNG: box and signature of each that is not clear; b"" of the others."""


def read_scan(untrusted: bytes) -> tuple[ReadPage, ...]:
    """Return the pages of sign-in sheets in a scan; none where nothing can be read."""
    found = (_read_page(picture) for picture in scanned_pages(untrusted))
    return tuple(one for one in found if one is not None)


def mark_of(ink: float | None) -> BoxMark:
    """Return what a box says that is inked so much; None: it is not whole in the picture."""
    if ink is None or ink >= _BLACKENED_FROM or _EMPTY_UP_TO < ink < _MARKED_FROM:
        return BoxMark.UNCLEAR
    return BoxMark.EMPTY if ink <= _EMPTY_UP_TO else BoxMark.MARKED


def _read_page(picture: Image.Image) -> ReadPage | None:
    seen = [(read_corner(one.text), one.centre) for one in located_codes(picture)]
    codes = [(code, centre) for code, centre in seen if code is not None]
    of = _one_page(code for code, _centre in codes)
    if of is None:
        return None
    corners = {code.corner: centre for code, centre in codes}
    if len(corners) < len(CODES):
        return ReadPage(sheet_id=of.sheet_id, page=of.page, marks=(BoxMark.UNCLEAR,) * ROWS)
    (left, top), (right, bottom) = code_centre(0), code_centre(2)
    ground = Ground([corners[one] for one in range(len(CODES))], left, top, right, bottom)
    marks = tuple(mark_of(ink_in(picture, ground, box_of(line))) for line in range(ROWS))
    looks = tuple(
        piece_of(picture, ground, look_at(line), _LOOK_WIDTH) if mark is BoxMark.UNCLEAR else b""
        for line, mark in enumerate(marks)
    )
    return ReadPage(sheet_id=of.sheet_id, page=of.page, marks=marks, looks=looks)


def _one_page(codes: Iterable[CornerCode]) -> CornerCode | None:
    """Return one of the codes where all are of one page; two pages on one glass are not read."""
    found = list(codes)
    pages = {(one.sheet_id, one.page) for one in found}
    return found[0] if len(pages) == 1 else None
