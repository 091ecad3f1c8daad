"""What an older program left out of the tables is put there after its update, as if it had known it.

Each row of which something was left out is made anew of all its entries, whoever wrote them: what was
edited meanwhile keeps its place. Some rows a transaction; a note of a row goes when what follows from it
has been brought up, so that a power cut leaves it to be done again.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import Change, decode_changes
from app.core.journal.ledger import Stood
from app.core.journal.models import EntryRow, LogRow, MentionRow
from app.core.journal.personal import LentKeyring, Opening
from app.core.journal.projection import Projection, Waiting, left_out
from app.core.journal.projection.critical import Holding
from app.core.journal.projection.reading import read_changes
from app.core.journal.projection.stored import stored_tables
from app.core.journal.service import index_mentions
from app.core.journal.site import Site
from app.core.journal.stamps import version_of

Tell = Callable[[Stood], None]
"""Is told what came into the tables, and brings up what follows from it."""

_AT_ONCE = 2000
_ROWS_AT_ONCE = 500
_LOOKED_AT = 50
_BEFORE_ALL = bytes(16)
_log = logging.getLogger(__name__)


def is_to_make_up(connection: sa.Connection) -> bool:
    """Tell whether an older program left something out that this one may know."""
    due = left_out.due_tables(connection)
    return left_out.UNNOTED in due or not stored_tables().keys().isdisjoint(due)


def known_tables() -> frozenset[str]:
    """Return the names of the journalled tables of this program."""
    return frozenset(stored_tables())


def stations_ahead(connection: sa.Connection) -> frozenset[bytes]:
    """Return the stations of which entries tell of what only a newer program knows.

    Of each table the newest rows are looked at: those of whoever is ahead now. The index of mentions
    must be up to date.
    """
    ahead: set[bytes] = set()
    opening = Opening(LentKeyring(connection), connection)
    for table, keys in left_out.newest_unknown(connection, _LOOKED_AT).items():
        spoken = sa.select(MentionRow.place).where(MentionRow.key.in_(keys))
        for entry in connection.execute(_applied().where(EntryRow.place.in_(spoken))):
            _read, strange = read_changes(opening.opened(decode_changes(entry.body)))
            if any(one == table for one, _key in strange):
                ahead.add(entry.station)
    return frozenset(ahead)


def hold_anew(connection: sa.Connection, tables: Iterable[str]) -> None:
    """Hold what rows of tables hold of which something is left out: more is known now of what does.

    The index of mentions must be up to date.
    """
    holding, opening = Holding(connection), Opening(LentKeyring(connection), connection)
    for table in tables:
        after = _BEFORE_ALL
        while rows := left_out.noted_rows(connection, table, after, _ROWS_AT_ONCE):
            for said in _said_of(connection, table, rows).values():
                holding.hold(opening.opened([change for _version, change in said]))
            after = rows[-1]


def make_up(site: Site, tell: Tell) -> bool:
    """Put into the tables what an older program left out of them; tell whether anything came.

    What refers to rows that have not come stays to be tried again.
    """
    with site.read() as session:
        if not is_to_make_up(session.connection()):
            return False
    index_mentions(site)
    _look_through(site)
    came = moved = _make_up_once(site, tell)
    while moved:
        moved = _make_up_once(site, tell)
    return came


def _make_up_once(site: Site, tell: Tell) -> bool:
    with site.read() as session:
        due = left_out.due_tables(session.connection())
    came = False
    for table in stored_tables():  # parents before children
        if table in due:
            _log.info("%s rows of %s are made up after an update", due[table], table)
            came |= _make_up_table(site, table, tell)
    return came


def _make_up_table(site: Site, table: str, tell: Tell) -> bool:
    came, after = False, _BEFORE_ALL
    while True:
        with site.database.write() as connection:
            rows = left_out.due_rows(connection, table, after, _ROWS_AT_ONCE)
            if not rows:
                return came
            whole, in_part, stood = _make_up_rows(connection, table, rows)
        tell(stood)
        with site.database.write() as connection:
            left_out.forget(connection, [(table, key) for key in whole])
            left_out.note_left_out(connection, [(table, key) for key in in_part])
        came, after = came or bool(whole or in_part), rows[-1]


def _make_up_rows(
    connection: sa.Connection, table: str, rows: Sequence[bytes]
) -> tuple[list[bytes], list[bytes], Stood]:
    """Make rows anew; return those of which this program knows all, those of which it does not, and what came."""
    said = _said_of(connection, table, rows)
    projection, holding = Projection(connection), Holding(connection)
    opening = Opening(LentKeyring(connection), connection)
    whole: list[bytes] = []
    in_part: list[bytes] = []
    for key in rows:
        outcome = projection.make_up(table, key, said[key])
        if not isinstance(outcome, Waiting):
            (whole if outcome.is_whole else in_part).append(key)
            holding.let_go(table, key)
            holding.hold(opening.opened([change for _version, change in said[key]]))
    projection.flush()
    return whole, in_part, Stood(clashes=list(projection.clashes), touched=projection.touched)


def _said_of(
    connection: sa.Connection, table: str, rows: Sequence[bytes]
) -> dict[bytes, list[tuple[bytes, Change]]]:
    """Return what entries in the tables say of rows, each change with the version it gives."""
    said: dict[bytes, list[tuple[bytes, Change]]] = defaultdict(list)
    wanted = set(rows)
    spoken = sa.select(MentionRow.place).where(
        MentionRow.key.in_([UUID(bytes=key) for key in rows])
    )
    for _place, stamp, station, body in connection.execute(
        _applied().where(EntryRow.place.in_(spoken)).order_by(EntryRow.stamp, EntryRow.place)
    ):
        version = version_of(stamp, station)
        for change in decode_changes(body):
            if change.table == table and change.key.bytes in wanted:
                said[change.key.bytes].append((version, change))
    return said


def _look_through(site: Site) -> None:
    """Note the rows that entries of others are not in, where a program took them in that noted nothing."""
    with site.read() as session:
        if left_out.UNNOTED not in left_out.due_tables(session.connection()):
            return
    place, looked = 0, 0
    while True:
        with site.database.write() as connection:
            entries = connection.execute(
                _applied()
                .where(EntryRow.place > place, LogRow.applied.is_not(None))
                .order_by(EntryRow.place)
                .limit(_AT_ONCE)
            ).all()
            if not entries:
                left_out.forget_unnoted(connection)
                return
            _note_lacking(connection, entries)
        place, looked = entries[-1].place, looked + len(entries)
        _log.info("%s entries were looked through for what an older program left out", looked)


def _note_lacking(connection: sa.Connection, entries: Iterable[Any]) -> None:
    look = left_out.Looking(connection)
    rows: set[tuple[str, bytes]] = set()
    for entry in entries:
        version = version_of(entry.stamp, entry.station)
        rows.update(look.lacking(version, decode_changes(entry.body)))
    left_out.note_to_make_up(connection, rows)


def _applied() -> sa.Select[int, int, bytes, bytes]:
    is_applied = sa.or_(LogRow.applied.is_(None), EntryRow.seq <= LogRow.applied)
    return sa.select(EntryRow.place, EntryRow.stamp, LogRow.station, EntryRow.body).join(
        LogRow, sa.and_(LogRow.id == EntryRow.log_id, is_applied)
    )
