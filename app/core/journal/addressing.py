"""Which of what is written about courses and rules may not go to every plant, and to whom it goes instead (ADR 22).

Headquarters' catalogue goes to all plants. What they write in it about a row that one plant has alone goes
to that plant, in the log that is written for it; what speaks of rows of several plants, or of people and
places of headquarters, goes to no plant: it would wait there for ever for what it speaks of.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.addressed import is_addressed_to
from app.core.journal.changes import Change, Edited, decode_changes
from app.core.journal.ledger.logs import StoredLog, stored_logs
from app.core.journal.models import EntryRow
from app.core.journal.projection.beside import Row
from app.core.journal.projection.merging import as_bytes, versions_of
from app.core.journal.projection.registers import split_versions
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.writers import Writer, writer_of, writers_of
from app.core.storage.columns import Wire
from app.core.storage.tables import Kind, Scope

_Named = tuple[str, bytes]
"""A row, by table and id."""
_Sites = frozenset[bytes]
"""The sites that have something alone; none where everybody has it."""
_ALL_HAVE_IT: _Sites = frozenset()


class Addressing:
    """Tells for one unit of work which site gets a change of the catalogue."""

    def __init__(self, connection: sa.Connection, own_site: UUID, station: bytes) -> None:
        """Take the site that writes, and the fingerprint of its station."""
        self._connection = connection
        self._own = own_site.bytes
        self._writers = writers_of(connection)
        self._known: dict[_Named, _Sites] = {}
        self._station = station

    @property
    def is_needed(self) -> bool:
        """Tell whether what is written here goes to other sites: a plant's goes to headquarters, whole."""
        mine = [one for one in self._writers.values() if one.station == self._station]
        return not mine or mine[0].for_all

    def by_site(self, changes: Iterable[Change]) -> dict[UUID | None, list[Change]]:
        """Return changes of the catalogue by the one site that gets them; None: all sites do."""
        found: dict[UUID | None, list[Change]] = {}
        for change in changes:
            found.setdefault(self._addressee(change), []).append(change)
        return found

    def _addressee(self, change: Change) -> UUID | None:
        stored = stored_tables()[change.table]
        if isinstance(change, Edited):
            new = {column: edit.new for column, edit in change.edits.items()}
            sites = self._of_row(stored, change.key.bytes) | self._of_named(stored, new)
        else:
            sites = self._of_named(stored, change.values)
        if not sites:
            return None
        return UUID(bytes=next(iter(sites)) if len(sites) == 1 else self._own)

    def _of_row(self, stored: Stored, key: bytes) -> _Sites:
        """Return who has a row."""
        named = stored.table, key
        if named not in self._known:
            self._known[named] = _ALL_HAVE_IT  # a row may name itself, by others between
            row = stored.read(self._connection, key)
            self._known[named] = _ALL_HAVE_IT if row is None else self._of_known(stored, row)
        return self._known[named]

    def _of_known(self, stored: Stored, row: Row) -> _Sites:
        births = split_versions(versions_of(row)[""]) if stored.kind is Kind.RECORD else ()
        writers = [writer_of(self._writers, one) for one in births]
        known = [one for one in writers if one is not None]
        if known and not any(map(self._is_ours, known)):
            return frozenset(one.site for one in known)
        if stored.scope is not Scope.CATALOGUE:
            return frozenset({self._own})
        begun_for = self._begun_for(as_bytes(row["id"]), births)
        return self._of_named(stored, row) | frozenset(begun_for)

    def _is_ours(self, writer: Writer) -> bool:
        return writer.for_all or writer.site == self._own

    def _of_named(self, stored: Stored, values: Mapping[str, Wire]) -> _Sites:
        """Return who has all rows that some columns name."""
        sites = _ALL_HAVE_IT
        for table, key in _named_in(stored, values):
            sites |= self._of_row(stored_tables()[table], key)
        return sites

    def _begun_for(self, key: bytes, births: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the sites in whose logs a row was begun here, whatever it speaks of by now."""
        for birth in births if self._beside else ():
            stamp, writer = int.from_bytes(birth[:8], "big"), birth[8:]
            for site, log in self._beside:
                if log.name.station.startswith(writer):
                    wrote = EntryRow.entries_of(log.id), EntryRow.stamp == stamp
                    bodies = self._connection.scalars(sa.select(EntryRow.body).where(*wrote))
                    if any(_tells_of(body, key) for body in bodies):
                        yield site.bytes

    @cached_property
    def _beside(self) -> list[tuple[UUID, StoredLog]]:
        """Return the logs here that were written for one site, with which."""
        sites = {self._own, *(one.site for one in self._writers.values())}
        return [
            (site, log)
            for log in stored_logs(self._connection)
            for site in (UUID(bytes=one) for one in sites)
            if is_addressed_to(log.name, site)
        ]


def _named_in(stored: Stored, values: Mapping[str, Wire]) -> Iterator[_Named]:
    """Yield the rows that columns name: by a reference, or as what a fact is about."""
    for column, table in stored.referring:
        key = values.get(column)
        if isinstance(key, bytes):
            yield table, key
    if stored.concerns is not None:
        kind, column = stored.concerns
        named, key = values.get(kind), values.get(column)
        if isinstance(named, str) and named in stored_tables() and isinstance(key, bytes):
            yield named, key


def _tells_of(body: bytes, key: bytes) -> bool:
    return key in body and any(one.key.bytes == key for one in decode_changes(body))
