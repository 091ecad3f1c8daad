"""Rows that nobody vouches for: only a PC began them that was revoked before that (ADR 76).

They are in no table. What honest PCs wrote about them, before they heard, is left out with them, and so
is what was written about that: else it would wait for them for ever.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from app.core.journal.projection.beside import ROW, equal, wired
from app.core.journal.projection.models import UnvouchedRow
from app.core.storage.columns import id_wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import table_of

Named = tuple[str, bytes]
"""A row, by table and id."""

_ROW = wired(UnvouchedRow)
_COUNT = Prepared(sa.select(sa.func.count()).select_from(_ROW))
_ALL = Prepared(sa.select(_ROW.c.table_name, _ROW.c.row_id))
_OF = Prepared(sa.select(_ROW.c.station).where(*equal(_ROW, ROW)))
_NOTE = insert_of_wires("row_unvouched", table_of(UnvouchedRow).columns)
_FORGET = Prepared(sa.delete(_ROW).where(*equal(_ROW, ROW)))


class Unvouched:
    """The rows that are noted in some records, and those that come to be known on the way."""

    def __init__(self, connection: sa.Connection) -> None:
        """Look in the records of a connection, as far as anything is asked."""
        self._connection = connection
        self._found: dict[Named, bytes] = {}
        self._is_any: bool | None = None

    @property
    def is_any(self) -> bool:
        """Tell whether there are any: there are none, unless a PC was revoked."""
        if self._is_any is None:
            ((count,),) = _COUNT.run(self._connection, {})
            self._is_any = bool(count)
        return self._is_any

    @property
    def found(self) -> dict[Named, bytes]:
        """Return the rows that came to be known on the way, each with the PC that was revoked."""
        return self._found

    def station_of(self, named: Named) -> bytes | None:
        """Return the revoked PC because of which nobody vouches for a row; None for any other row."""
        if not self.is_any:
            return None
        if named in self._found:
            return self._found[named]
        rows = _OF.run(self._connection, {"table_name": named[0], "row_id": named[1]})
        return bytes(rows[0][0]) if rows else None

    def noted(self) -> list[Named]:
        """Return all rows that are noted in the records."""
        return [(table, id_wire(key)) for table, key in _ALL.run(self._connection, {})]

    def add(self, named: Named, station: bytes) -> None:
        """Keep in mind that nobody vouches for a row, because another names one that nobody vouches for."""
        self._found[named] = station

    def keep(self) -> None:
        """Note in the records what came to be known: rows that others wrote."""
        note_unvouched(self._connection, self._found.items(), of_others=True)
        self._found.clear()


def note_unvouched(
    connection: sa.Connection, rows: Iterable[tuple[Named, bytes]], *, of_others: bool
) -> None:
    """Note rows that nobody vouches for, each with the PC that was revoked, unless they are noted."""
    notes = [
        {"table_name": table, "row_id": key, "station": station, "of_others": of_others}
        for (table, key), station in rows
        if not _OF.run(connection, {"table_name": table, "row_id": key})
    ]
    if notes:
        _NOTE.run_many(connection, notes)


def forget_unvouched(connection: sa.Connection, rows: Iterable[Named]) -> None:
    """Forget rows that somebody vouches for now."""
    for table, key in rows:
        _FORGET.run(connection, {"table_name": table, "row_id": key})
