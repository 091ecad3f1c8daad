"""Copying the records of a site to a PostgreSQL server: all of them, compared row by row, or none.

The records do not change meanwhile, since whoever moves them holds the data folder alone. Everything is
written in one transaction; what an attempt before has left on the server is tables without a row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import Site
from app.core.people import note_confirmed
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Base

_AT_ONCE = 5_000
_REFERENCES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname
"""
"""Each reference of a table to another, as the server would make it anew (PostgreSQL, pg_constraint)."""


class OnServerAlready(UserFacingError):
    """The records lie on a server, where its own tools move them."""

    def __init__(self) -> None:
        super().__init__(
            _("The records of this site are on a server already."),
            safe=_("Nothing was changed."),
            remedy=_("Have whoever looks after the server move the database there."),
        )


class ServerTaken(UserFacingError):
    """The database that records were to go to has something in it."""

    def __init__(self) -> None:
        super().__init__(
            _("There is something in this database already."),
            safe=_("The records were not touched and stay where they are."),
            remedy=_("Name a database of its own that is empty."),
        )


class CopyDiffers(UserFacingError):
    """A table is not on the server what it is here."""

    def __init__(self, table: str) -> None:
        super().__init__(
            _("What arrived on the server is not what was sent (table {table}).").format(
                table=table
            ),
            safe=_("The records were not touched and stay where they are."),
            remedy=_("Look at the disks of this PC and of the server, and try again."),
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """How much went to the server."""

    tables: int
    rows: int
    left: Path
    """The file that they were in; it stays, and nobody writes there any more."""


def tell_moved(site: Site, actor: Actor, moved: Moved) -> None:
    """Put on record, in the records on the server, that they came there and how many."""
    reason = _("{tables} tables, {rows} rows, each compared").format(
        tables=moved.tables, rows=number(moved.rows)
    )
    with site.transaction(actor, "records.move", reason=reason) as unit:
        note_confirmed(unit, actor, "records", site.clock.now())


@dataclass(slots=True)
class _Sum:
    """What rows add up to, in whatever order they come: none was lost, none came twice, none differs."""

    rows: int = 0
    total: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows += 1
        self.total += int.from_bytes(sha256(repr(row).encode()).digest())


def copy_records(
    source: Database, target: Database, prepare: Callable[[Database], None], progress: Progress
) -> Moved:
    """Copy every table to an empty database and compare.

    Raises OnServerAlready, ServerTaken, CopyDiffers, Cancelled.
    """
    if not isinstance(source.location, SqliteFile):
        raise OnServerAlready
    _require_empty(target)
    prepare(target)
    with source.read() as here, target.write() as there:
        with _references_away(there):
            sums = {
                name: _copy(here, there, table) for name, table in _told(progress, _("Copying"))
            }
        for name, table in _told(progress, _("Comparing")):
            if _sum_of(there.execute(_all_of(table))) != sums[name]:
                raise CopyDiffers(name)
    rows = sum(one.rows for one in sums.values())
    return Moved(tables=len(sums), rows=rows, left=source.location.path)


def _told(progress: Progress, doing: str) -> Iterator[tuple[str, sa.Table]]:
    tables = Base.metadata.tables
    for place, (name, table) in enumerate(tables.items()):
        progress.step(place, len(tables), doing)
        yield name, table


def _require_empty(target: Database) -> None:
    """Let a new database pass, and one that an attempt before gave tables."""
    with target.read() as session:
        names = sa.inspect(session.connection()).get_table_names()
        if not names:
            return
        entries = Base.metadata.tables["journal_entry"]
        if entries.name not in names or session.scalar(sa.select(sa.exists(sa.select(entries)))):
            raise ServerTaken


@contextmanager
def _references_away(connection: sa.Connection) -> Iterator[None]:
    """Let rows come in any order; each reference is made again after, which looks at every row."""
    found = connection.exec_driver_sql(_REFERENCES).all()
    for table, name, _made in found:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for table, name, made in found:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}')


def _copy(here: Session, there: sa.Connection, table: sa.Table) -> _Sum:
    sent = _Sum()
    for rows in here.execute(_all_of(table)).mappings().partitions():
        for row in rows:
            sent.add(tuple(row.values()))
        there.execute(table.insert(), [dict(row) for row in rows])
    return sent


def _sum_of(found: sa.CursorResult[Any]) -> _Sum:
    arrived = _Sum()
    for row in found:
        arrived.add(tuple(row))
    return arrived


def _all_of(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).execution_options(yield_per=_AT_ONCE)
