"""What the two grids of the matrix show: needs by row and column, and marks by person and requirement."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from typing_extensions import override

from app.core.base.figures import day, number
from app.core.base.paging import Page, has_words
from app.core.base.words import _, plural
from app.core.training.matrix import (
    MARKS,
    NEED_LETTERS,
    NEEDS,
    Cell,
    CellEdit,
    Grid,
    GridColumn,
    GridRow,
    Need,
    PersonLine,
    StandingMark,
    Standpoint,
)
from app.ui.kit.tables.grid import NOTHING, GridHead, GridMark, GridModel
from app.ui.kit.theme import Tone

_Index = QModelIndex | QPersistentModelIndex
PAGE = 50

NEED_TONES = {
    Need.MANDATORY: Tone.PRIMARY,
    Need.RECOMMENDED: Tone.INFO,
    Need.NOTHING: Tone.NEUTRAL,
}
NEXT = {
    Need.NOTHING: Need.MANDATORY,
    Need.MANDATORY: Need.RECOMMENDED,
    Need.RECOMMENDED: Need.NOTHING,
}
MARK_TONES = {
    StandingMark.QUALIFIED: Tone.SUCCESS,
    StandingMark.DUE_SOON: Tone.WARNING,
    StandingMark.OVERDUE: Tone.DANGER,
    StandingMark.LAPSED: Tone.DANGER,
    StandingMark.ASSIGNED: Tone.INFO,
    StandingMark.WAITING: Tone.INFO,
    StandingMark.BLOCKED: Tone.WARNING,
    StandingMark.WAIVED: Tone.NEUTRAL,
    StandingMark.AWAY: Tone.NEUTRAL,
    StandingMark.RECOMMENDED: Tone.NEUTRAL,
    StandingMark.NOT_YET: Tone.NEUTRAL,
    StandingMark.NOT_ASKED: Tone.NEUTRAL,
}


_MARKS = {one: GridMark(one.value, tone=MARK_TONES[one]) for one in StandingMark}


class AskedModel(GridModel):
    """Job roles and audiences by requirements and curricula, with what is marked and not applied yet."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[GridRow] = []
        self.columns: list[GridColumn] = []
        self.may_change = False
        self._grid: Grid | None = None
        self._edits: dict[Cell, CellEdit] = {}
        self._undo: list[dict[Cell, CellEdit | None]] = []
        self._words = ("", "")

    def show_grid(self, grid: Grid, edits: Iterable[CellEdit], *, may_change: bool) -> None:
        """Show a matrix, with what was marked before."""
        self._grid, self.may_change = grid, may_change
        self._edits = {
            one.cell: one for one in edits if not may_change or not self._is_as_it_is(one)
        }
        self.narrow(*self._words)

    def narrow(self, row_words: str, column_words: str) -> None:
        """Leave out rows and columns that do not have the words."""
        self._words = row_words, column_words
        self.beginResetModel()
        grid = self._grid
        self.rows = [] if grid is None else _called(grid.rows, row_words)
        self.columns = [] if grid is None else _called(_columns_of(grid), column_words)
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """Return which cell lies where."""
        return Cell(owner_id=self.rows[row].id, thing_id=self.columns[column].id)

    def need(self, row: int, column: int) -> Need:
        """Return what a cell asks for, or is marked to ask for."""
        return self._need(self.cell(row, column))

    def until(self, row: int, column: int) -> date | None:
        """Return the first day on which a cell asks no more, as it is or as it is marked."""
        return self._until(self.cell(row, column))

    def set_need(self, row: int, column: int, need: Need, to_on: date | None = None) -> None:
        """Mark a cell, up to a day that is not among it or for good; marking it as it is takes the mark away."""
        if not self.may_change or self._grid is None:
            return
        edit = CellEdit(cell=self.cell(row, column), need=need, to_on=to_on)
        self._undo.append({edit.cell: self._edits.get(edit.cell)})
        if self._is_as_it_is(edit):
            self._edits.pop(edit.cell, None)
        else:
            self._edits[edit.cell] = edit
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        self.edited.emit()

    def _is_as_it_is(self, edit: CellEdit) -> bool:
        grid = self._grid
        if grid is None or edit.to_on is not None or edit.cell in {*grid.in_doubt, *grid.planned}:
            return False
        asked = grid.asked.get(edit.cell)
        return edit.need is grid.need(edit.cell) and (asked is None or asked.to_on is None)

    def edits(self) -> tuple[CellEdit, ...]:
        """Return what is marked, and not applied yet."""
        return tuple(self._edits.values())

    def forget(self) -> None:
        """Take all marks away, which can be undone as one."""
        if self._edits:
            self._undo.append(dict(self._edits))
        self._edits.clear()
        self.refill()
        self.edited.emit()

    def begin_anew(self) -> None:
        """Take all marks away for good: they are applied."""
        self._undo.clear()
        self._edits.clear()
        self.refill()
        self.edited.emit()

    @property
    def can_undo(self) -> bool:
        """Tell whether anything was marked, or taken away, since the marks were last applied."""
        return bool(self._undo)

    def undo(self) -> None:
        """Undo the last mark, or the last taking away."""
        if not self._undo:
            return
        for cell, before in self._undo.pop().items():
            if before is None:
                self._edits.pop(cell, None)
            else:
                self._edits[cell] = before
        self.refill()
        self.edited.emit()

    def grid(self) -> Grid | None:
        """Return the matrix that is shown."""
        return self._grid

    def titles(self, cell: Cell) -> str:
        """Return a cell in words."""
        grid = self._grid
        if grid is None:
            return ""
        rows = {one.id: one.title for one in grid.rows}
        columns = {one.id: one.title or one.code for one in grid.columns}
        return f"{rows.get(cell.owner_id, '–')} × {columns.get(cell.thing_id, '–')}"

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def row_head(self, row: int) -> GridHead:
        one = self.rows[row]
        people = plural("{count} person", "{count} people", one.people)
        return GridHead(one.title, people)

    @override
    def column_head(self, column: int) -> GridHead:
        one = self.columns[column]
        code = f"▣ {one.code}" if one.is_curriculum else one.code
        return GridHead(code, one.title)

    @override
    def mark(self, row: int, column: int) -> GridMark:
        grid = self._grid
        if grid is None:
            return NOTHING
        cell = self.cell(row, column)
        need, is_changed = self._need(cell), self.may_change and cell in self._edits
        empty = need is Need.NOTHING and not is_changed
        return GridMark(
            letter="" if empty else NEED_LETTERS[need],
            tone=NEED_TONES[need],
            is_changed=is_changed,
            is_flagged=cell in grid.planned
            or cell in grid.in_doubt
            or self._until(cell) is not None,
        )

    @override
    def words(self, row: int, column: int) -> str:
        grid = self._grid
        if grid is None:
            return ""
        cell = self.cell(row, column)
        planned, words = grid.planned.get(cell), _(NEEDS[self._need(cell)])
        until = self._until(cell)
        if until is not None:
            words = _("{words} up to {day}").format(words=words, day=day(until))
        if self.may_change and cell in self._edits:
            words = _("{words}, not applied yet").format(words=words)
        if planned is not None:
            words = _("{words}; from {day}: {then}").format(
                words=words, day=day(planned.from_on), then=_(NEEDS[planned.need])
            )
        if cell in grid.in_doubt:
            words = _("{words}; another PC said something else").format(words=words)
        return words

    def _need(self, cell: Cell) -> Need:
        if self.may_change and cell in self._edits:
            return self._edits[cell].need
        return Need.NOTHING if self._grid is None else self._grid.need(cell)

    def _until(self, cell: Cell) -> date | None:
        if self.may_change and cell in self._edits:
            return self._edits[cell].to_on
        asked = None if self._grid is None else self._grid.asked.get(cell)
        return None if asked is None else asked.to_on


class PeopleModel(GridModel):
    """People by requirements; pages come when they are looked at."""

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: list[GridColumn] = []
        self._lines: dict[int, PersonLine] = {}
        self._total = 0
        self._asked_for: set[int] = set()

    def begin(self, columns: Iterable[GridColumn], first: Page[PersonLine]) -> None:
        """Show other columns and people, of which the first page has come."""
        self.beginResetModel()
        self.columns, self._total = list(columns), first.total
        self._lines = dict(enumerate(first.rows))
        self._asked_for = {0}
        self.endResetModel()

    def add(self, page: int, found: Page[PersonLine]) -> None:
        """Take in another page."""
        first = page * PAGE
        self._lines.update({first + place: line for place, line in enumerate(found.rows)})
        if found.rows:
            last = self.index(first + len(found.rows) - 1, max(0, len(self.columns) - 1))
            self.dataChanged.emit(self.index(first, 0), last)

    def total(self) -> int:
        """Return how many people there are."""
        return self._total

    def line(self, row: int) -> PersonLine | None:
        """Return somebody; None while they are fetched."""
        found = self._lines.get(row)
        if found is None and row // PAGE not in self._asked_for:
            self._asked_for.add(row // PAGE)
            self.page_wanted.emit(row // PAGE)
        return found

    def standpoint(self, row: int, column: int) -> Standpoint | None:
        """Return where somebody stands with a requirement."""
        line = self.line(row)
        return None if line is None else line.at(self.columns[column].id)

    def letters(self) -> Mapping[StandingMark, int]:
        """Return how often each mark stands in what has come."""
        found: dict[StandingMark, int] = {}
        for line in self._lines.values():
            for one in line.cells.values():
                found[one.mark] = found.get(one.mark, 0) + 1
        return found

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else self._total

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def row_head(self, row: int) -> GridHead:
        line = self.line(row)
        return GridHead("…") if line is None else GridHead(line.name, line.number)

    @override
    def column_head(self, column: int) -> GridHead:
        one = self.columns[column]
        return GridHead(one.code, one.title)

    @override
    def mark(self, row: int, column: int) -> GridMark:
        one = self.standpoint(row, column)
        return NOTHING if one is None else _MARKS[one.mark]

    @override
    def words(self, row: int, column: int) -> str:
        one = self.standpoint(row, column)
        if one is None:
            return ""
        words = _(MARKS[one.mark])
        if one.due_on is not None:
            words = _("{words}, due {day}").format(words=words, day=day(one.due_on))
        if one.valid_until is not None:
            words = _("{words}, valid until {day}").format(words=words, day=day(one.valid_until))
        return words


def count_in_words(count: int) -> str:
    """Return how many cells are marked."""
    return plural("{count} cell marked", "{count} cells marked", count)


def people_in_words(count: int) -> str:
    """Return how many people are listed."""
    return plural("{count} person", "{count} people", count) if count else number(0)


_Called = TypeVar("_Called", GridRow, GridColumn)


def _called(lines: Iterable[_Called], words: str) -> list[_Called]:
    """Return those whose code or title has the words."""
    return [one for one in lines if has_words(f"{one.code} {one.title}", words)]


def _columns_of(grid: Grid) -> Iterator[GridColumn]:
    """Yield a matrix's columns, but for what is retired and asked of nobody."""
    used = {cell.thing_id for cell in (*grid.asked, *grid.planned)}
    return (one for one in grid.columns if not one.is_retired or one.id in used)
