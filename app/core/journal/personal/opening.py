"""Reading entries with the keys that are here: what none opens stands under a pseudonym."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import SEALED, Change, Edit, Edited, Inserted
from app.core.journal.personal.cipher import person_of, unseal
from app.core.journal.personal.columns import personal_tables
from app.core.journal.personal.keyring import Keyring, LentKeyring, erased_people
from app.core.storage.columns import Wire

_NOTHING: Mapping[str, Any] = {}


class Opening:
    """Opens what is sealed, with the keys of one database."""

    def __init__(self, keyring: Keyring, connection: sa.Connection) -> None:
        """Read keys there; who is erased is asked of `connection`, the tables that are written."""
        self._keyring = keyring
        self._connection = connection
        self._tables = personal_tables()
        self._erased: set[bytes] | None = None

    @property
    def erased(self) -> set[bytes]:
        """Return who is erased; whoever learns of more adds them."""
        if self._erased is None:
            self._erased = erased_people(self._connection)
        return self._erased

    @property
    def keyring(self) -> Keyring:
        """Return the keys."""
        return self._keyring

    def opened(self, changes: Iterable[Change]) -> list[Change]:
        """Return changes as they were before they were sealed, as far as that can be known."""
        return [self._opened(one) if one.sealed else self._plain(one) for one in changes]

    def opened_row(self, table: str, key: bytes, values: dict[str, Any]) -> None:
        """Put what is sealed of a new row among its values, from which it is taken."""
        sealed = values.pop(SEALED, b"")
        if isinstance(sealed, bytes) and sealed:
            change = Inserted(table, UUID(bytes=key), dict(values), sealed)
            values.update(self._opened_insert(change).values)

    def _opened(self, change: Change) -> Change:
        if isinstance(change, Inserted):
            return self._opened_insert(change)
        return self._opened_edit(change)

    def _opened_insert(self, change: Inserted) -> Inserted:
        said = self._said(change)
        blanks = {} if said is not None else self._blanks(change, change.values)
        return Inserted(change.table, change.key, {**change.values, **(said or blanks)})

    def _opened_edit(self, change: Edited) -> Edited:
        said = self._said(change)
        blanks = _NOTHING if said is not None else self._blanks(change, _NOTHING)
        edits = dict(change.edits)
        for name, edit in change.edits.items():
            if said is not None and name in said:
                old, new = _pair(said[name])
                edits[name] = Edit(edit.superseded, old, new)
            elif name in blanks:
                edits[name] = Edit(edit.superseded, blanks[name], blanks[name])
        return Edited(change.table, change.key, edits)

    def _said(self, change: Change) -> dict[str, Any] | None:
        """Return what was sealed; None where no key here opens it."""
        person = person_of(change.sealed)
        if person is None:
            return None
        for key in self._keyring.of(person):
            said = unseal(key, change.sealed, change.table, change.key)
            if said is not None:
                return said
        if person not in self.erased:
            self._keyring.want(person)
        return None

    def _blanks(self, change: Change, row: Mapping[str, Wire]) -> Mapping[str, Wire]:
        table = self._tables.get(change.table)
        person = person_of(change.sealed)
        return table.blanks(person, row) if table is not None and person is not None else _NOTHING

    def _plain(self, change: Change) -> Change:
        """Return a change of before there were keys; without what is personal of who is erased."""
        table = self._tables.get(change.table)
        if table is None or table.through or not self.erased:
            return change
        row = change.values if isinstance(change, Inserted) else _NOTHING
        person = table.named_in(change.key.bytes, row)
        if not isinstance(person, bytes) or person not in self.erased:
            return change
        blanks = table.blanks(person, row)
        if isinstance(change, Inserted):
            return Inserted(change.table, change.key, {**change.values, **blanks})
        edits = {
            name: Edit(edit.superseded, blanks[name], blanks[name]) if name in blanks else edit
            for name, edit in change.edits.items()
        }
        return Edited(change.table, change.key, edits)


def _pair(said: Any) -> tuple[Wire, Wire]:
    if isinstance(said, list) and len(said) == 2:  # noqa: PLR2004  before and after
        return said[0], said[1]
    return None, None


def opened_changes(connection: sa.Connection, changes: Iterable[Change]) -> list[Change]:
    """Return changes as people read them, with the keys of a database that is only read."""
    return Opening(LentKeyring(connection), connection).opened(changes)
