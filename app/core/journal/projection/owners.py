"""Whose a row is that says something personal, and which rows are somebody's."""

from collections.abc import Iterable, Iterator

from app.core.journal.personal import PersonalTable, personal_tables
from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.storage.columns import Wire


class Owners:
    """Finds out, on one connection. Rows are taken as their entries wrote them."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self._tables = personal_tables()
        self._stored = stored_tables()

    def of_row(self, table: PersonalTable, key: bytes, row: Row) -> bytes | None:
        """Return whose a row is; None for nobody's, or where what leads to them is not here."""
        named = table.named_in(key, row)
        if not table.through:
            return named if isinstance(named, bytes) else None
        return self._led_to(table.through, named)

    def of(self, table: PersonalTable, key: bytes) -> bytes | None:
        """Return whose the row with an id is; None also for one that is not here."""
        row = self._beside.own(self._stored[table.table], key)
        return None if row is None else self.of_row(table, key, row)

    def rows_of(self, table: PersonalTable, person: bytes) -> Iterable[bytes]:
        """Return the rows of a table that are somebody's, shown or aside."""
        if table.is_of_people:
            return (person,)
        if not table.through:
            return set(self._naming(table, person))
        leading = self._tables[table.through]
        return {
            key for one in self.rows_of(leading, person) for key in set(self._naming(table, one))
        }

    def rows_through(self, table: str, key: bytes) -> Iterator[tuple[PersonalTable, bytes]]:
        """Yield the rows to whose owner a row of a table leads."""
        for one in self._tables.values():
            if one.through == table:
                for found in set(self._naming(one, key)):
                    yield one, found

    def _led_to(self, through: str, named: Wire) -> bytes | None:
        if not isinstance(named, bytes):
            return None
        return self.of(self._tables[through], named)

    def _naming(self, table: PersonalTable, named: bytes) -> Iterator[bytes]:
        stored, connection = self._stored[table.table], self._beside.connection
        if table.of in stored.references:
            yield from self._beside.repointed_from(stored, table.of, named)
            for key in stored.children(connection, table.of, named):
                if not self._beside.is_repointed(stored, key, table.of):
                    yield key
        else:
            yield from stored.naming(connection, table.of, named)
        yield from _aside(self._beside, stored, table.of, named)


def _aside(beside: Beside, stored: Stored, column: str, named: bytes) -> Iterator[bytes]:
    if stored.identities:
        for key, _shown, own in beside.asides_in(stored):
            if own[column] == named:
                yield key
