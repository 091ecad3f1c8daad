"""A page of safe HTML set in type: as many sheets of A4 as it takes, in every script.

What is set once stays as it is, whatever program shows it later: a PDF like any other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from app.core.documents.flow_blocks import (
    Block,
    Cell,
    Divider,
    Grid,
    Letters,
    Paragraph,
    Picture,
    blocks_of,
    words_of,
)
from app.core.documents.fonts import Weight
from app.core.documents.pages import Align, Pages, Paper, Path
from app.core.documents.places import as_keywords, places_in
from app.core.documents.shaping import LINE_HEIGHT, Line, set_line, wrap
from app.core.documents.table_layout import BODY_SIZE, column_widths

_EDGE, _FOOT = 60.0, 56.0
_SIZE, _SMALL = 10.5, 0.68
_HEADINGS = (20.0, 15.0, 12.5, 11.0, 10.5, 10.5)
_INDENT, _GAP, _PADDING = 20.0, 6.0, 5.0
_RAISE = {"high": 0.36, "low": -0.16}
_INK, _GREY, _SOFT = "#1B1F27", "#5B6270", "#EEF1F6"
_SPACES, _EACH_SPACE = re.compile(" +|[^ ]+"), re.compile(" |[^ ]+")
"""A line's words and what lies between them."""
_LEAST_LINES = 2
_NARROWEST = 12.0
_DOTS_AN_INCH = 150


@dataclass(frozen=True, slots=True)
class Sheets:
    """A page that is set: its PDF, and of how many sheets that is."""

    content: bytes
    count: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or a part of one, on a line."""

    line: Line
    size: float
    marks: frozenset[str]

    @property
    def width(self) -> float:
        return self.line.width(self.size)


@dataclass(frozen=True, slots=True)
class _Set:
    """A line that is set: its pieces, and from where to where it reaches down."""

    pieces: tuple[_Piece, ...]
    height: float
    marker: str = ""
    """What stands before it."""
    picture: bytes = b""
    """What stands there instead of words."""
    wide: float = 0.0


_Filled = tuple[Cell, list[_Set]]
"""A cell, and those of its lines that are not drawn yet."""


def set_in_type(
    safe_html: str,
    pictures: Mapping[str, bytes],
    *,
    title: str,
    author: str,
    made_at: datetime,
    language: str,
) -> Sheets:
    """Return a page as sheets. `pictures` are those that it shows, by hash; each was let in by a probe.

    What only the plant can fill in stands among the keywords as well.
    """
    pages = Pages(
        Paper.A4_PORTRAIT,
        title=title,
        author=author,
        made_at=made_at,
        language=language,
        keywords=as_keywords(places_in(safe_html)),
    )
    flow = _Flow(pages, pictures)
    flow.put(blocks_of(safe_html))
    return flow.finish()


class _Flow:
    """Blocks going down one sheet after another."""

    def __init__(self, pages: Pages, pictures: Mapping[str, bytes]) -> None:
        self._pages = pages
        self._pictures = pictures
        self._number = 1
        self._y = pages.height - _EDGE
        self._width = pages.width - 2 * _EDGE

    def put(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Picture):
                self._picture(block)
            elif isinstance(block, Grid):
                self._grid(block)
            elif isinstance(block, Divider):
                self._need(2 * _GAP)
                self._pages.rule(_EDGE, self._y - _GAP, self._width, colour=_GREY)
                self._y -= 2 * _GAP

    def finish(self) -> Sheets:
        self._end_sheet()
        return Sheets(self._pages.finish(), self._number)

    def _need(self, height: float) -> None:
        """Go on with the next sheet where there is less room than this."""
        if self._y - height < _FOOT and self._y < self._pages.height - _EDGE:
            self._next()

    def _next(self) -> None:
        self._end_sheet()
        self._pages.next_page()
        self._number += 1
        self._y = self._pages.height - _EDGE

    def _end_sheet(self) -> None:
        middle = self._pages.width / 2
        self._pages.text(middle, _FOOT / 2, str(self._number), 9, colour=_GREY, align=Align.CENTRE)

    def _paragraph(self, paragraph: Paragraph) -> None:
        size = _size_of(paragraph)
        x = _EDGE + _INDENT * paragraph.depth
        lines = set_paragraph(paragraph, self._pages.width - _EDGE - x)
        if paragraph.level:
            # a heading does not end a sheet
            self._y -= size * 0.7
            self._need(sum(line.height for line in lines) + _LEAST_LINES * _SIZE * LINE_HEIGHT)
        for line in lines:
            self._need(line.height)
            if paragraph.is_quote:
                bar = Path().rectangle(x - 10, self._y - line.height, 2, line.height)
                self._pages.fill(bar, _GREY)
            draw_line(self._pages, line, x, self._y, size)
            self._y -= line.height
        self._y -= _GAP / 2 if paragraph.marker else _GAP

    def _picture(self, picture: Picture) -> None:
        content = self._pictures.get(picture.sha256)
        if content is None:
            return
        x = _EDGE + _INDENT * picture.depth
        wide, high = self._sized(content, self._pages.width - _EDGE - x)
        self._need(high + _GAP)
        self._pages.picture(x, self._y - high, wide, high, content)
        self._y -= high + _GAP

    def _sized(self, content: bytes, most: float) -> tuple[float, float]:
        """Return how wide and high a picture is set within a width, and within a sheet."""
        wide, high = self._pages.picture_size(content)
        room = self._pages.height - _EDGE - _FOOT - 4 * _GAP
        scale = min(72 / _DOTS_AN_INCH, most / wide, room / high)
        return wide * scale, high * scale

    def _grid(self, grid: Grid) -> None:
        edges = _edges(grid, self._width)
        for row in grid.rows:
            self._row(row, edges)
        self._y -= _GAP

    def _row(self, row: tuple[Cell, ...], edges: Sequence[float]) -> None:
        """Draw a row; one that is higher than what is left of a sheet goes on upon the next."""
        left = [(cell, list(self._cell_lines(cell, edges))) for cell in row]
        if not _has_lines(left):
            left = [(cell, [_Set((), _SIZE * LINE_HEIGHT)]) for cell, _none in left]
        self._need(max(lines[0].height for _cell, lines in left if lines) + 2 * _PADDING)
        while _has_lines(left):
            left = self._part_of_row(left, edges)
            if _has_lines(left):
                self._next()

    def _part_of_row(self, left: list[_Filled], edges: Sequence[float]) -> list[_Filled]:
        """Draw as much of a row as there is room for; return what is left of its cells."""
        room = self._y - _FOOT - 2 * _PADDING
        shown = [(cell, _fitting(lines, room)) for cell, lines in left]
        if not _has_lines(shown):
            return left
        height = max(_height(lines) for _cell, lines in shown)
        for cell, lines in shown:
            self._cell(cell, lines, edges, height)
        self._y -= height
        drawn = [len(lines) for _cell, lines in shown]
        return [(cell, lines[done:]) for (cell, lines), done in zip(left, drawn, strict=True)]

    def _cell(
        self, cell: Cell, lines: Sequence[_Set], edges: Sequence[float], height: float
    ) -> None:
        x, width = _EDGE + edges[cell.column], _width_of(cell, edges)
        box = Path().rectangle(x, self._y - height, width, height)
        if cell.is_head:
            self._pages.fill(box, _SOFT)
        self._pages.stroke(box, _GREY, 0.5)
        y = self._y - _PADDING
        for line in lines:
            if line.picture:
                box_of = (x + _PADDING, y - line.height, line.wide, line.height)
                self._pages.picture(*box_of, line.picture)
            draw_line(self._pages, line, x + _PADDING, y, _SIZE)
            y -= line.height

    def _cell_lines(self, cell: Cell, edges: Sequence[float]) -> Iterator[_Set]:
        width = max(_width_of(cell, edges) - 2 * _PADDING, _NARROWEST)
        for block in _flat(cell.blocks):
            if isinstance(block, Paragraph):
                yield from set_paragraph(_without_depth(block), width)
            elif content := self._pictures.get(block.sha256):
                wide, high = self._sized(content, width)
                yield _Set((), high, picture=content, wide=wide)


def _without_depth(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph as it stands in a cell: its marker among its words."""
    marker = (Letters(f"{paragraph.marker} "),) if paragraph.marker else ()
    words = (*marker, *paragraph.letters)
    return replace(paragraph, letters=words, marker="", level=0, depth=0)


def _flat(blocks: Sequence[Block]) -> Iterator[Paragraph | Picture]:
    """Yield the paragraphs and pictures of a cell; a table within it row by row."""
    for block in blocks:
        if isinstance(block, (Paragraph, Picture)):
            yield block
        elif isinstance(block, Grid):
            for row in block.rows:
                words = " · ".join(" ".join(words_of(cell.blocks)) for cell in row)
                yield Paragraph(letters=(Letters(words),))


def _edges(grid: Grid, width: float) -> list[float]:
    """Return where columns begin, and where the last ends, from the left edge."""
    titles, rows = [""] * grid.columns, [[""] * grid.columns for _row in grid.rows]
    for place, row in enumerate(grid.rows):
        for cell in row:
            if cell.across == 1:
                into = titles if cell.is_head and not place else rows[place]
                into[cell.column] = " ".join(words_of(cell.blocks))
    # that layout measures smaller letters than these
    scale = _SIZE / BODY_SIZE
    widths = column_widths(titles, rows, [None] * grid.columns, width / scale)
    return [0.0, *accumulate(one * scale for one in widths)]


def _width_of(cell: Cell, edges: Sequence[float]) -> float:
    return edges[min(cell.column + cell.across, len(edges) - 1)] - edges[cell.column]


def _has_lines(cells: Sequence[_Filled]) -> bool:
    return any(lines for _cell, lines in cells)


def _height(lines: Sequence[_Set]) -> float:
    return sum(line.height for line in lines) + 2 * _PADDING


def _fitting(lines: Sequence[_Set], room: float) -> list[_Set]:
    """Return the first lines, as many as there is room for."""
    shown: list[_Set] = []
    for line in lines:
        room -= line.height
        if room < 0:
            break
        shown.append(line)
    return shown


def _size_of(paragraph: Paragraph) -> float:
    return _HEADINGS[paragraph.level - 1] if paragraph.level else _SIZE


def set_paragraph(paragraph: Paragraph, width: float) -> list[_Set]:
    """Return the lines of a paragraph within a width."""
    size = _size_of(paragraph)
    lines: list[_Set] = []
    for pieces in _rows_of_pieces(paragraph, size, width):
        marker = "" if lines else paragraph.marker
        lines.append(_Set(tuple(pieces), size * LINE_HEIGHT, marker))
    return lines


def _rows_of_pieces(paragraph: Paragraph, size: float, width: float) -> Iterator[list[_Piece]]:
    """Yield the pieces of each line; a word that is parted by a change of look stays together."""
    row: list[_Piece] = []
    room = width
    for word in _words(paragraph, size, width):
        if word is None:
            yield row
            row, room = [], width
            continue
        needed, is_space = _width(word), _is_space(word)
        if row and needed > room and not is_space:
            yield row
            row, room = [], width
        if is_space and not row and not paragraph.is_verbatim:
            continue
        row += word
        room -= needed
    if row:
        yield row


def _width(word: Sequence[_Piece]) -> float:
    return sum(piece.width for piece in word)


def _is_space(word: Sequence[_Piece]) -> bool:
    return all(not piece.line.text.strip() for piece in word)


def _words(paragraph: Paragraph, size: float, width: float) -> Iterator[list[_Piece] | None]:
    """Yield words and spaces as pieces that stay together; None where a line ends."""
    word: list[_Piece] = []
    for letters in paragraph.letters:
        for part in _parts(letters.text, keeps_spaces=paragraph.is_verbatim):
            if part.strip():
                word += _pieces(part, letters.marks, paragraph, size, width)
                continue
            if word:
                yield word
                word = []
            yield None if part == "\n" else _pieces(part, letters.marks, paragraph, size, width)
    if word:
        yield word


def _parts(text: str, *, keeps_spaces: bool) -> Iterator[str]:
    """Yield words, spaces and ends of lines; several spaces are one unless they are kept."""
    pattern = _EACH_SPACE if keeps_spaces else _SPACES
    for place, line in enumerate(text.split("\n")):
        if place:
            yield "\n"
        for part in pattern.findall(line.replace("\t", "    ")):
            yield " " if part.startswith(" ") else part


def _pieces(
    part: str, marks: frozenset[str], paragraph: Paragraph, size: float, width: float
) -> list[_Piece]:
    is_bold = "bold" in marks or paragraph.level > 0
    weight = Weight.SEMIBOLD if is_bold else Weight.REGULAR
    own = size * _SMALL if marks & _RAISE.keys() else size
    return [_Piece(line, own, marks) for line in wrap(part, weight, own, width)]


def draw_line(pages: Pages, line: _Set, x: float, top: float, size: float) -> None:
    """Draw a line whose upper edge is at `top`."""
    base = top - size * (1 + (LINE_HEIGHT - 1) / 2) + size * 0.1
    if line.marker:
        mark = set_line(line.marker)
        pages.line_of_text(x - 6, base, mark, size, colour=_INK, align=Align.RIGHT)
    for piece in line.pieces:
        rise = sum(_RAISE.get(mark, 0.0) for mark in piece.marks) * size
        pages.line_of_text(x, base + rise, piece.line, piece.size, colour=_INK)
        for name, height in (("struck", 0.3), ("under", -0.12)):
            if name in piece.marks:
                pages.rule(x, base + rise + height * piece.size, piece.width, colour=_INK)
        x += piece.width
