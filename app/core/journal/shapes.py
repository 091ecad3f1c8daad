"""What the journal needs to know of a table to write down its changes, found out once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.core.base.ids import new_id, new_ids
from app.core.journal.changes import Change, Inserted
from app.core.storage.column_inserts import ColumnInsert
from app.core.storage.columns import Wire, plain_wire, wire_maker
from app.core.storage.prepared import Hand, Prepared, insert_of_wires
from app.core.storage.tables import Base, Kind, Record, table_of

_FEW = 8
"""Beyond so many rows it is quicker to go through them column by column."""
_AS_THEY_ARE = frozenset({str, int, bool, bytes, type(None)})
"""Types of which a value of a plain column is its own wire form; an enum's is another."""

Wires = dict[str, Wire]
"""A row, or some columns of one, in wire form."""
Line = tuple[Wire, ...]
"""A row in wire form, in the order of an insert."""


class Shape:
    """A table, as the journal sees it."""

    def __init__(self, model: type[Base]) -> None:
        table = table_of(model)
        self.table = str(table.name)  # SQLAlchemy's own kind of str is no str to msgpack
        self.kind = model.table_kind
        self.scope = model.table_scope
        self.columns = {str(column.key): column for column in table.columns}
        self.journalled = {
            name: column
            for name, column in self.columns.items()
            if name not in {"id", "row_versions"}
        }
        self.defaults = _defaults(self.journalled)
        self.references = _references(self.journalled)
        self.identities = _identities(table)
        self.identifying = frozenset(name for identity in self.identities for name in identity)
        self.spoken, self.concerns = model.spoken, model.concerns
        self.regulated = model.regulated if issubclass(model, Record) else frozenset()
        self._makers = {name: wire_maker(column.type) for name, column in self.columns.items()}
        self._inserts: dict[tuple[str, ...], Prepared] = {}
        self._insertions: dict[tuple[str, ...], Insertion] = {}

    def wires(self, row: Mapping[str, Any]) -> Wires:
        """Return the wire forms of a row's values."""
        makers = self._makers
        return {name: None if value is None else makers[name](value) for name, value in row.items()}

    def maker(self, column: str) -> Callable[[Any], Wire]:
        """Return what makes the wire form of a column's values, other than None."""
        return self._makers[column]

    def insertion(self, given: tuple[str, ...]) -> "Insertion":
        """Return how rows that give values to these columns are inserted."""
        known = self._insertions.get(given)
        if known is None:
            known = self._insertions[given] = Insertion(self, given)
        return known

    def insert(self, names: tuple[str, ...]) -> Prepared:
        """Return the insert that takes wire forms: a value is converted once, for row and journal."""
        known = self._inserts.get(names)
        if known is None:
            columns = [self.columns[name] for name in names]
            known = self._inserts[names] = insert_of_wires(self.table, columns)
        return known

    def inserted(self, key: UUID, wires: Mapping[str, Wire]) -> Inserted:
        """Return what the journal says of a new row."""
        given: Wires = {n: wire for n in self.journalled if (wire := wires.get(n)) is not None}
        return Inserted(self.table, key, given)


class Insertion:
    """Inserts rows that give values to the same columns, and says what the journal says of them."""

    def __init__(self, shape: Shape, given: tuple[str, ...]) -> None:
        self._table = shape.table
        self._defaults = {n: value for n, value in shape.defaults.items() if n not in given}
        said = {*given, *self._defaults}
        self._names = [name for name in shape.journalled if name in said]
        self._columns = [(name, shape.maker(name)) for name in self._names]
        self._makes_id = "id" not in given and shape.kind is not Kind.LOCAL
        has_id = self._makes_id or "id" in given
        self._id_wire = shape.maker("id") if has_id else None
        names = (*self._names, *_unjournalled(shape, has_id=has_id))
        self._insert = shape.insert(names)
        self._together = ColumnInsert(shape.table, [shape.columns[name] for name in names])

    def run(
        self,
        connection: sa.Connection,
        hand: Hand,
        rows: Sequence[Mapping[str, Any]],
        *versions: bytes,
    ) -> list[Change]:
        """Insert rows; return what the journal says of them.

        `versions` is what the rows of a record have as their `row_versions`.
        """
        if len(rows) > _FEW:
            columns, changes = self._by_column(rows, versions)
            self._together.run(connection, columns)
            return changes
        lines, changes = self._by_row(rows, versions)
        if len(lines) == 1:
            self._insert.run_in_order(hand, lines[0])
        else:
            self._insert.run_many_in_order(connection, lines)
        return changes

    def _by_row(
        self, rows: Sequence[Mapping[str, Any]], versions: tuple[bytes, ...]
    ) -> tuple[list[Line], list[Change]]:
        lines: list[Line] = []
        changes: list[Change] = []
        for row in rows:
            full = {**self._defaults, **row} if self._defaults else row
            wires = [
                None if (value := full[name]) is None else make(value)
                for name, make in self._columns
            ]
            if self._id_wire is None:
                lines.append((*wires, *versions))
                continue
            key = new_id() if self._makes_id else row["id"]
            lines.append((*wires, self._id_wire(key), *versions))
            changes.append(self._inserted(key, wires))
        return lines, changes

    def _by_column(
        self, rows: Sequence[Mapping[str, Any]], versions: tuple[bytes, ...]
    ) -> tuple[list[Sequence[Wire]], list[Change]]:
        """Return the same of many rows, by column: most hold what is a wire form as it stands."""
        columns = [self._column(name, make, rows) for name, make in self._columns]
        beside = [[version] * len(rows) for version in versions]
        if self._id_wire is None:
            return [*columns, *beside], []
        keys = list(new_ids(len(rows))) if self._makes_id else [row["id"] for row in rows]
        wired: Iterable[Line] = zip(*columns, strict=True) if columns else [()] * len(rows)
        changes: list[Change] = list(map(self._inserted, keys, wired))
        return [*columns, list(map(self._id_wire, keys)), *beside], changes

    def _column(
        self, name: str, make: Callable[[Any], Wire], rows: Sequence[Mapping[str, Any]]
    ) -> Sequence[Wire]:
        if name in self._defaults:
            value = self._defaults[name]
            return [None if value is None else make(value)] * len(rows)
        values = [row[name] for row in rows]
        if make is plain_wire and _AS_THEY_ARE.issuperset(map(type, values)):
            return values
        return _made(values, make)

    def _inserted(self, key: UUID, wires: Sequence[Wire]) -> Inserted:
        said = dict(zip(self._names, wires, strict=True))
        if None in wires:
            said = {name: wire for name, wire in said.items() if wire is not None}
        return Inserted(self._table, key, said)


def _made(values: Sequence[Any], make: Callable[[Any], Wire]) -> list[Wire]:
    """Return the wire forms of a column: what is one object in many rows, as their site is, is made once."""
    different = {id(value): value for value in values}
    if len(different) > len(values) // 2:
        return [None if value is None else make(value) for value in values]
    wires = {key: None if one is None else make(one) for key, one in different.items()}
    return [wires[id(value)] for value in values]


@cache
def shape_of(model: type[Base]) -> Shape:
    """Return what the journal knows of a mapped class's table."""
    return Shape(model)


def says_what_is_one(model: type[Base], column: str) -> bool:
    """Tell whether a column is of what makes two rows one thing: an edit may move rows aside."""
    return column in shape_of(model).identifying


def is_regulated(model: type[Base], column: str) -> bool:
    """Tell whether no edit of a column wins over one that did not know of it: somebody decides."""
    return column in shape_of(model).regulated


def _unjournalled(shape: Shape, *, has_id: bool) -> tuple[str, ...]:
    """Return the columns that an insert fills and an entry does not tell, in the order of a line."""
    key = ("id",) if has_id else ()
    return (*key, "row_versions") if shape.kind is Kind.RECORD else key


def _defaults(columns: Mapping[str, sa.Column[Any]]) -> dict[str, Any]:
    """Return what columns hold of which a row says nothing."""
    return {
        name: column.default.arg
        for name, column in columns.items()
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def _references(columns: Mapping[str, sa.Column[Any]]) -> dict[str, str]:
    """Return the tables to whose rows columns refer."""
    return {
        name: str(next(iter(column.foreign_keys)).column.table.name)
        for name, column in columns.items()
        if column.foreign_keys
    }


def _identities(table: sa.Table) -> tuple[tuple[str, ...], ...]:
    """Return the columns that make two rows one thing: those of each unique key (ADR 16)."""
    keys = (key for key in table.constraints if isinstance(key, sa.UniqueConstraint))
    return tuple(sorted(tuple(str(column.key) for column in key.columns) for key in keys))
