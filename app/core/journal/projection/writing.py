"""Rows and edits that are due go into their tables: as many rows at once as go together, else one by one."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.core.journal.projection.beside import Beside, Row
from app.core.journal.projection.left_out import note_to_make_up
from app.core.journal.projection.merging import as_bytes, begun_again
from app.core.journal.projection.registers import pack_versions
from app.core.journal.projection.settling import Settling
from app.core.journal.projection.speaking import Speaking
from app.core.journal.projection.stored import Stored
from app.core.journal.projection.touching import Touched
from app.core.storage.tables import Kind

_FEW = 4
"""So few rows are looked at one by one at once."""
_MANY = 64
"""So many are tried in halves, where one of them is not plain."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two entries made one row, and not alike: an alarm. One of them is shown, everywhere the same."""

    table: str
    key: UUID


class Writing:
    """Writes on one connection what a projection has read, and remembers what did not agree."""

    def __init__(
        self,
        connection: sa.Connection,
        beside: Beside,
        settling: Settling,
        speaking: Speaking,
        touched: Touched,
    ) -> None:
        self.clashes: list[Clash] = []
        self._connection = connection
        self._beside = beside
        self._settling = settling
        self._speaking = speaking
        self._touched = touched

    def insert(self, shape: Stored, rows: list[Row]) -> None:
        """Insert rows, as many at once as go together."""
        if len(rows) >= _FEW and self._insert_together(shape, rows):
            return
        if len(rows) > _MANY:
            middle = len(rows) // 2
            self.insert(shape, rows[:middle])
            self.insert(shape, rows[middle:])
            return
        for row in rows:
            self._insert_one(shape, row)

    def change(
        self, shape: Stored, key: bytes, own: Row, changed: Row, versions: dict[str, bytes]
    ) -> None:
        """Let a row, shown or aside, have new values."""
        changed = {name: value for name, value in changed.items() if own[name] != value}
        packed: Row = {"row_versions": pack_versions(versions)}
        is_shown = shape.has(self._connection, key)
        if is_shown and not changed.keys() & (shape.identifying | shape.references.keys()):
            shape.change(self._connection, key, {**changed, **packed})
            self._touched.note(shape.table, [key])
        else:
            self._settling.replace(shape, key, {**own, **changed, **packed})

    def note_clash(self, shape: Stored, row: Row) -> None:
        """Remember that two entries made a row, and not alike."""
        self.clashes.append(Clash(shape.table, UUID(bytes=_key(row))))

    def _insert_together(self, shape: Stored, rows: list[Row]) -> bool:
        """Insert rows at once; False, with nothing done, where one of them is no plain new row."""
        keys = [_key(row) for row in rows]
        if self._beside.aside_among(shape, keys):
            return False
        try:
            with self._connection.begin_nested():
                shape.write(self._connection, rows)
        except sa.exc.IntegrityError:
            return False
        self._touched.note(shape.table, keys)
        return True

    def _insert_one(self, shape: Stored, row: Row) -> None:
        own = self._beside.own_like(shape, row)
        if own is None:
            self._settling.add(shape, row)
        elif shape.kind is Kind.RECORD:
            self._insert_again(shape, own, row)
        elif own != row and shape.spoken is not None:  # whose word counts is told by all of it
            note_to_make_up(self._connection, [(shape.table, _key(row))])
        elif own != row:
            self.note_clash(shape, row)
            shown = min(own, row, key=msgspec.msgpack.encode)
            if shown is not own:
                self._settling.replace(shape, _key(row), shown)

    def _insert_again(self, shape: Stored, own: Row, row: Row) -> None:
        if shape.spoken is not None and self._speaking.are_apart(own, row):
            note_to_make_up(self._connection, [(shape.table, _key(row))])
            return
        begun = begun_again(self._connection, shape, own, row)
        if begun is None:
            return
        changed, versions, is_alike = begun
        if not is_alike:
            self.note_clash(shape, row)
        self.change(shape, _key(row), own, changed, versions)


def _key(row: Row) -> bytes:
    return as_bytes(row["id"])
