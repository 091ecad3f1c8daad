"""All that entries say of one row, folded anew: for a row of which an older program left something out."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from app.core.journal.changes import Change
from app.core.journal.projection.beside import Row
from app.core.journal.projection.contests import forget_registers
from app.core.journal.projection.merging import begun_again, edited
from app.core.journal.projection.reading import NewRow, NewValues, read_changes
from app.core.journal.projection.registers import pack_versions
from app.core.journal.projection.speaking import Born, Speaking
from app.core.journal.projection.stored import Stored
from app.core.storage.tables import Kind


class Story:
    """What is said of one row, in any order: what it comes to is the same (ADR 16)."""

    def __init__(
        self, connection: sa.Connection, stored: Stored, key: bytes, speaking: Speaking
    ) -> None:
        self.stored = stored
        self.key = key
        self.is_whole = True
        """False where this program does not know all of it either."""
        self.clashes = False
        """Whether two entries made the row, and not alike."""
        self.is_refused = False
        """Whether nobody began the row who may speak of it."""
        self._connection = connection
        self._speaking = speaking
        self._begun: list[Born] = []
        self._edits: list[tuple[bytes, NewValues]] = []

    def read(self, version: bytes, changes: Iterable[Change]) -> None:
        """Take in what an entry says of the row; what is sealed was opened before."""
        read, left_out = read_changes(changes)
        self.is_whole = self.is_whole and not left_out
        for one in read:
            if isinstance(one, NewValues):
                self._edits.append((version, one))
            else:
                self._begun.append((version, self._begin(version, one)))

    def told(self) -> Row | None:
        """Return the row, and keep beside the tables what it has no place for; None where none began it."""
        own: Row | None = None
        forget_registers(self._connection, self.stored, self.key)
        begun = self._speaking.told(self.stored, self.key, self._begun)
        self.is_refused = len(begun) < len(self._begun) and not begun
        for _version, row in begun:
            own = row if own is None else self._with(own, row)
        if own is None:
            return None
        for version, edit in self._edits:
            if not self._speaking.counts_in(version, edit, own):
                continue
            changed, versions = edited(self._connection, own, version, edit)
            own = {**own, **changed, "row_versions": pack_versions(versions)}
        return own

    def _begin(self, version: bytes, new: NewRow) -> Row:
        if self.stored.kind is Kind.RECORD:
            new.row["row_versions"] = pack_versions({"": version})
        return new.row

    def _with(self, own: Row, row: Row) -> Row:
        """Return what two beginnings of the row come to."""
        if self.stored.kind is not Kind.RECORD:
            self.clashes = self.clashes or own != row
            return min(own, row, key=msgspec.msgpack.encode)
        begun = begun_again(self._connection, self.stored, own, row)
        if begun is None:
            return own
        changed, versions, is_alike = begun
        self.clashes = self.clashes or not is_alike
        return {**own, **changed, "row_versions": pack_versions(versions)}
