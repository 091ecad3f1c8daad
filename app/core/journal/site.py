"""The open site: its database, this station's logs in it, and the only way to change a record."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import Clock, from_microseconds, offset_minutes, to_microseconds
from app.core.journal.addressed import addressed_log, is_beside
from app.core.journal.changes import encode_changes
from app.core.journal.entries import GENESIS, EntryWire, LogName, entry_hash
from app.core.journal.hiding import with_people_hidden
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.models import INSERT_ENTRY, EntryRow, LogRow, log_and_seq, place_of
from app.core.journal.stamps import latest_believed, stamp_after, stamp_milliseconds, version_of
from app.core.journal.unit import Unit
from app.core.storage.database import Database
from app.core.storage.faults import told_plainly
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Scope
from app.core.storage.writer import Stand, stand_of

_TOLERATED_BACKSTEP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Station:
    """This PC's copy of the software, as its logs name it."""

    fingerprint: bytes
    """SHA-256 of the station's Ed25519 public key."""
    incarnation: bytes


_Said = tuple[int, int, int, bytes | None, str, str]
"""What the entries of one transaction have in common: all of them but what they changed."""


class _Head(NamedTuple):
    log: bytes
    """Its name."""
    log_id: int
    seq: int
    stamp: int
    hash: bytes


class _Heads(NamedTuple):
    """What a new entry comes after."""

    own: dict[Scope, _Head]
    newest: int
    """The newest stamp of all: ours, and those that others' entries brought here."""


class Site:
    """An open installation. `transaction` writes, `read` reads; nothing else touches the database."""

    def __init__(self, database: Database, station: Station, clock: Clock) -> None:
        self.database = database
        self._is_file = database.is_sqlite
        self.clock = clock
        self.site_id: UUID | None = None
        """Which of an organisation's sites this is: said by whoever opens it."""
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.on_close: list[Callable[[], None]] = []
        """Called before the database is let go of."""
        self._own = self._open_logs(station)
        self._known: tuple[Stand | None, _OwnLogs, _Heads] = (None, self._own, _Heads({}, 0))
        """The heads that this site's last transaction left, in which logs, and where the database stood."""
        self._unit: Unit | None = None

    @contextmanager
    def transaction(
        self, actor: Actor, action: str, *, reason: str = "", for_site: UUID | None = None
    ) -> Iterator[Unit]:
        """Give a unit of work that is kept whole, with its journal entries, or not at all.

        `for_site` names another site that is to get what is written about people and places; it
        must have every row that this speaks of.

        The write lock is held from the start, so what the unit reads is what it changes.
        Listeners hear the names of the changed tables after the commit.
        """
        with told_plainly(), self.database.write(bare=True) as connection:
            own = self._own
            stand = None
            if self._is_file:
                stand = stand_of(connection)
            else:
                _lock_logs(connection, own)
            now = self.clock.now()
            heads = self._heads_at(stand, connection, own, now)
            after = heads if for_site is None else _beside(connection, own, heads, for_site)
            stamp = stamp_after(after.newest, now)
            with self._unit_on(connection, own.station, stamp) as unit:
                yield unit
                unit.flush()
                topics = frozenset(unit.topics)
                if unit.changes:
                    who = None if actor.account_id is None else actor.account_id.bytes
                    said = (stamp, to_microseconds(now), offset_minutes(now), who, action, reason)
                    heads = _Heads(_written(unit, after.own, said), stamp)
                    if for_site is not None:
                        _see(connection, after.own[Scope.IDENTITY].log_id, stamp)
                left = stand and stand.now()
        self._known = (None if for_site else left, own, heads)
        if topics:
            self.announce(topics)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session on one snapshot of the records; nothing done in it is kept."""
        with self.database.read() as session:
            yield session

    @property
    def own_logs(self) -> frozenset[LogName]:
        """Return the names of the logs that this station writes now, for other sites too."""
        with self.database.read() as session:
            beside = logs_beside(session.connection(), self.station)
        return frozenset((*self._own.names.values(), *beside))

    @property
    def station(self) -> Station:
        """Return who writes here."""
        return self._own.station

    def begin_logs(self, incarnation: bytes) -> None:
        """Go on in logs of a new incarnation, from the next transaction on; those of before stay.

        What a twin writes in the old name and what is written here from now on are told apart.
        """
        self._own = self._open_logs(Station(self.station.fingerprint, incarnation))

    def announce(self, topics: frozenset[str]) -> None:
        """Tell the listeners which tables changed by other ways than a transaction here."""
        for listener in self.listeners:
            listener(topics)

    def moment(self) -> datetime:
        """Return the time for a word that a later one is to replace: never before the newest entry.

        It does not go back when somebody sets the PC's clock back.
        """
        now = self.clock.now()
        with self.database.read() as session:
            newest = _heads(session.connection(), self._own, now).newest
        return max(now, from_microseconds(stamp_milliseconds(newest) * 1000))

    def clock_backstep(self) -> timedelta:
        """Return how far the PC's clock stands behind the newest entry; zero when it does not."""
        now = self.clock.now()
        with self.database.read() as session:
            own = _heads(session.connection(), self._own, now).own
        newest = max(head.stamp for head in own.values())
        behind = timedelta(milliseconds=stamp_milliseconds(newest) - to_microseconds(now) // 1000)
        return behind if behind > _TOLERATED_BACKSTEP else timedelta(0)

    def close(self) -> None:
        """Close the database."""
        try:
            for act in self.on_close:
                act()
        finally:
            self.database.close()

    def _open_logs(self, station: Station) -> "_OwnLogs":
        names = names_of(station)
        with told_plainly(), self.database.write() as connection:
            before = _newest_stamp(connection, station)
            for name in names.values():
                if _log_id(connection, name) is None:
                    connection.execute(sa.insert(LogRow), _log_values(name, before))
            found = {scope: _log_id(connection, name) for scope, name in names.items()}
        ids = {scope: log_id for scope, log_id in found.items() if log_id is not None}
        return _OwnLogs(station, names, ids)

    def _unit_on(self, connection: sa.Connection, station: Station, stamp: int) -> Unit:
        """Return a unit with nothing in it.

        That of the transaction before serves again if it is of the same connection, which is lent
        to one transaction at a time, and was never used as a session: making a session costs as
        much as a statement does.
        """
        unit = self._unit
        if unit is None or unit.was_used or unit.outer is not connection:
            unit = self._unit = Unit(connection)
        unit.begin_with(version_of(stamp, station.fingerprint))
        return unit

    def _heads_at(
        self, stand: Stand | None, connection: sa.Connection, own: "_OwnLogs", now: datetime
    ) -> _Heads:
        """Return the heads; they are not asked for when nobody has written since we did."""
        known, logs, heads = self._known
        same = known and known == stand and logs is own
        return heads if same else _heads(connection, own, now)


@dataclass(frozen=True, slots=True)
class _OwnLogs:
    """The logs that this station writes, and their ids in this database."""

    station: Station
    names: dict[Scope, LogName]
    ids: dict[Scope, int]


def _lock_logs(connection: sa.Connection, own: _OwnLogs) -> None:
    mine = LogRow.id.in_(own.ids.values())
    connection.execute(sa.select(LogRow.id).where(mine).order_by(LogRow.id).with_for_update())


def _written(unit: Unit, heads: Mapping[Scope, _Head], said: _Said) -> dict[Scope, _Head]:
    """Write an entry for each scope a unit changed; return the newest entries then."""
    newest = dict(heads)
    for scope, changes in unit.changes.items():
        body = encode_changes(with_people_hidden(unit.outer, changes))
        newest[scope] = _append(unit.outer, heads[scope], (*said, body))
    return newest


def _heads(connection: sa.Connection, own: _OwnLogs, now: datetime) -> _Heads:
    """Return the newest entry of each of this station's logs, and the newest stamp of others."""
    scopes = {log_id: scope for scope, log_id in own.ids.items()}
    heads = {
        scope: _Head(own.names[scope].bytes, log_id, 0, 0, GENESIS)
        for log_id, scope in scopes.items()
    }
    log_ids = {scope.value: log_id for scope, log_id in own.ids.items()}
    for place, stamp, hash_ in _NEWEST.run(connection, log_ids):
        log_id, seq = log_and_seq(place)
        scope = scopes[log_id]
        heads[scope] = _Head(own.names[scope].bytes, log_id, seq, stamp, hash_)
    ((seen,),) = _SEEN.run(connection, {"latest": latest_believed(now)})
    return _Heads(heads, max(seen or 0, *(head.stamp for head in heads.values())))


def _beside(connection: sa.Connection, own: _OwnLogs, heads: _Heads, site: UUID) -> _Heads:
    """Return the heads with that of the log for another site in the place of our own for people."""
    name = addressed_log(own.names[Scope.IDENTITY], site)
    head = _addressed_head(connection, name)
    return _Heads({**heads.own, Scope.IDENTITY: head}, max(heads.newest, head.stamp))


def logs_beside(connection: sa.Connection, station: Station) -> frozenset[LogName]:
    """Return the names of the logs that a station has written for other sites."""
    identity = names_of(station)[Scope.IDENTITY]
    return frozenset(log.name for log in stored_logs(connection) if is_beside(log.name, identity))


def names_of(station: Station) -> dict[Scope, LogName]:
    """Return the names of the logs that a station writes."""
    return {scope: LogName(station.fingerprint, station.incarnation, scope) for scope in Scope}


def _newest_of(scope: Scope) -> sa.Select[int, int, bytes]:
    mine = EntryRow.entries_of(sa.bindparam(scope.value, type_=sa.BigInteger))
    last = sa.select(sa.func.max(EntryRow.place)).where(mine).scalar_subquery()
    return sa.select(EntryRow.place, EntryRow.stamp, EntryRow.hash).where(EntryRow.place == last)


_SEEN = Prepared(
    sa.select(sa.func.max(LogRow.seen)).where(
        # what this station wrote itself is later than anything, however wrong its clock was then
        sa.or_(LogRow.seen < sa.bindparam("latest"), LogRow.applied.is_(None))
    )
)
_NEWEST = Prepared(sa.union_all(*map(_newest_of, Scope)))


def _append(connection: sa.Connection, head: _Head, entry: EntryWire) -> _Head:
    seq = head.seq + 1
    hash_ = entry_hash(head.log, seq, head.hash, entry)
    INSERT_ENTRY.run_in_order(connection, (place_of(head.log_id, seq), *entry, hash_))
    return _Head(head.log, head.log_id, seq, entry[0], hash_)


def _newest_stamp(connection: sa.Connection, station: Station) -> int:
    """Return the newest stamp of what a station has written here before, in whatever incarnation."""
    logs = connection.execute(
        sa.select(LogRow.id).where(LogRow.station == station.fingerprint)
    ).scalars()
    last = [
        sa.select(sa.func.max(EntryRow.place)).where(EntryRow.entries_of(log)).scalar_subquery()
        for log in logs.all()
    ]
    newest = sa.select(sa.func.max(EntryRow.stamp)).where(EntryRow.place.in_(last))
    return connection.execute(newest).scalar_one() or 0 if last else 0


def _log_values(name: LogName, seen: int) -> dict[str, object]:
    return {
        "station": name.station,
        "incarnation": name.incarnation,
        "scope": name.scope,
        "seen": seen,
    }


def _see(connection: sa.Connection, log_id: int, stamp: int) -> None:
    """Let what was written for another site count as seen: the next entry of any log is later."""
    connection.execute(sa.update(LogRow).where(LogRow.id == log_id).values(seen=stamp))


def _addressed_head(connection: sa.Connection, name: LogName) -> _Head:
    """Return the newest entry of a log for another site; begin it where there is none."""
    log_id = _log_id(connection, name)
    if log_id is None:
        connection.execute(sa.insert(LogRow), _log_values(name, 0))
        log_id = _log_id(connection, name)
    if log_id is None:
        raise LookupError(name)
    newest = sa.select(EntryRow.place, EntryRow.stamp, EntryRow.hash).where(
        EntryRow.entries_of(log_id)
    )
    found = connection.execute(newest.order_by(EntryRow.place.desc()).limit(1)).first()
    if found is None:
        return _Head(name.bytes, log_id, 0, 0, GENESIS)
    return _Head(name.bytes, log_id, log_and_seq(found.place)[1], found.stamp, found.hash)


_ID = Prepared(
    sa.select(LogRow.id).where(
        LogRow.station == sa.bindparam("station"),
        LogRow.incarnation == sa.bindparam("incarnation"),
        LogRow.scope == sa.bindparam("scope"),
        LogRow.branch == sa.bindparam("branch"),
    )
)


def _log_id(connection: sa.Connection, name: LogName) -> int | None:
    """Return the id of the log of that name that came here first."""
    first = {
        "station": name.station,
        "incarnation": name.incarnation,
        "scope": name.scope,
        "branch": 0,
    }
    found = _ID.run(connection, first)
    return found[0][0] if found else None
