"""Applying entries to tables: how a journal becomes records again.

One mechanism serves the self-check (rebuild and compare), recovery and sync. An edit is applied
unless the column shows a newer version; one of the same version comes from the same entry, later.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import Change, Edited, Inserted
from app.core.journal.unit import pack_versions, unpack_versions
from app.core.storage.columns import from_wire
from app.core.storage.tables import Record, model_of, table_of


class Applier:
    """Carries out changes on one connection, inserts of a table together where they follow on."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._table = ""
        self._rows: list[dict[str, Any]] = []

    def apply(self, version: bytes, changes: Iterable[Change]) -> None:
        """Carry out one entry's changes; `version` is what the entry gives to what it writes."""
        for change in changes:
            if isinstance(change, Inserted):
                self._insert(version, change)
            else:
                self.flush()
                self._edit(version, change)

    def flush(self) -> None:
        """Write the inserts that are still held together."""
        if self._rows:
            table = table_of(model_of(self._table))
            self._connection.execute(sa.insert(table), self._rows)
            self._rows = []

    def _insert(self, version: bytes, change: Inserted) -> None:
        model = model_of(change.table)
        if change.table != self._table:
            self.flush()
            self._table = change.table
        columns = table_of(model).columns
        row = {c.key: from_wire(c, change.values.get(c.key)) for c in columns}
        row["id"] = change.key
        if issubclass(model, Record):
            row["row_versions"] = pack_versions({"": version})
        self._rows.append(row)

    def _edit(self, version: bytes, change: Edited) -> None:
        table = table_of(model_of(change.table))
        packed = self._connection.execute(
            sa.select(table.c.row_versions).where(table.c.id == change.key)
        ).scalar_one()
        versions = unpack_versions(packed)
        newer = {
            name: edit.new
            for name, edit in change.edits.items()
            if version >= versions.get(name, versions[""])
        }
        if not newer:
            return
        versions.update(dict.fromkeys(newer, version))
        values = {name: from_wire(table.c[name], wire) for name, wire in newer.items()}
        values["row_versions"] = pack_versions(versions)
        self._connection.execute(sa.update(table).where(table.c.id == change.key).values(values))


def first_difference(ours: sa.Connection, rebuilt: sa.Connection, table: sa.Table) -> UUID | None:
    """Return the id of the first row, in order of their keys, that differs between two databases."""
    keys = [str(column.key) for column in table.primary_key]
    statement = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=2000)
    left, right = iter(ours.execute(statement)), iter(rebuilt.execute(statement))
    while True:
        one, other = next(left, None), next(right, None)
        if one is None and other is None:
            return None
        if one is None or other is None or tuple(one) != tuple(other):
            present = [row for row in (one, other) if row is not None]
            first = min(present, key=lambda row: [getattr(row, key) for key in keys])
            differing: UUID = first.id
            return differing
