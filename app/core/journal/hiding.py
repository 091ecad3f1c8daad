"""Sealing what is personal of the changes that become an entry."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from app.core.journal.changes import Change, Edit, Edited, Inserted
from app.core.journal.personal import Keyring, PersonalTable, personal_tables
from app.core.journal.personal.cipher import Sealer
from app.core.journal.personal.keyring import erased_people
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.local import erase
from app.core.journal.projection.owners import Owners
from app.core.storage.columns import Wire


def with_people_hidden(connection: sa.Connection, changes: list[Change]) -> list[Change]:
    """Return changes, written already, with what is personal sealed under the key of whose it is.

    Of who is erased nothing is sealed, and nothing said: a pseudonym stands there, as it does in the
    tables after `Erasing`.
    """
    tables = personal_tables()
    if tables.keys().isdisjoint(map(_TABLE, changes)):
        return changes
    hiding = _Hiding(connection, changes)
    hidden = [hiding.hidden(one) if one.table in tables else one for one in changes]
    if hiding.of_the_erased:
        erase(connection, hiding.of_the_erased)
    return hidden


_TABLE = attrgetter("table")


class _Hiding:
    """One entry under way."""

    def __init__(self, connection: sa.Connection, changes: Sequence[Change]) -> None:
        self._tables = personal_tables()
        self._keyring = Keyring(connection)
        self._owners = Owners(Beside(connection))
        self._erased = erased_people(connection)
        self.of_the_erased: dict[str, list[bytes]] = {}
        """Rows by table that say something of who is erased."""
        self._led_to = _owners_within(self._tables.values(), changes)
        self._keyring.made_for_all(dict.fromkeys(_new_people(changes)))
        self._sealers: dict[bytes, Sealer] = {}

    def hidden(self, change: Change) -> Change:
        table = self._tables[change.table]
        person = self._owner(table, change)
        if person is None:
            return change
        if person in self._erased:
            self.of_the_erased.setdefault(change.table, []).append(change.key.bytes)
        if isinstance(change, Inserted):
            return self._hidden_row(table, person, change)
        return self._hidden_edit(table, person, change)

    def _hidden_row(self, table: PersonalTable, person: bytes, change: Inserted) -> Change:
        if person in self._erased:
            blanks = table.blanks(person, change.values)
            return Inserted(change.table, change.key, {**change.values, **blanks})
        values = change.values
        said = {name: values[name] for name in table.columns if name in values}
        if not said:
            return change
        open_ = {name: value for name, value in values.items() if name not in said}
        return Inserted(change.table, change.key, open_, self._sealed(person, change, said))

    def _hidden_edit(self, table: PersonalTable, person: bytes, change: Edited) -> Change:
        names = change.edits.keys() & table.columns.keys()
        if not names:
            return change
        blanks: dict[str, Wire] = dict.fromkeys(names)
        if person in self._erased:
            blanks = table.blanks(person, {})
        edits = {
            name: Edit(edit.superseded, blanks[name], blanks[name]) if name in names else edit
            for name, edit in change.edits.items()
        }
        if person in self._erased:
            return Edited(change.table, change.key, edits)
        said = {name: [change.edits[name].old, change.edits[name].new] for name in sorted(names)}
        return Edited(change.table, change.key, edits, self._sealed(person, change, said))

    def _sealed(self, person: bytes, change: Change, said: Mapping[str, Any]) -> bytes:
        sealer = self._sealers.get(person)
        if sealer is None:
            sealer = self._sealers[person] = Sealer(self._keyring.made_for(person), person)
        return sealer.seal(change.table, change.key, said)

    def _owner(self, table: PersonalTable, change: Change) -> bytes | None:
        if isinstance(change, Edited):
            return self._owners.of(table, change.key.bytes)
        if table.is_of_people:
            return change.key.bytes
        named = change.values.get(table.of)
        if table.through and isinstance(named, bytes) and (table.through, named) in self._led_to:
            return self._led_to[table.through, named]
        return self._owners.of_row(table, change.key.bytes, change.values)


def _new_people(changes: Sequence[Change]) -> list[bytes]:
    tables = personal_tables()
    return [
        change.key.bytes
        for change in changes
        if isinstance(change, Inserted)
        and (table := tables.get(change.table)) is not None
        and table.is_of_people
    ]


def _owners_within(
    tables: Iterable[PersonalTable], changes: Sequence[Change]
) -> dict[tuple[str, bytes], bytes | None]:
    """Return whose the new rows are that lead to somebody: an import makes thousands at once."""
    leading = {table.through for table in tables if table.through}
    found: dict[tuple[str, bytes], bytes | None] = {}
    personal = personal_tables()
    for change in changes:
        if change.table in leading and isinstance(change, Inserted):
            named = personal[change.table].named_in(change.key.bytes, change.values)
            found[change.table, change.key.bytes] = named if isinstance(named, bytes) else None
    return found
