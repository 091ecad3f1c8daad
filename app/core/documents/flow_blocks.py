"""What a page of safe HTML consists of: paragraphs, pictures, tables and lines, in their order.

The HTML has been cleaned (content.read_page): only elements of an allow-list are left in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from html.parser import HTMLParser

from typing_extensions import override

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = (
    "p div section article main header footer figure figcaption dl dt dd ul ol li blockquote pre"
    " table caption thead tbody tfoot tr td th hr h1 h2 h3 h4 h5 h6"
)
_ENDS_LINE = frozenset(_BLOCKS.split())
_MARKS = {
    "b": "bold", "strong": "bold", "th": "bold", "dt": "bold", "em": "bold", "i": "bold",
    "mark": "bold", "s": "struck", "del": "struck", "u": "under", "ins": "under",
    "sub": "low", "sup": "high",
}  # fmt: skip
"""What an element makes of its letters. Italics are set bold: the faces of most scripts have none."""
_NOT_CLOSED = frozenset({"br", "hr", "img", "wbr"})
_ASSET = "asset:"
_MOST_COLUMNS = 40
"""Of a table; what stands further to the right shares the last one."""
_LONGEST_NUMBER = 10
_DEEPEST = 10
"""What stands deeper in lists and quotations is set as deep as this."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Words of one look."""

    text: str
    marks: frozenset[str] = frozenset()
    """Of bold, struck, under, low, high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words that run on, from line to line."""

    letters: tuple[Letters, ...]
    level: int = 0
    """Of a heading, from 1; 0 for others."""
    depth: int = 0
    """How deep it stands in lists and quotations."""
    marker: str = ""
    """What stands before the first line: a dot, a number."""
    is_quote: bool = False
    is_verbatim: bool = False
    """Whether spaces and ends of lines stand as they are."""

    @property
    def text(self) -> str:
        """Return what it says."""
        return "".join(one.text for one in self.letters)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by the SHA-256 of its file."""

    sha256: str
    alt: str
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, at the column where it begins."""

    blocks: tuple["Block", ...]
    column: int
    across: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, each with the cells that begin in it."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Divider:
    """A level line across the page."""


Block = Paragraph | Picture | Grid | Divider


def blocks_of(safe_html: str) -> tuple[Block, ...]:
    """Return the blocks of a page."""
    reader = _Reader()
    reader.feed(safe_html)
    reader.close()
    return reader.finished()


@dataclass(slots=True)
class _Table:
    """A table under way."""

    rows: list[list[Cell]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    """For how many more rows a column is covered by a cell from above."""
    columns: int = 0

    def begin_row(self) -> None:
        self.rows.append([])
        self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}

    def place(self, across: int, down: int) -> int:
        """Take the next free column of the row for a cell."""
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        column = row[-1].column + row[-1].across if row else 0
        while self.taken.get(column):
            column += 1
        column = min(column, _MOST_COLUMNS - 1)
        for covered in range(column, column + across if down > 1 else column):
            self.taken[covered] = down
        self.columns = max(self.columns, min(column + across, _MOST_COLUMNS))
        return column


@dataclass(frozen=True, slots=True)
class _OpenCell:
    """A cell under way: in the how manyth table, and where in it."""

    table: int
    column: int
    across: int
    is_head: bool


class _Reader(HTMLParser):
    """Reads elements as they come; what one of them left open is closed by the next that must."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._places: list[list[Block]] = [[]]
        """The page, and the cells of tables within it that are open."""
        self._tables: list[_Table] = []
        self._cells: list[_OpenCell] = []
        self._marks: list[str] = []
        self._lists: list[int | None] = []
        """Of each open list the number of its next item; None for one of dots."""
        self._quotes = 0
        self._verbatim = 0
        self._level = 0
        self._marker = ""
        self._letters: list[Letters] = []
        self._beginnings: dict[str, Callable[[dict[str, str]], None]] = {
            "br": self._begin_br,
            "hr": self._begin_hr,
            "img": self._begin_img,
            "ul": partial(self._begin_list, is_numbered=False),
            "ol": partial(self._begin_list, is_numbered=True),
            "li": self._begin_li,
            "table": self._begin_table,
            "tr": self._begin_tr,
            "td": partial(self._begin_cell, is_head=False),
            "th": partial(self._begin_cell, is_head=True),
        }

    def finished(self) -> tuple[Block, ...]:
        while self._tables:
            self._end_table()
        self._flush()
        return tuple(self._places[0])

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _ENDS_LINE:
            self._flush()
        if tag in _MARKS and tag not in _NOT_CLOSED:
            self._marks.append(tag)
        self._level = _HEADINGS.get(tag, self._level)
        self._count(tag, 1)
        begin = self._beginnings.get(tag)
        if begin is not None:
            begin(given)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDS_LINE:
            self._flush()
        if tag in self._marks:
            del self._marks[len(self._marks) - 1 - self._marks[::-1].index(tag)]
        if tag in _HEADINGS:
            self._level = 0
        self._count(tag, -1)
        if tag in {"ul", "ol"}:
            self._lists = self._lists[:-1]
        elif tag == "li":
            self._marker = ""
        elif tag in {"td", "th"}:
            self._end_cells()
        elif tag == "table":
            self._end_table()

    @override
    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._letters.append(Letters(data, self._look()))
            return
        text = " ".join(data.split())
        if not text:
            if data and self._letters:
                self._letters.append(Letters(" ", self._look()))
            return
        before = " " if data[0].isspace() and self._letters else ""
        after = " " if data[-1].isspace() else ""
        self._letters.append(Letters(f"{before}{text}{after}", self._look()))

    def _look(self) -> frozenset[str]:
        return frozenset(_MARKS[tag] for tag in self._marks)

    def _begin_br(self, _given: dict[str, str]) -> None:
        self._letters.append(Letters("\n"))

    def _begin_hr(self, _given: dict[str, str]) -> None:
        self._put(Divider())

    def _begin_img(self, given: dict[str, str]) -> None:
        sha256 = given.get("src", "").removeprefix(_ASSET)
        if sha256:
            self._flush()
            self._put(Picture(sha256, given.get("alt", ""), self._depth))

    def _begin_list(self, given: dict[str, str], *, is_numbered: bool) -> None:
        start = given.get("start", "")
        first = int(start) if start.isdecimal() and len(start) < _LONGEST_NUMBER else 1
        self._lists.append(first if is_numbered else None)

    def _begin_li(self, _given: dict[str, str]) -> None:
        number = self._lists[-1] if self._lists else None
        self._marker = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1

    def _count(self, tag: str, by: int) -> None:
        """Note that a quotation, or letters that stand as they are, begin or end."""
        if tag == "blockquote":
            self._quotes = max(0, self._quotes + by)
        elif tag == "pre":
            self._verbatim = max(0, self._verbatim + by)

    def _begin_table(self, _given: dict[str, str]) -> None:
        self._tables.append(_Table())

    def _begin_tr(self, _given: dict[str, str]) -> None:
        if self._tables:
            self._end_cells()
            self._tables[-1].begin_row()

    def _begin_cell(self, given: dict[str, str], *, is_head: bool) -> None:
        if self._tables:
            self._end_cells()
            across, down = (_span(given.get(name, "")) for name in ("colspan", "rowspan"))
            column = self._tables[-1].place(across, down)
            self._cells.append(_OpenCell(len(self._tables), column, across, is_head))
            self._places.append([])

    def _end_cells(self) -> None:
        """End the cell that is open of the innermost table."""
        self._flush()
        while self._cells and self._cells[-1].table == len(self._tables):
            opened = self._cells.pop()
            blocks = tuple(self._places.pop())
            row = self._tables[-1].rows[-1]
            if row and row[-1].column == opened.column:  # the last column, which several share
                row[-1] = replace(row[-1], blocks=(*row[-1].blocks, *blocks))
                continue
            cell = Cell(
                blocks=blocks,
                column=opened.column,
                across=opened.across,
                is_head=opened.is_head,
            )
            row.append(cell)

    def _end_table(self) -> None:
        if self._tables:
            self._end_cells()
            table = self._tables.pop()
            rows = tuple(tuple(row) for row in table.rows if row)
            if rows:
                self._put(Grid(rows, table.columns))

    @property
    def _depth(self) -> int:
        return min(len(self._lists) + self._quotes, _DEEPEST)

    def _put(self, block: Block) -> None:
        self._places[-1].append(block)

    def _flush(self) -> None:
        """End the paragraph that is under way."""
        letters, self._letters = tuple(self._letters), []
        if any(one.text.strip() for one in letters):
            self._put(
                Paragraph(
                    letters=letters,
                    level=self._level,
                    depth=self._depth,
                    marker=self._marker,
                    is_quote=self._quotes > 0,
                    is_verbatim=self._verbatim > 0,
                )
            )
            self._marker = ""


def _span(untrusted: str) -> int:
    return max(1, min(int(untrusted[:9]), _MOST_COLUMNS)) if untrusted.isdecimal() else 1


def words_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield what blocks say, for whoever measures them."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    yield from words_of(cell.blocks)
