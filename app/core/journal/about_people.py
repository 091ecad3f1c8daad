"""What this database says that is personal of somebody: in its tables, and openly in entries of before."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import BodyUnreadable, Change, Inserted, decode_changes
from app.core.journal.models import EntryRow, MentionRow
from app.core.journal.personal import personal_tables
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.owners import Owners

PersonalRows = dict[str, set[bytes]]
"""Rows by table, by their ids in wire form."""

_AT_ONCE = 500


def personal_rows(connection: sa.Connection, people: Collection[bytes]) -> PersonalRows:
    """Return the rows that say something personal of some people, shown or aside."""
    owners = Owners(Beside(connection))
    return {
        name: rows
        for name, table in personal_tables().items()
        if (rows := {key for person in people for key in owners.rows_of(table, person)})
    }


def count_open_entries(connection: sa.Connection, rows: PersonalRows) -> int:
    """Return how many entries say something personal of rows openly: they are older than the keys.

    By the index of the journal, which whoever asks brings up to date first.
    """
    wanted = {(table, key) for table, keys in rows.items() for key in keys}
    return sum(
        any(_says_openly(change, wanted) for change in _changes(body))
        for body in _bodies(connection, sorted({key for _table, key in wanted}))
    )


def _bodies(connection: sa.Connection, keys: list[bytes]) -> Iterator[bytes]:
    seen: set[int] = set()
    for start in range(0, len(keys), _AT_ONCE):
        mentioned = (
            sa.select(EntryRow.place, EntryRow.body)
            .join(MentionRow, MentionRow.place == EntryRow.place)
            .where(MentionRow.key.in_([UUID(bytes=key) for key in keys[start : start + _AT_ONCE]]))
        )
        for place, body in connection.execute(mentioned):
            if place not in seen:
                seen.add(place)
                yield body


def _changes(body: bytes) -> Iterable[Change]:
    try:
        return decode_changes(body)
    except BodyUnreadable:
        return ()


def _says_openly(change: Change, wanted: Collection[tuple[str, bytes]]) -> bool:
    if change.sealed or (change.table, change.key.bytes) not in wanted:
        return False
    names = personal_tables()[change.table].columns
    if isinstance(change, Inserted):
        return any(change.values.get(name) for name in names)
    return any(name in names and (edit.old or edit.new) for name, edit in change.edits.items())
