"""Whose word counts: of who may sign in, and as what, only the site says something that it is of (ADR 74).

A station of another site that says so all the same is not believed: an edit is passed over, a row that
it begins lies there without what it may not have. Headquarters speak for every site. What is decided
follows from the row's beginnings and from who writes, never from what came first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from app.core.journal.projection.beside import ROW, Row, equal, wired
from app.core.journal.projection.merging import as_bytes, versions_of
from app.core.journal.projection.models import RefusedClaimRow
from app.core.journal.projection.reading import NewRow, NewValues
from app.core.journal.projection.registers import split_versions
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.writers import Writer, Writers, home_of_births, writer_of
from app.core.storage.columns import Wire, id_wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import Spoken, table_of

_KNOWN = 200_000
"""Rows of which it is remembered of which site they are."""
_LATEST = 253_402_300_799_999_999
"""The last moment that a column holds, in microseconds since 1970."""

_CLAIM = wired(RefusedClaimRow)
_NOTE = insert_of_wires("refused_claim", table_of(RefusedClaimRow).columns)
_VERSION = (*ROW, "version")
_FORGET_ONE = Prepared(sa.delete(_CLAIM).where(*equal(_CLAIM, _VERSION)))
_FORGET = Prepared(sa.delete(_CLAIM).where(*equal(_CLAIM, ROW)))
_REFUSED_ABOUT = Prepared(
    sa.select(_CLAIM.c.table_name, _CLAIM.c.row_id).where(*equal(_CLAIM, ("about_id",)))
)

_Named = tuple[str, bytes]
"""A row, by table and id."""
Born = tuple[bytes, Row]
"""A beginning of a row: the version that its entry gives, and what it says."""
ReadOwn = Callable[[Stored, bytes], Row | None]
"""Returns a row as its entries wrote it."""


class Speaking:
    """Decides on one connection whose word counts."""

    def __init__(self, connection: sa.Connection, read_own: ReadOwn, writers: Writers) -> None:
        self._connection = connection
        self._read_own = read_own
        self._writers = writers
        self._homes: dict[_Named, bytes | None] = {}
        self._doubtful: set[_Named] = set()
        """Rows that several sites began: what hangs on them may have been judged by one that does not count."""

    def counts(self, version: bytes, change: NewRow | NewValues) -> bool:
        """Tell whether a change is to be carried out; what of it does not count is taken out, and noted."""
        writer = writer_of(self._writers, version)
        if isinstance(change, NewRow):
            is_kept = self._begins(version, writer, change.stored, change.row)
            self._remember(change.stored, [(version, change.row)])
            return is_kept
        return writer is None or self._edits(version, writer, change, None)

    def asked_for(self, version: bytes, change: NewRow | NewValues) -> Iterator[tuple[str, Wire]]:
        """Yield the rows, besides those referred to, by which it is told whether a change counts."""
        spoken, writer = change.stored.spoken, writer_of(self._writers, version)
        if spoken is None or not spoken.waits or writer is None or writer.for_all:
            return
        for column, table in spoken.of.items():
            values = change.row if isinstance(change, NewRow) else _new_values(change)
            if column not in change.stored.references and column in values:
                yield table, values[column]

    def are_apart(self, own: Row, row: Row) -> bool:
        """Tell whether stations of several sites began one row."""
        births = [one for r in (own, row) for one in split_versions(versions_of(r)[""])]
        sites = {(one.site, one.for_all) if one else None for one in self._who(births)}
        return len(sites) > 1

    def told(self, stored: Stored, key: bytes, births: Sequence[Born]) -> list[Born]:
        """Return the beginnings of a row that count, each without what does not; all of them are known.

        Where headquarters began it, nobody else did.
        """
        _FORGET.run(self._connection, {"table_name": stored.table, "row_id": key})
        if len(births) > 1:
            self._doubtful.add((stored.table, key))
        ours = [one for one in births if _is_for_all(writer_of(self._writers, one[0]))]
        for version, _row in births if ours else ():
            if not _is_for_all(writer_of(self._writers, version)):
                self._refuse(version, (stored.table, key), (stored.table, key))
        kept = [
            (version, row)
            for version, row in ours or births
            if self._begins(version, writer_of(self._writers, version), stored, row)
        ]
        self._remember(stored, kept)
        return kept

    def counts_in(self, version: bytes, edit: NewValues, own: Row) -> bool:
        """Tell of an edit of a row that is in hand whether it is to be carried out, as `counts` does."""
        writer = writer_of(self._writers, version)
        return writer is None or self._edits(version, writer, edit, own)

    def home(self, stored: Stored, key: bytes) -> bytes | None:
        """Return the site that a row is of; None where nothing is known of that."""
        named = stored.table, key
        if named not in self._homes:
            own = self._read_own(stored, key)
            self._keep(named, None if own is None else self._home_in(stored, own))
        return self._homes[named]

    def is_of_another(self, stored: Stored, before: Row | None, own: Row) -> bool:
        """Tell whether a row that was made anew may be of another site than what hangs on it was judged by."""
        if stored.spoken is None or not stored.spoken.home or before is None:
            return False
        is_doubtful = (stored.table, as_bytes(own["id"])) in self._doubtful
        return is_doubtful or self._home_in(stored, before) != self._home_in(stored, own)

    def depending(self, stored: Stored, key: bytes) -> set[_Named]:
        """Return the rows of which it hangs on a row who may speak of them, through rows without a site too."""
        found: set[_Named] = {
            (table, id_wire(one))
            for table, one in _REFUSED_ABOUT.run(self._connection, {"about_id": key})
        }
        for child, column in _naming(stored.table):
            ask = child.children if column in child.references else child.naming
            for one in ask(self._connection, column, key):
                found.add((child.table, one))
                if child.spoken is not None and not child.spoken.home:
                    found |= self.depending(child, one)
        return {one for one in found if one[0] != stored.table}

    def _who(self, versions: Iterable[bytes]) -> list[Writer | None]:
        return [writer_of(self._writers, one) for one in versions]

    def _begins(self, version: bytes, writer: Writer | None, stored: Stored, row: Row) -> bool:
        """Take out of a new row what its writer may not say; tell whether the row is kept at all."""
        spoken = stored.spoken
        if spoken is None or writer is None or writer.for_all:
            return True
        this = (stored.table, as_bytes(row["id"]))
        objections: dict[str, _Named] = {}
        if spoken.home and row[spoken.home] not in {None, writer.site}:
            objections[spoken.home] = this
        objections.update(self._objections(writer, spoken, row, this))
        if not objections:
            return True
        if spoken.home:
            row.update(dict.fromkeys(objections))
        *_others, about = objections.values()
        self._refuse(version, this, about)
        return bool(spoken.home) or _voided(spoken, row, version)

    def _edits(self, version: bytes, writer: Writer, edit: NewValues, own: Row | None) -> bool:
        """Take out of an edit what its writer may not say; tell whether anything is left."""
        spoken, this = edit.stored.spoken, (edit.stored.table, edit.key)
        if spoken is None:
            return True
        about = None if writer.for_all else self._objection_to(writer, edit, own)
        if about is not None:
            edit.values.clear()
        elif spoken.home and edit.values.pop(spoken.home, None) is not None:
            about = this  # a row is of the site that it was begun for
        if not writer.for_all:
            for column, objection in self._objections(writer, spoken, _new_values(edit), this):
                about = objection
                del edit.values[column]
        if about is not None:
            self._refuse(version, this, about)
        return bool(edit.values)

    def _objections(
        self, writer: Writer, spoken: Spoken, values: Mapping[str, Wire], this: _Named
    ) -> Iterator[tuple[str, _Named]]:
        """Yield the columns in which a station names what it may not speak of, with the row that forbids it."""
        for column, table in spoken.of.items():
            objection = self._objection(writer, table, values.get(column), this)
            if objection is not None:
                yield column, objection

    def _objection_to(self, writer: Writer, edit: NewValues, own: Row | None) -> _Named | None:
        """Return the row because of which a station may not edit one: itself, or one that it names."""
        stored, key = edit.stored, edit.key
        if stored.spoken is not None and not stored.spoken.home:
            return self._objection_within(writer, stored, own or self._read_own(stored, key))
        return self._objection(writer, stored.table, key, None)

    def _objection(
        self, writer: Writer, table: str, key: Wire, this: _Named | None
    ) -> _Named | None:
        """Return the row because of which a station may not speak of one that is named; None where it may."""
        stored = stored_tables()[table]
        if not isinstance(key, bytes) or stored.spoken is None or (table, key) == this:
            return None
        if stored.spoken.home:
            is_its = self.home(stored, key) in {None, writer.site}
            return None if is_its else (table, key)
        return self._objection_within(writer, stored, self._read_own(stored, key))

    def _objection_within(self, writer: Writer, stored: Stored, own: Row | None) -> _Named | None:
        for column, table in stored.spoken.of.items() if stored.spoken and own else ():
            found = self._objection(writer, table, own[column] if own else None, None)
            if found is not None:
                return found
        return None

    def _remember(self, stored: Stored, births: Sequence[Born]) -> None:
        """Keep of which site a row is that is begun: it may not lie in its table yet."""
        if stored.spoken is None or not stored.spoken.home or not births:
            return
        row = min(births, key=lambda one: one[0])[1]
        versions = [version for version, _row in births]
        home = home_of_births(self._writers, _id(row[stored.spoken.home]), versions)
        self._keep((stored.table, as_bytes(row["id"])), home)

    def _home_in(self, stored: Stored, own: Row) -> bytes | None:
        if stored.spoken is None or not stored.spoken.home:
            return None
        births = split_versions(versions_of(own)[""])
        return home_of_births(self._writers, _id(own[stored.spoken.home]), births)

    def _keep(self, named: _Named, home: bytes | None) -> None:
        if len(self._homes) > _KNOWN:
            self._homes.clear()
        self._homes[named] = home

    def _refuse(self, version: bytes, this: _Named, about: _Named) -> None:
        claim: Row = {
            "table_name": this[0],
            "row_id": this[1],
            "version": version,
            "about_table": about[0],
            "about_id": about[1],
        }
        _FORGET_ONE.run(self._connection, {name: claim[name] for name in _VERSION})
        _NOTE.run(self._connection, claim)


@cache
def _naming(table: str) -> tuple[tuple[Stored, str], ...]:
    """Return the tables and columns on whose rows it tells who may speak of a row of a table."""
    return tuple(
        (stored, column)
        for stored in stored_tables().values()
        for column, of in (stored.spoken.of.items() if stored.spoken else ())
        if of == table and stored.table != table
    )


def _is_for_all(writer: Writer | None) -> bool:
    return writer is None or writer.for_all


def _new_values(edit: NewValues) -> dict[str, Wire]:
    return {column: value for column, (_seen, value) in edit.values.items()}


def _voided(spoken: Spoken, row: Row, version: bytes) -> bool:
    """Let a row lie there as one that holds no more; False where it is to be left out."""
    if spoken.void is None:
        return False
    column, like = spoken.void
    row[column] = (
        row[like] if like else min((int.from_bytes(version[:8], "big") >> 16) * 1000, _LATEST)
    )
    return True


def _id(wire: Wire) -> bytes | None:
    return wire if isinstance(wire, bytes) else None
