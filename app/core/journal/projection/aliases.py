"""What stands aside for what: for a screen, or another program, that still knows a row by its own id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.projection.beside import Beside
from app.core.journal.projection.models import AsideRow, RepointedRow
from app.core.journal.projection.stored import references_to, stored_tables
from app.core.storage.columns import Id, Wire, from_wire
from app.core.storage.tables import Base, model_of, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A row that is one thing with another, which is shown in its place."""

    id: UUID
    shown_id: UUID
    values: Mapping[str, Any]
    """Its columns as entries wrote them; references name what those named."""


def shown_for(session: Session, model: type[Base], key: UUID) -> UUID:
    """Return the id of the row that is shown for one: its own, unless it stands aside (ADR 16)."""
    found = session.scalar(
        sa.select(AsideRow.shown_id).where(
            AsideRow.table_name == table_of(model).name, AsideRow.row_id == key
        )
    )
    return found or key


def shown_in_sql(model: type[Base], key: Any) -> sa.ColumnElement[Any]:
    """Return the same as `shown_for` for a column of ids that are no references, as an expression."""
    aside = sa.select(AsideRow.shown_id).where(
        AsideRow.table_name == table_of(model).name, AsideRow.row_id == key
    )
    # asked for the id of each row, however deep in the statement it stands: never for those of all
    return sa.func.coalesce(aside.correlate_except(AsideRow).scalar_subquery(), key)


def standing_for(shown: UUID) -> sa.Select[UUID]:
    """Return a query for the ids of the rows that one is shown for, besides itself."""
    return sa.select(AsideRow.row_id).where(AsideRow.shown_id == shown)


def rows_aside(
    session: Session, model: type[Base], shown: Iterable[UUID] | None = None
) -> tuple[Aside, ...]:
    """Return the rows of a table that stand aside, by id; those for some that are shown, or all."""
    table = table_of(model)
    if shown is None:
        rows = session.scalars(_asides(), {"table": table.name})
    else:
        rows = session.scalars(_asides_for_some(), {"table": table.name, "shown": list(shown)})
    return tuple(
        Aside(id=row.row_id, shown_id=row.shown_id, values=_values(table, row.state))
        for row in rows
    )


@cache
def _asides() -> sa.Select[AsideRow]:
    named = AsideRow.table_name == sa.bindparam("table", type_=sa.String)
    return sa.select(AsideRow).where(named).order_by(AsideRow.row_id)


@cache
def _asides_for_some() -> sa.Select[AsideRow]:
    """Select those for the rows `shown`. Put together once: it is asked with every change of people."""
    some = sa.bindparam("shown", type_=Id(), expanding=True)
    return _asides().where(AsideRow.shown_id.in_(some))


def row_aside(session: Session, model: type[Base], key: UUID) -> Aside | None:
    """Return a row that stands aside; None for one that is shown, or never came."""
    table = table_of(model)
    row = session.get(AsideRow, (table.name, key))
    if row is None:
        return None
    return Aside(id=row.row_id, shown_id=row.shown_id, values=_values(table, row.state))


def row_as_written(session: Session, model: type[Base], key: UUID) -> Mapping[str, Wire] | None:
    """Return the journalled columns of a row as its entries wrote them, in wire form, shown or aside.

    References name what entries named, whatever is shown for it by now. None for a row that never
    came.
    """
    shape = stored_tables()[table_of(model).name]
    own = Beside(session.connection()).own(shape, key.bytes)
    return None if own is None else {name: own[name] for name in shape.journalled}


def named_by(
    session: Session, model: type[Base], column: str, keys: Iterable[UUID]
) -> Mapping[UUID, UUID]:
    """Return of rows of a table what a reference named, where it leads to something else now."""
    found = session.execute(
        sa.select(RepointedRow.row_id, RepointedRow.own_id).where(
            RepointedRow.table_name == table_of(model).name,
            RepointedRow.column_name == column,
            RepointedRow.row_id.in_(tuple(keys)),
        )
    )
    return {row.row_id: row.own_id for row in found}


def count_references(session: Session, model: type[Base], key: UUID) -> int:
    """Return how many rows of other tables refer to a row that is shown."""
    counts = [
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c[column] == key)
        .scalar_subquery()
        for child, column in references_to(table_of(model).name)
        for table in [table_of(model_of(child.table))]
    ]
    return sum(session.execute(sa.select(*counts)).one())


def _values(table: sa.Table, state: bytes) -> Mapping[str, Any]:
    wires = msgspec.msgpack.decode(state)
    return {str(column.key): from_wire(column, wires.get(column.key)) for column in table.columns}
