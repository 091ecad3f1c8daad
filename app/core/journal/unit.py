"""The unit of work: ordinary ORM work that becomes one journal entry per scope, in one commit.

Changes are read off the session after each flush, when column defaults are known. Facts may also
be inserted in bulk. What SQL does behind the session's back would escape the journal, so bulk
updates and deletes of journalled tables are refused here, and by triggers below.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from typing_extensions import override

from app.core.base.ids import new_id
from app.core.journal.changes import Change, Edit, Edited, Inserted
from app.core.storage.columns import Wire, to_wire, wire_type
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Base, Fact, Kind, Record, Scope, table_of


class Unit(Session):
    """A session whose changes are collected for the journal. Made by `Site.transaction` alone."""

    def __init__(self, connection: sa.Connection, version: bytes) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._outer = connection
        self.version = version
        self.changes: dict[Scope, list[Change]] = {}
        self.topics: set[str] = set()

    @override
    def close(self) -> None:
        """Let go of what was loaded; a unit that ran prepared statements alone loaded nothing."""
        if self.in_transaction():
            super().close()

    def insert_many(self, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows of one table at once; return how many. Ids are made where none is given."""
        prepared = [self._prepared(model, row) for row in rows]
        if not prepared:
            return 0
        self.flush()
        self.topics.add(_table_name(model))
        if model.table_scope is None:
            self.connection().execute(_insert_into(model), prepared)
            return len(prepared)
        wires = [_wires(model, row) for row in prepared]
        _insert_wires(model, tuple(prepared[0])).run_many(self._outer, wires)
        self.changes.setdefault(model.table_scope, []).extend(
            _inserted(model, row["id"], wire) for row, wire in zip(prepared, wires, strict=True)
        )
        return len(prepared)

    def run(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Run a prepared statement; return its rows as the driver gives them.

        The journal does not hear of it: for reads, and for tables of this PC only.
        """
        return statement.run(self._outer, values)

    def take_turn(self, what: str) -> None:
        """Let no other station change `what` before this unit ends; wait for one that does.

        What is read after this is what they left. A file's write lock sees to it by itself; on a
        server every station has a lock of its own.
        """
        if self._outer.dialect.name == "postgresql":
            self.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(what))))

    def _prepared(self, model: type[Base], row: Mapping[str, Any]) -> dict[str, Any]:
        prepared = {**_scalar_defaults(model), **row}
        if model.table_kind is not Kind.LOCAL and "id" not in row:
            prepared["id"] = new_id()
        if issubclass(model, Record):
            prepared["row_versions"] = pack_versions({"": self.version})
        return prepared


def pack_versions(versions: Mapping[str, bytes]) -> bytes:
    """Return the versions of a row's columns as they are kept in the row."""
    return msgspec.msgpack.encode(versions)


def unpack_versions(packed: bytes) -> dict[str, bytes]:
    """Return the versions of a row's columns; "" stands for every column not named."""
    return msgspec.msgpack.decode(packed, type=dict[str, bytes]) if packed else {}


@cache
def _insert_into(model: type[Base]) -> sa.Insert:
    """Return the one statement that inserts into a table, so that it is compiled once."""
    return sa.insert(table_of(model))


@cache
def _insert_wires(model: type[Base], names: tuple[str, ...]) -> Prepared:
    """Return the insert that takes wire forms: a value is converted once, for row and journal."""
    table = table_of(model)
    columns = [sa.column(name, wire_type(table.columns[name].type)) for name in names]
    return Prepared(sa.insert(sa.table(table.name, *columns)))


@cache
def _columns(model: type[Base]) -> dict[str, sa.Column[Any]]:
    return {str(c.key): c for c in table_of(model).columns}


@cache
def _journalled_columns(model: type[Base]) -> dict[str, sa.Column[Any]]:
    known = _columns(model).items()
    return {name: c for name, c in known if name not in {"id", "row_versions"}}


@cache
def _scalar_defaults(model: type[Base]) -> Mapping[str, Any]:
    return {
        name: column.default.arg
        for name, column in _journalled_columns(model).items()
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def _table_name(model: type[Base]) -> str:
    return str(table_of(model).name)  # SQLAlchemy's own kind of str is no str to msgpack


@event.listens_for(Unit, "before_flush")
def _stamp_versions(unit: Unit, _context: object, _instances: object) -> None:
    for row in unit.new:
        if isinstance(row, Record):
            row.row_versions = pack_versions({"": unit.version})
    for row in unit.dirty:
        if isinstance(row, Fact):
            raise TypeError(f"{type(row).__name__} is a fact and is never changed")
        if isinstance(row, Record) and unit.is_modified(row):
            versions = unpack_versions(row.row_versions)
            versions.update(dict.fromkeys(_changed(row), unit.version))
            row.row_versions = pack_versions(versions)
    for row in unit.deleted:
        if isinstance(row, (Fact, Record)):
            raise TypeError(f"{type(row).__name__} rows are never deleted")


@event.listens_for(Unit, "after_flush")
def _collect(unit: Unit, _context: object) -> None:
    for row in (*unit.new, *unit.dirty, *unit.deleted):
        unit.topics.add(_table_name(type(row)))
    for row in unit.new:
        if isinstance(row, (Fact, Record)):
            columns = _journalled_columns(type(row))
            wires = {name: to_wire(c, getattr(row, name)) for name, c in columns.items()}
            _note(unit, row, _inserted(type(row), row.id, wires))
    for row in unit.dirty:
        if isinstance(row, Record) and unit.is_modified(row):
            _note(unit, row, _edited(row))


def _note(unit: Unit, row: Fact | Record, change: Change | None) -> None:
    if row.table_scope is not None and change is not None:
        unit.changes.setdefault(row.table_scope, []).append(change)


def _wires(model: type[Base], row: Mapping[str, Any]) -> dict[str, Wire]:
    columns = _columns(model)
    return {name: to_wire(columns[name], value) for name, value in row.items()}


def _inserted(model: type[Base], key: UUID, wires: Mapping[str, Wire]) -> Inserted:
    known = ((name, wires.get(name)) for name in _journalled_columns(model))
    return Inserted(_table_name(model), key, {n: wire for n, wire in known if wire is not None})


def _edited(row: Record) -> Edited | None:
    columns = _journalled_columns(type(row))
    known = _history(row, "row_versions").deleted or [row.row_versions]
    before = unpack_versions(known[0])
    edits = {
        name: Edit(
            superseded=before.get(name, before[""]),
            old=to_wire(columns[name], next(iter(_history(row, name).deleted))),
            new=to_wire(columns[name], getattr(row, name)),
        )
        for name in _changed(row)
    }
    return Edited(_table_name(type(row)), row.id, edits) if edits else None


def _changed(row: Record) -> list[str]:
    return [n for n in _journalled_columns(type(row)) if _history(row, n).has_changes()]


def _history(row: Base, name: str) -> History:
    return sa.inspect(row).attrs[name].history


@event.listens_for(Unit, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and mapper.class_.table_scope is not None:
        raise TypeError(f"a bulk change of {mapper.class_.__name__} would escape the journal")
