"""The tables, made anew from the journal."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

import sqlalchemy as sa

from app.core.journal.changes import Change, decode_changes
from app.core.journal.models import EntryRow, LogRow
from app.core.journal.personal import LentKeyring
from app.core.journal.projection import left_out
from app.core.journal.projection.applying import Projection, Waiting
from app.core.journal.projection.comparing import BESIDE
from app.core.journal.projection.models import CriticalKindRow, HeldRow, LeftOutRow, TurnRow
from app.core.journal.projection.stored import stored_tables
from app.core.journal.projection.unvouched import Unvouched
from app.core.journal.projection.writers import writers_of
from app.core.journal.stamps import version_of
from app.core.storage.database import memory_engine
from app.core.storage.tables import journalled_models, table_of


@contextmanager
def scratch_tables() -> Iterator[sa.Connection]:
    """Give empty tables in memory, to make the records anew in."""
    with memory_engine().connect() as connection:
        with _copying:
            _driver_of(_blank_tables()).backup(_driver_of(connection))
        yield connection


_copying = Lock()


@cache
def _blank_tables() -> sa.Connection:
    """Return the tables as they are copied: to make them takes sixty times as long as to copy them."""
    tables = [*map(table_of, journalled_models()), *BESIDE]
    tables += map(table_of, (TurnRow, LeftOutRow, CriticalKindRow, HeldRow))
    connection = memory_engine().connect()
    with connection.begin():
        for table in tables:
            connection.execute(sa.schema.CreateTable(table))
            for index in table.indexes:
                connection.execute(sa.schema.CreateIndex(index))
    return connection


def _driver_of(connection: sa.Connection) -> Any:  # Any: the driver has no types
    """Return what a connection runs its statements on."""
    return connection.connection.driver_connection


def rebuild(source: sa.Connection, target: sa.Connection) -> Projection:
    """Apply the entries of `source` to the empty tables of `target`; return the projection.

    Of others' logs those count that are applied there: what its station has not signed for, or what
    waits for others, is in no table. They are taken in order of their stamps, which is how they mostly
    depend on each other. A log whose entry waits for another log is gone on with after the others, as
    an import does.
    """
    projection = Projection(target, LentKeyring(source), writers_of(source), Unvouched(source))
    stalled: dict[int, int] = {}
    with source.execute(_in_order_of_stamps()) as entries:
        for row in entries:
            if row.log_id not in stalled and not _applied(projection, row):
                stalled[row.log_id] = row.place
    while _go_on(source, projection, stalled) or _pass_over(source, projection, stalled):
        pass
    projection.flush()
    while _make_up(source, target, projection):
        projection.flush()
    return projection


def _make_up(source: sa.Connection, target: sa.Connection, projection: Projection) -> bool:
    """Make the rows anew that stations of several sites began, as an import does; tell whether there were any.

    What counts of them is known only when all that is said of them has come. There are none, unless
    somebody's program was altered.
    """
    due = left_out.due_tables(target)
    for table in stored_tables() if due else ():
        rows = left_out.due_rows(target, table, _BEFORE_ALL, due.get(table, 0))
        said = _said_of(source, table, rows) if rows else {}
        left_out.forget(target, [(table, key) for key in rows])
        for key in rows:
            projection.make_up(table, key, said.get(key, ()))
    return bool(due)


def _said_of(
    source: sa.Connection, table: str, keys: Collection[bytes]
) -> dict[bytes, list[tuple[bytes, Change]]]:
    said: dict[bytes, list[tuple[bytes, Change]]] = defaultdict(list)
    with source.execute(_in_order_of_stamps()) as entries:
        for row in entries:
            for change in decode_changes(row.body):
                if change.table == table and change.key.bytes in keys:
                    said[change.key.bytes].append((version_of(row.stamp, row.station), change))
    return said


_BEFORE_ALL = bytes(16)


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


def _pass_over(source: sa.Connection, projection: Projection, stalled: dict[int, int]) -> bool:
    """Leave out what names rows that nobody vouches for, where nothing else goes on; tell whether that helped."""
    projection.passes_over = projection.unvouched.is_any
    went_on = projection.passes_over and _go_on(source, projection, stalled)
    projection.passes_over = False
    return went_on


def _applied(projection: Projection, row: Any) -> bool:
    outcome = projection.apply(version_of(row.stamp, row.station), decode_changes(row.body))
    return not isinstance(outcome, Waiting)


def _entries() -> sa.Select[*tuple[Any, ...]]:
    is_applied = sa.or_(LogRow.applied.is_(None), EntryRow.seq <= LogRow.applied)
    return sa.select(
        EntryRow.place, EntryRow.log_id, EntryRow.stamp, EntryRow.body, LogRow.station
    ).join(LogRow, sa.and_(LogRow.id == EntryRow.log_id, is_applied))


def _in_order_of_stamps() -> sa.Select[*tuple[Any, ...]]:
    ordered = _entries().order_by(EntryRow.stamp, EntryRow.place)
    return ordered.execution_options(yield_per=1000)


def _from(log_id: int, place: int) -> sa.Select[*tuple[Any, ...]]:
    rest = _entries().where(EntryRow.entries_of(log_id), EntryRow.place >= place)
    return rest.order_by(EntryRow.place).execution_options(yield_per=1000)
