"""New rows of facts, by the thousand: read, checked and written by column.

Most of what comes is that. Where anything is out of the ordinary (a row that came before or is one
thing with another, a reference to what is not here, a value that no screen could read) the lot is
given back untouched, and its entries go one by one.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import le
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from app.core.journal.changes import SEALED
from app.core.journal.layers import Layer
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.outlines import Columns, Outline, outlines_of
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.storage.columns import Wire

HasCome = Callable[[str, bytes], bool]
"""Tells whether a table has a row, shown or aside."""

OpenedRow = Callable[[str, bytes, dict[str, Any]], None]
"""Puts what is sealed of a new row among its values; given its table, its id and them."""

_ID_BYTES = 16
_Inserts = list[tuple[Literal[0], str, bytes, dict[str, Any]]]
"""A body of new rows alone (journal.changes)."""
_decode = msgspec.msgpack.Decoder(_Inserts).decode
_WIRES = ({bytes}, {str}, {int}, {bool}, {type(None)})
_NOTHING = type(None)
_ROWS_OF_ONE = 1 << 16
"""More rows than any one entry has that is read by column: its turn times this, and its row's place in
it, tell which of two rows came first."""


@dataclass(slots=True)
class _Block:
    """Rows of one table whose entries gave the same columns."""

    stored: Stored
    keys: Sequence[bytes]
    columns: dict[str, Sequence[Wire]]
    turns: Sequence[int]
    """Of each row, when it came."""

    @property
    def table(self) -> str:
        """Return its name."""
        return self.stored.table

    def references(self) -> Iterator[tuple[str, Sequence[Any]]]:
        """Yield the tables that these rows refer to, each with the ids."""
        for name, target in self.stored.references.items():
            if name in self.columns:
                yield target, self.columns[name]

    def whole(self) -> list[Sequence[Wire]]:
        """Return whole rows, by column in the order of the table's."""
        count, blank = len(self.keys), self.stored.blank
        given = {**self.columns, "id": self.keys}
        return [given.get(name) or [blank[name]] * count for name in self.stored.columns]


@dataclass(slots=True)
class _Loose:
    """Rows of one table and of the same columns, from bodies that were read one by one."""

    stored: Stored
    names: tuple[str, ...]
    keys: list[bytes] = field(default_factory=list)
    values: list[tuple[Wire, ...]] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)

    def block(self) -> _Block | None:
        """Lay the values out by column; None where one of them cannot be its column's."""
        by_column = zip(*self.values, strict=True) if self.names else ()
        columns: dict[str, Sequence[Wire]] = dict(zip(self.names, by_column, strict=True))
        readers = self.stored.readers
        if not all(_are_readable(readers[name], columns[name]) for name in self.names):
            return None
        return _Block(self.stored, self.keys, columns, self.turns)


class Facts:
    """What of some entries, which follow one another in a log, are new facts and nothing else."""

    def __init__(self, bodies: Sequence[bytes], layers: Iterable[Layer], opened: OpenedRow) -> None:
        """Find out; `layers` are those of the bodies that have many like them, `opened` opens rows."""
        self._outlined: list[tuple[Layer, Sequence[Outline]]] = []
        self._loose: dict[int, Sequence[tuple[Any, ...]]] = {}
        laid: set[int] = set()
        for layer in layers:
            outlines = outlines_of(layer)
            if outlines is not None:
                self._outlined.append((layer, outlines))
                laid.update(layer.turns)
        self.others: list[int] = []
        """Which of the entries are something else, in order."""
        for turn in range(len(bodies)) if len(laid) < len(bodies) else ():
            if turn not in laid:
                changes = _new_facts(bodies[turn], opened)
                if changes is None:
                    self.others.append(turn)
                else:
                    self._loose[turn] = changes

    def blocks(self, first: int, end: int) -> list[_Block] | None:
        """Return the rows of the entries from `first` up to `end`; None where one cannot be read."""
        blocks: list[_Block | None] = [loose.block() for loose in self._together(first, end)]
        for layer, outlines in self._outlined:
            begin, until = (bisect_left(layer.turns, turn) for turn in (first, end))
            if begin < until:
                turns = list(map(_ROWS_OF_ONE.__mul__, layer.turns[begin:until]))
                columns = Columns(layer, begin, until)
                blocks += _blocks(outlines, columns, turns)
        found = [block for block in blocks if block is not None]
        return found if len(found) == len(blocks) else None

    def _together(self, first: int, end: int) -> Iterable[_Loose]:
        alike: dict[tuple[str, ...], _Loose] = {}
        tables = stored_tables()
        for turn in range(first, end) if self._loose else ():
            for place, (_code, table, key, values) in enumerate(self._loose.get(turn, ())):
                names = (table, *values)
                loose = alike.get(names)
                if loose is None:
                    loose = alike[names] = _Loose(tables[table], names[1:])
                loose.keys.append(key)
                loose.values.append(tuple(values.values()))
                loose.turns.append(turn * _ROWS_OF_ONE + place)
        return alike.values()


def _blocks(
    outlines: Sequence[Outline], columns: Columns, turns: Sequence[int]
) -> Iterator[_Block | None]:
    for place, outline in enumerate(outlines):
        read = {name: columns.read(outline, name) for name in outline.values}
        values = {name: column for name, column in read.items() if column is not None}
        if len(values) < len(read):
            yield None
            return
        its_turns = list(map(place.__add__, turns)) if place else turns
        yield _Block(outline.stored, columns.keys(outline), values, its_turns)


class Lot:
    """Puts new facts into the tables, on one connection."""

    def __init__(self, connection: sa.Connection, beside: Beside, has_come: HasCome) -> None:
        self._connection = connection
        self._beside = beside
        self._has_come = has_come

    def write(self, blocks: Sequence[_Block], touched: Touched) -> bool:
        """Put rows into the tables; False, with nothing done, where they have to go one by one."""
        by_table = {
            table: [one for one in blocks if one.table == table] for table in stored_tables()
        }
        lots = [its_blocks for its_blocks in by_table.values() if its_blocks]
        if not self._is_plain(lots):
            return False
        try:
            with self._connection.begin_nested():
                for its_blocks in lots:
                    its_blocks[0].stored.write_columns(self._connection, _in_turn(its_blocks))
        except sa.exc.IntegrityError:
            return False
        for block in blocks:
            touched.note(block.table, block.keys)
        return True

    def _is_plain(self, lots: Sequence[Sequence[_Block]]) -> bool:
        blocks = list(chain(*lots))
        born: dict[bytes, int] = {}
        for block in blocks:
            born.update(zip(block.keys, block.turns, strict=True))
        return (
            len(born) == sum(len(block.keys) for block in blocks)
            and all(self._are_here(born, block) for block in blocks)
            and not any(map(self._is_aside, lots))
        )

    def _is_aside(self, blocks: Sequence[_Block]) -> bool:
        """Tell whether one of some rows of a table stands aside."""
        keys = chain.from_iterable(block.keys for block in blocks)
        return self._beside.aside_among(blocks[0].stored, keys)

    def _are_here(self, born: dict[bytes, int], block: _Block) -> bool:
        """Tell whether what rows refer to had come before them; what comes later in their log had not."""
        for table, keys in block.references():
            if not all(map(le, map(born.get, keys, block.turns), block.turns)):
                return False
            others = set(keys).difference(born)
            others.discard(None)
            if not all(self._has_come(table, key) for key in others):
                return False
        return True


def _in_turn(blocks: Sequence[_Block]) -> Sequence[Sequence[Wire]]:
    """Return rows of one table as they came: a table that is kept by such ids then grows at its end."""
    if len(blocks) == 1:
        return blocks[0].whole()
    turns = list(chain.from_iterable(block.turns for block in blocks))
    order = sorted(range(len(turns)), key=turns.__getitem__)
    columns = zip(*(block.whole() for block in blocks), strict=True)
    return [list(map(list(chain(*parts)).__getitem__, order)) for parts in columns]


def _new_facts(body: bytes, opened: OpenedRow) -> Sequence[tuple[Any, ...]] | None:
    """Return the rows that a body adds; None where it is not new facts alone."""
    try:
        changes = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    tables = stored_tables()
    for _code, table, key, values in changes:
        stored = tables.get(table)
        if stored is None or not stored.is_plain_fact or len(key) != _ID_BYTES:
            return None
        if SEALED in values:
            opened(table, key, values)
        if not stored.required <= values.keys() <= stored.readers.keys():
            return None
    return changes if len(changes) < _ROWS_OF_ONE else None


def _are_readable(reads: Callable[[Any], bool], column: Sequence[Wire]) -> bool:
    """Tell whether every value can be the column's; one that comes again is looked at once."""
    kinds = set(map(type, column))
    kinds.discard(_NOTHING)
    # True equals 1, and what is no wire form may not be looked up at all: neither is mixed in
    return (not kinds or kinds in _WIRES) and all(map(reads, set(column)))
