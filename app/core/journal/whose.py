"""Whose records an entry changes: the people whom its rows name, or lead to."""

from collections.abc import Mapping
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import BodyUnreadable, Change, Inserted, decode_changes
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.storage.columns import Wire

_PEOPLE = "person"
_NAMES_THEM = "person_id"
"""The column by which every table names whose a row is; who did something stands in others."""
_STEPS = 4
"""A signature is of a result, of a round, of a run, of a person: nothing leads further."""


class Whose:
    """Finds out on one connection; what rows lead to is looked up once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._beside = Beside(connection)
        self._known: dict[tuple[str, bytes], UUID | None] = {}

    def of(self, body: bytes) -> set[UUID]:
        """Return the people whose records the body of an entry changes; of an unreadable one nobody."""
        try:
            changes = decode_changes(body)
        except BodyUnreadable:
            return set()
        found = (self._of_change(change) for change in changes)
        return {person for person in found if person is not None}

    def _of_change(self, change: Change) -> UUID | None:
        stored = self._tables.get(change.table)
        if stored is None:  # of a newer program
            return None
        if isinstance(change, Inserted):
            return self._of_row(stored, change.key.bytes, change.values, _STEPS)
        return self._of_key(stored, change.key.bytes, _STEPS)

    def _of_key(self, stored: Stored, key: bytes, steps: int) -> UUID | None:
        named = stored.table, key
        if named not in self._known:
            row = self._beside.own(stored, key)
            found = None if row is None else self._of_row(stored, key, row, steps)
            self._known[named] = found
        return self._known[named]

    def _of_row(
        self, stored: Stored, key: bytes, row: Mapping[str, Wire], steps: int
    ) -> UUID | None:
        if stored.table == _PEOPLE:
            return UUID(bytes=key)
        named = row.get(_NAMES_THEM)
        if isinstance(named, bytes):
            return UUID(bytes=named)
        return self._led_to(stored, row, steps - 1) if steps else None

    def _led_to(self, stored: Stored, row: Mapping[str, Wire], steps: int) -> UUID | None:
        for column, table in stored.referring:
            key = row.get(column)
            if table != _PEOPLE and isinstance(key, bytes):
                found = self._of_key(self._tables[table], key, steps)
                if found is not None:
                    return found
        return None

    @cached_property
    def _tables(self) -> Mapping[str, Stored]:
        return stored_tables()
