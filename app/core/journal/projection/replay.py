"""The tables, made anew from the journal; and whether two databases have the same ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import decode_changes
from app.core.journal.models import EntryRow, LogRow
from app.core.journal.projection.applying import Projection, Waiting
from app.core.journal.projection.models import AsideRow, ContestRow, RepointedRow, TurnRow
from app.core.journal.stamps import version_of
from app.core.storage.database import memory_engine
from app.core.storage.tables import Base, journalled_models, table_of


@contextmanager
def scratch_tables() -> Iterator[sa.Connection]:
    """Give empty tables in memory, to make the records anew in."""
    engine = memory_engine()
    own = [table_of(model) for model in (AsideRow, RepointedRow, ContestRow, TurnRow)]
    try:
        with engine.connect() as connection:
            tables = [*(table_of(model) for model in journalled_models()), *own]
            Base.metadata.create_all(connection, tables)
            yield connection
    finally:
        engine.dispose()


def rebuild(source: sa.Connection, target: sa.Connection) -> Projection:
    """Apply the entries of `source` to the empty tables of `target`; return the projection.

    They are taken in order of their stamps, which is how they mostly depend on each other. A log
    whose entry waits for another log is gone on with after the others, as an import does.
    """
    projection = Projection(target)
    stalled: dict[int, int] = {}
    with source.execute(_in_order_of_stamps()) as entries:
        for row in entries:
            if row.log_id not in stalled and not _applied(projection, row):
                stalled[row.log_id] = row.place
    while _go_on(source, projection, stalled):
        pass
    projection.flush()
    return projection


def _go_on(source: sa.Connection, projection: Projection, stalled: dict[int, int]) -> bool:
    """Try the logs that wait again; tell whether any went on."""
    went_on = False
    for log_id, place in list(stalled.items()):
        del stalled[log_id]
        with source.execute(_from(log_id, place)) as entries:
            for row in entries:
                if not _applied(projection, row):
                    stalled[log_id] = row.place
                    break
        went_on = went_on or stalled.get(log_id) != place
    return went_on


def _applied(projection: Projection, row: Any) -> bool:
    outcome = projection.apply(version_of(row.stamp, row.station), decode_changes(row.body))
    return not isinstance(outcome, Waiting)


def _entries() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        EntryRow.place, EntryRow.log_id, EntryRow.stamp, EntryRow.body, LogRow.station
    ).join(LogRow, LogRow.id == EntryRow.log_id)


def _in_order_of_stamps() -> sa.Select[*tuple[Any, ...]]:
    ordered = _entries().order_by(EntryRow.stamp, EntryRow.place)
    return ordered.execution_options(yield_per=1000)


def _from(log_id: int, place: int) -> sa.Select[*tuple[Any, ...]]:
    rest = _entries().where(EntryRow.entries_of(log_id), EntryRow.place >= place)
    return rest.order_by(EntryRow.place).execution_options(yield_per=1000)


def first_difference(ours: sa.Connection, rebuilt: sa.Connection, table: sa.Table) -> UUID | None:
    """Return the id of the first row, in order of their keys, that differs between two databases."""
    keys = [str(column.key) for column in table.primary_key]
    statement = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=2000)
    with ours.execute(statement) as left, rebuilt.execute(statement) as right:
        for one, other in zip_longest(left, right):
            if one is None or other is None or tuple(one) != tuple(other):
                present = [row for row in (one, other) if row is not None]
                first = min(present, key=lambda row: [getattr(row, key) for key in keys])
                differing: UUID = first.id
                return differing
    return None
