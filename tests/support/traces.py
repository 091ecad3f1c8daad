"""Whether a word stands anywhere in a PC's records: in any table, or in an entry that its keys can open."""

from functools import cache

import sqlalchemy as sa

from app.core.journal import Site
from app.core.journal.changes import Inserted, decode_changes
from app.core.journal.models import EntryRow
from app.core.journal.personal import opened_changes


def traces(site: Site, *words: str, but_for: str = "") -> list[str]:
    """Return where any of some words stand: tables by name, entries by place.

    Rows of the table `but_for` may hold them, and what entries say of such rows.
    """
    left_out = {but_for, EntryRow.__tablename__} if but_for else set()
    with site.read() as session:
        connection = session.connection()
        tables = tuple(sorted({*sa.inspect(connection).get_table_names()} - left_out))
        found = [
            table
            for (table,) in connection.exec_driver_sql(which_are_filled(tables)).all()
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')
            if _says(row, words)
        ]
        for place, body in session.execute(sa.select(EntryRow.place, EntryRow.body)):
            for change in opened_changes(connection, decode_changes(body)):
                said = (
                    change.values.values()
                    if isinstance(change, Inserted)
                    else [value for one in change.edits.values() for value in (one.old, one.new)]
                )
                if change.table != but_for and _says(said, words):
                    found.append(f"entry {place}")
    return sorted(set(found))


@cache
def which_are_filled(tables: tuple[str, ...]) -> str:
    """Return what asks for the names of those tables that have a row: of two hundred, thirty have."""
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables
    )


def _says(values: object, words: tuple[str, ...]) -> bool:
    for value in values:  # type: ignore[attr-defined]  # a row, or values
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        if any(word.casefold() in text.casefold() for word in words):
            return True
    return False
