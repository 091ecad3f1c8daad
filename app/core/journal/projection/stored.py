"""The journalled tables as the projection reads and writes them: by id, in wire form."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.core.journal.projection.readers import reader_of
from app.core.journal.shapes import Shape, Wires
from app.core.storage.column_inserts import ColumnInsert
from app.core.storage.columns import Id, IdWire, Wire, id_wire, to_wire, wire_type
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Base, Kind, journalled_models, table_of

_KEY = "key_of_the_row"
"""A parameter's name that no column has."""
_REMEMBERED = 1000

Readers = tuple[Callable[[Any], bool], ...]


class Stored(Shape):
    """A journalled table."""

    def __init__(self, model: type[Base]) -> None:
        super().__init__(model)
        if len(self.identities) > 1 and not all(map(self._may_be_left_out, self.identities)):
            raise TypeError(f"{self.table} says in two ways what makes two rows one thing (ADR 16)")
        self._keys = tuple(str(column.key) for column in table_of(model).primary_key)
        self.readers = {name: reader_of(column) for name, column in self.journalled.items()}
        self.required = frozenset(filter(self._must_be_said, self.journalled))
        self.is_plain_fact = self.kind is Kind.FACT and self.spoken is None
        """Whether rows can come by the thousand: whoever writes them, they count."""
        self.referring = tuple(self.references.items())
        self.blank: Wires = {
            name: to_wire(column, self.defaults.get(name)) for name, column in self.columns.items()
        }
        """A row of which its entry says nothing."""
        self._fixes = {n: fix for n, c in self.columns.items() if (fix := _fix(c)) is not None}
        self._readers_of: dict[tuple[str, ...], Readers | None] = {}
        self._updates: dict[tuple[str, ...], Prepared] = {}
        self._naming: dict[str, Prepared] = {}
        self._together = ColumnInsert(self.table, self.columns.values())
        self._prepare()

    def _prepare(self) -> None:
        self._wired = sa.table(
            self.table, *(sa.column(n, wire_type(c.type)) for n, c in self.columns.items())
        )
        self._is_it = self._wired.c.id == sa.bindparam(_KEY, type_=IdWire())
        self._select = Prepared(sa.select(*self._wired.c).where(self._is_it))
        self._like = Prepared(self._where(self._keys, *self._wired.c))
        self._has = Prepared(sa.select(self._wired.c.id).where(self._is_it))
        self._delete = Prepared(sa.delete(self._wired).where(self._is_it))
        self._bearers = tuple(
            (identity, Prepared(self._where(identity, self._wired.c.id)))
            for identity in self.identities
        )
        self._children = {
            name: Prepared(self._where((name,), self._wired.c.id)) for name in self.references
        }

    def _must_be_said(self, name: str) -> bool:
        """Tell whether every entry that begins a row has to give it a value of this column."""
        return not self.columns[name].nullable and name not in self.defaults

    def _may_be_left_out(self, identity: tuple[str, ...]) -> bool:
        """Tell whether a row may lack an identity: of several such ones a row has one (ADR 16)."""
        return all(self.columns[name].nullable for name in identity)

    def readers_of(self, names: tuple[str, ...]) -> Readers | None:
        """Return what reads a row that has these columns; None where some are strange or missing."""
        try:
            return self._readers_of[names]
        except KeyError:
            known = self.required <= set(names) <= self.readers.keys()
            if len(self._readers_of) > _REMEMBERED:
                self._readers_of.clear()
            readers = tuple(self.readers[name] for name in names) if known else None
            self._readers_of[names] = readers
            return readers

    def completed(self, key: bytes, values: Mapping[str, Wire]) -> Wires:
        """Return a whole row of what an entry says of it; what this program does not know is left out."""
        return {**self.blank, **values, "id": key}

    def write(self, connection: sa.Connection, rows: list[Wires]) -> None:
        """Insert whole rows."""
        self.insert(tuple(self.columns)).run_many(connection, rows)

    def write_columns(self, connection: sa.Connection, columns: Sequence[Sequence[Wire]]) -> None:
        """Insert whole rows, given by column in the order of the table's."""
        self._together.run(connection, columns)

    def read(self, connection: sa.Connection, key: bytes) -> Wires | None:
        """Return a row of the table in wire form, or None."""
        return self._row(self._select.run(connection, {_KEY: key}))

    def read_like(self, connection: sa.Connection, row: Mapping[str, Wire]) -> Wires | None:
        """Return the row of the table that has another's key, or None."""
        return self._row(self._like.run(connection, {name: row[name] for name in self._keys}))

    def _row(self, found: Sequence[tuple[Any, ...]]) -> Wires | None:
        if not found:
            return None
        row: Wires = dict(zip(self.columns, found[0], strict=True))
        for name, fix in self._fixes.items():
            row[name] = fix(row[name])
        return row

    def has(self, connection: sa.Connection, key: bytes) -> bool:
        """Tell whether the table has a row."""
        return bool(self._has.run(connection, {_KEY: key}))

    def change(self, connection: sa.Connection, key: bytes, values: Mapping[str, Wire]) -> None:
        """Set columns of a row."""
        names = tuple(values)
        update = self._updates.get(names)
        if update is None:
            new = {name: sa.bindparam(name, type_=self._wired.c[name].type) for name in names}
            update = Prepared(sa.update(self._wired).where(self._is_it).values(new))
            self._updates[names] = update
        update.run(connection, {**values, _KEY: key})

    def remove(self, connection: sa.Connection, key: bytes) -> None:
        """Take a row out of the table."""
        self._delete.run(connection, {_KEY: key})

    def bearers(self, connection: sa.Connection, row: Mapping[str, Wire]) -> set[bytes]:
        """Return the rows of the table that would be one thing with a row."""
        found: set[bytes] = set()
        for identity, bearer in self._bearers:
            key = {name: row[name] for name in identity}
            if None not in key.values():
                found.update(id_wire(one[0]) for one in bearer.run(connection, key))
        return found

    def children(self, connection: sa.Connection, column: str, parent: bytes) -> list[bytes]:
        """Return the rows of the table whose reference shows a row."""
        found = self._children[column].run(connection, {column: parent})
        return [id_wire(one[0]) for one in found]

    def naming(self, connection: sa.Connection, column: str, named: bytes) -> list[bytes]:
        """Return the rows of the table that name another for good in a column that is no reference."""
        naming = self._naming.get(column)
        if naming is None:
            naming = self._naming[column] = Prepared(self._where((column,), self._wired.c.id))
        return [id_wire(one[0]) for one in naming.run(connection, {column: named})]

    def _where(
        self, names: tuple[str, ...], *wanted: sa.ColumnElement[Any]
    ) -> sa.Select[*tuple[Any, ...]]:
        columns = self._wired.c
        equal = [columns[n] == sa.bindparam(n, type_=columns[n].type) for n in names]
        return sa.select(*wanted).where(*equal)


@cache
def stored_tables() -> dict[str, Stored]:
    """Return the journalled tables by name, parents before children."""
    return {stored.table: stored for stored in map(Stored, journalled_models())}


@cache
def references_to(table: str) -> tuple[tuple[Stored, str], ...]:
    """Return the tables and columns that refer to a table."""
    return tuple(
        (stored, column)
        for stored in stored_tables().values()
        for column, target in stored.references.items()
        if target == table
    )


def _fix(column: sa.Column[Any]) -> Callable[[Any], Wire] | None:
    """Return what makes a wire form of what a driver gives for a column, where that is not one."""
    if isinstance(column.type, Id):
        return lambda found: None if found is None else id_wire(found)
    if isinstance(column.type, sa.Boolean):
        return lambda found: None if found is None else bool(found)
    return None
