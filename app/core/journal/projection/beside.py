"""Reading and writing rows as the projection sees them: shown, or beside the tables.

Ids are in wire form here, which orders them as they are ordered everywhere else.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from app.core.journal.projection.models import AsideRow, RepointedRow
from app.core.journal.projection.stored import Stored
from app.core.storage.columns import IdWire, Wire, id_wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import Base, table_of

Row = dict[str, Wire]

ROW = ("table_name", "row_id")
CELL = (*ROW, "column_name")


def wired(model: type[Base]) -> Any:
    """Return one of these tables, with its ids in wire form."""
    columns = table_of(model).columns
    kinds = [IdWire() if column.key.endswith("_id") else column.type for column in columns]
    return sa.table(
        table_of(model).name, *(sa.column(c.key, k) for c, k in zip(columns, kinds, strict=True))
    )


_ASIDE, _REPOINTED = map(wired, (AsideRow, RepointedRow))


def equal(table: Any, names: tuple[str, ...]) -> list[Any]:
    """Return that columns are the parameters of their names."""
    return [table.c[n] == sa.bindparam(n, type_=table.c[n].type) for n in names]


_ASIDE_OF = Prepared(sa.select(_ASIDE.c.shown_id, _ASIDE.c.state).where(*equal(_ASIDE, ROW)))
_ASIDES_FOR = Prepared(sa.select(_ASIDE.c.row_id).where(*equal(_ASIDE, ("table_name", "shown_id"))))
_ASIDES_IN = Prepared(
    sa.select(_ASIDE.c.row_id, _ASIDE.c.shown_id, _ASIDE.c.state).where(
        *equal(_ASIDE, ("table_name",))
    )
)
_ASIDE_IDS = Prepared(sa.select(_ASIDE.c.row_id).where(*equal(_ASIDE, ("table_name",))))
_PUT_ASIDE = insert_of_wires("row_aside", table_of(AsideRow).columns)
_REWRITE_ASIDE = Prepared(
    sa.update(_ASIDE)
    .where(*equal(_ASIDE, ROW))
    .values(state=sa.bindparam("own", type_=sa.LargeBinary()))
)
_TAKE_BACK = Prepared(sa.delete(_ASIDE).where(*equal(_ASIDE, ROW)))
_OWN_REFERENCES = Prepared(
    sa.select(_REPOINTED.c.column_name, _REPOINTED.c.own_id).where(*equal(_REPOINTED, ROW))
)
_REPOINTED_FROM = Prepared(
    sa.select(_REPOINTED.c.row_id).where(
        *equal(_REPOINTED, ("table_name", "column_name", "own_id"))
    )
)
_NOTE_REPOINTED = insert_of_wires("row_repointed", table_of(RepointedRow).columns)
_FORGET_REPOINTED = Prepared(sa.delete(_REPOINTED).where(*equal(_REPOINTED, CELL)))
_FORGET_ALL_REPOINTED = Prepared(sa.delete(_REPOINTED).where(*equal(_REPOINTED, ROW)))


class Beside:
    """The tables of one connection, and what is kept beside them."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def own(self, shape: Stored, key: bytes) -> Row | None:
        """Return a row as its entries wrote it, shown or aside, or None."""
        shown = shape.read(self.connection, key)
        if shown is not None:
            return self._with_own_references(shape, key, shown)
        aside = self._aside(shape, key)
        return None if aside is None else aside[1]

    def own_like(self, shape: Stored, row: Row) -> Row | None:
        """Return the row that has another's key, as its entries wrote it, or None."""
        key = id_wire(row["id"])
        shown = shape.read_like(self.connection, row)
        if shown is not None:
            return self._with_own_references(shape, key, shown)
        aside = self._aside(shape, key)
        return None if aside is None else aside[1]

    def has(self, shape: Stored, key: bytes) -> bool:
        """Tell whether a row came, shown or aside."""
        return shape.has(self.connection, key) or self._aside(shape, key) is not None

    def resolved(self, table: str, key: bytes) -> bytes:
        """Return the row that is shown for one."""
        found = _ASIDE_OF.run(self.connection, {"table_name": table, "row_id": key})
        return id_wire(found[0][0]) if found else key

    def asides_for(self, shape: Stored, shown: bytes) -> list[bytes]:
        """Return the rows that one is shown for, besides itself."""
        values = {"table_name": shape.table, "shown_id": shown}
        return [id_wire(one[0]) for one in _ASIDES_FOR.run(self.connection, values)]

    def asides_in(self, shape: Stored) -> list[tuple[bytes, bytes, Row]]:
        """Return all of a table's rows that stand aside, with what is shown for them."""
        found = _ASIDES_IN.run(self.connection, {"table_name": shape.table})
        return [(id_wire(key), id_wire(shown), _unpacked(state)) for key, shown, state in found]

    def aside_among(self, shape: Stored, keys: Iterable[bytes]) -> bool:
        """Tell whether any of some rows stands aside."""
        if not shape.identities:
            return False
        found = _ASIDE_IDS.run(self.connection, {"table_name": shape.table})
        return not {id_wire(one[0]) for one in found}.isdisjoint(keys)

    def projected(self, shape: Stored, own: Row) -> Row:
        """Return a row with its references to what is shown."""
        row = dict(own)
        for column, target in shape.references.items():
            named = own[column]
            if isinstance(named, bytes):
                row[column] = self.resolved(target, named)
        return row

    def show(self, shape: Stored, own: Row, projected: Row) -> None:
        """Put a row into its table."""
        shape.write(self.connection, [projected])
        for column in shape.references:
            if projected[column] != own[column]:
                self._note_repointed(shape, id_wire(own["id"]), column, own[column])

    def put_aside(self, shape: Stored, shown: bytes, own: Row) -> None:
        """Keep a row beside its table."""
        values: Row = {
            "table_name": shape.table,
            "row_id": own["id"],
            "shown_id": shown,
            "state": msgspec.msgpack.encode(own),
        }
        _PUT_ASIDE.run(self.connection, values)

    def take_out(self, shape: Stored, key: bytes) -> tuple[Row, bytes]:
        """Take a row away from where it is; return it as its entries wrote it, and what was shown.

        Raises KeyError.
        """
        shown = shape.read(self.connection, key)
        where = {"table_name": shape.table, "row_id": key}
        if shown is None:
            aside = self._aside(shape, key)
            if aside is None:
                raise KeyError(key)
            _TAKE_BACK.run(self.connection, where)
            return aside[1], aside[0]
        own = self._with_own_references(shape, key, shown)
        shape.remove(self.connection, key)
        _FORGET_ALL_REPOINTED.run(self.connection, where)
        return own, key

    def rewrite(self, shape: Stored, key: bytes, own: Row, changed: Row) -> None:
        """Give a row, shown or aside, other values that say neither what is one nor what it refers to."""
        if shape.has(self.connection, key):
            shape.change(self.connection, key, changed)
            return
        values: Row = {"table_name": shape.table, "row_id": key, "own": msgspec.msgpack.encode(own)}
        _REWRITE_ASIDE.run(self.connection, values)

    def repointed_from(self, shape: Stored, column: str, own: bytes) -> list[bytes]:
        """Return the rows whose reference named a row, but shows another."""
        values = {"table_name": shape.table, "column_name": column, "own_id": own}
        return [id_wire(one[0]) for one in _REPOINTED_FROM.run(self.connection, values)]

    def is_repointed(self, shape: Stored, key: bytes, column: str) -> bool:
        """Tell whether a row's reference shows another row than its entry named."""
        return column in self._own_references(shape, key)

    def point(self, shape: Stored, key: bytes, column: str, own: bytes, shown: bytes) -> None:
        """Let a row's reference, which names `own`, show a row."""
        shape.change(self.connection, key, {column: shown})
        self.forget_repointed(shape, key, column)
        if own != shown:
            self._note_repointed(shape, key, column, own)

    def forget_repointed(self, shape: Stored, key: bytes, column: str) -> None:
        """Forget that a reference shows another row than was named: it names what it shows now."""
        values = {"table_name": shape.table, "row_id": key, "column_name": column}
        _FORGET_REPOINTED.run(self.connection, values)

    def _aside(self, shape: Stored, key: bytes) -> tuple[bytes, Row] | None:
        found = _ASIDE_OF.run(self.connection, {"table_name": shape.table, "row_id": key})
        return (id_wire(found[0][0]), _unpacked(found[0][1])) if found else None

    def _own_references(self, shape: Stored, key: bytes) -> dict[str, bytes]:
        if not shape.references:
            return {}
        values = {"table_name": shape.table, "row_id": key}
        found = _OWN_REFERENCES.run(self.connection, values)
        return {column: id_wire(own) for column, own in found}

    def _with_own_references(self, shape: Stored, key: bytes, shown: Row) -> Row:
        return {**shown, **self._own_references(shape, key)}

    def _note_repointed(self, shape: Stored, key: bytes, column: str, own: Wire) -> None:
        values: Row = {
            "table_name": shape.table,
            "row_id": key,
            "column_name": column,
            "own_id": own,
        }
        _NOTE_REPOINTED.run(self.connection, values)


def _unpacked(state: bytes) -> Row:
    row: Row = msgspec.msgpack.decode(bytes(state))
    return row
