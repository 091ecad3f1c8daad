"""The keys of people in one database: made, taken in, given along, destroyed."""

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.personal.cipher import KEY_BYTES, fresh_key
from app.core.journal.personal.columns import erasing_tables
from app.core.journal.personal.models import KeyWantedRow, PersonKeyRow
from app.core.storage.columns import IdWire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import model_of, table_of

_ID_BYTES = 16


class PersonKey(NamedTuple):
    """A key, and whose it is."""

    person: bytes
    key: bytes


class Keyring:
    """Reads and writes keys on one connection, in the caller's transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[bytes, tuple[bytes, ...]] = {}

    def of(self, person: bytes) -> tuple[bytes, ...]:
        """Return the keys of somebody."""
        keys = self._known.get(person)
        if keys is None:
            found = _KEYS_OF.run(self._connection, {"person_id": person})
            keys = self._known[person] = tuple(bytes(key) for (key,) in found)
        return keys

    def made_for(self, person: bytes) -> bytes:
        """Return the key under which to write of somebody; a new one for who has none."""
        keys = self.of(person)
        if keys:
            return keys[0]
        key = fresh_key()
        self.keep([PersonKey(person, key)])
        return key

    def made_for_all(self, people: Iterable[bytes]) -> None:
        """Make keys for people who are new, and of whom nothing was ever written."""
        self.keep(
            [PersonKey(person, fresh_key()) for person in people if person not in self._known]
        )

    def keep(self, keys: Collection[PersonKey]) -> None:
        """Keep keys that are not here yet."""
        if keys:
            _KEEP.run_many_in_order(self._connection, keys)
        for one in keys:
            self._known[one.person] = (*self._known.get(one.person, ()), one.key)

    def destroy(self, person: bytes) -> None:
        """Destroy the keys of somebody, and want them no more."""
        _DESTROY.run(self._connection, {"person_id": person})
        self.want_no_more(person)
        self._known[person] = ()

    def want(self, person: bytes) -> None:
        """Note that entries speak of somebody whose key is not here."""
        if not _IS_WANTED.run(self._connection, {"person_id": person}):
            _WANT.run(self._connection, {"person_id": person})

    def want_no_more(self, person: bytes) -> None:
        """Note that the key of somebody came, or is not waited for."""
        _WANT_NO_MORE.run(self._connection, {"person_id": person})


class LentKeyring(Keyring):
    """The keys of another database: read, and nothing else."""

    def destroy(self, person: bytes) -> None:
        """Leave the key where it is."""

    def want(self, person: bytes) -> None:
        """Note nothing."""


def take_keys(connection: sa.Connection, untrusted_keys: Iterable[PersonKey]) -> list[bytes]:
    """Keep keys that came from elsewhere; return the people of whom entries wait for them.

    A key of somebody who is erased is refused, whoever brings it and whenever (invariant I12).
    """
    erased = erased_people(connection)
    known = {PersonKey(person, key) for person, key in _all(connection, _ALL_KEYS)}
    wanted = {person for (person,) in _all(connection, _ALL_WANTED)}
    fresh = {
        one
        for one in untrusted_keys
        if one not in known
        and one.person not in erased
        and (len(one.person), len(one.key)) == (_ID_BYTES, KEY_BYTES)
    }
    Keyring(connection).keep(sorted(fresh))
    return sorted({one.person for one in fresh} & wanted)


def keys_of(connection: sa.Connection, people: Collection[bytes]) -> list[PersonKey]:
    """Return the keys of some people."""
    if len(people) > _FEW:
        found = (PersonKey(person, key) for person, key in _all(connection, _ALL_KEYS))
        return sorted(one for one in found if one.person in people)
    keyring = Keyring(connection)
    return [PersonKey(person, key) for person in sorted(people) for key in keyring.of(person)]


def wanted_keys(connection: sa.Connection) -> list[bytes]:
    """Return of whom entries are here that no key opens."""
    return sorted(person for (person,) in _all(connection, _ALL_WANTED))


def erased_people(connection: sa.Connection) -> set[bytes]:
    """Return who is erased."""
    return {
        person
        for table, column in erasing_tables().items()
        for (person,) in _all(connection, _erased_by(table, column))
    }


def _erased_by(table: str, column: str) -> Prepared:
    known = _ERASED.get(table)
    if known is None:
        known = _ERASED[table] = Prepared(sa.select(table_of(model_of(table)).c[column]))
    return known


def _all(connection: sa.Connection, statement: Prepared) -> list[tuple[bytes, ...]]:
    return [tuple(map(_bytes, row)) for row in statement.run(connection, {})]


def _bytes(found: object) -> bytes:
    return found.bytes if isinstance(found, UUID) else bytes(found)  # type: ignore[call-overload]  # what a driver gives for an id


_FEW = 2000
_KEYS = sa.table("person_key", sa.column("person_id", IdWire()), sa.column("key", sa.LargeBinary()))
_WANTED = sa.table("person_key_wanted", sa.column("person_id", IdWire()))
_IS_THEIRS = _KEYS.c.person_id == sa.bindparam("person_id", type_=IdWire())
_IS_OF_THEM = _WANTED.c.person_id == sa.bindparam("person_id", type_=IdWire())
_KEYS_OF = Prepared(sa.select(_KEYS.c.key).where(_IS_THEIRS).order_by(_KEYS.c.key))
_ALL_KEYS = Prepared(sa.select(_KEYS.c.person_id, _KEYS.c.key))
_KEEP = insert_of_wires("person_key", table_of(PersonKeyRow).columns)
_DESTROY = Prepared(sa.delete(_KEYS).where(_IS_THEIRS))
_ALL_WANTED = Prepared(sa.select(_WANTED.c.person_id))
_IS_WANTED = Prepared(sa.select(_WANTED.c.person_id).where(_IS_OF_THEM))
_WANT = insert_of_wires("person_key_wanted", table_of(KeyWantedRow).columns)
_WANT_NO_MORE = Prepared(sa.delete(_WANTED).where(_IS_OF_THEM))
_ERASED: dict[str, Prepared] = {}
