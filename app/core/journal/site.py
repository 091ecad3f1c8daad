"""The open site: its database, this station's logs in it, and the only way to change a record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import Clock, from_microseconds, offset_minutes, to_microseconds
from app.core.journal.addressed import addressed_log, is_beside
from app.core.journal.changes import encode_changes
from app.core.journal.entries import GENESIS, Entry, LogName, entry_hash
from app.core.journal.ledger.logs import StoredLog, stored_logs
from app.core.journal.models import EntryRow, LogRow, log_and_seq, place_of
from app.core.journal.stamps import latest_believed, stamp_after, stamp_milliseconds, version_of
from app.core.journal.unit import Unit
from app.core.storage.database import Database
from app.core.storage.faults import told_plainly
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import Scope, table_of
from app.core.storage.writer import Stand, stand_of

_TOLERATED_BACKSTEP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Station:
    """This PC's copy of the software, as its logs name it."""

    fingerprint: bytes
    """SHA-256 of the station's Ed25519 public key."""
    incarnation: bytes


@dataclass(frozen=True, slots=True)
class _Head:
    log_id: int
    seq: int
    stamp: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class _Heads:
    """What a new entry comes after."""

    own: dict[Scope, _Head]
    seen: int
    """The newest stamp that others' entries brought here."""

    @property
    def newest(self) -> int:
        return max(self.seen, *(head.stamp for head in self.own.values()))


class Site:
    """An open installation. `transaction` writes, `read` reads; nothing else touches the database."""

    def __init__(self, database: Database, station: Station, clock: Clock) -> None:
        self.database = database
        self.station = station
        self.clock = clock
        self.site_id: UUID | None = None
        """Which of an organisation's sites this is: said by whoever opens it."""
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self._names = _names_of(station)
        self._logs = self._open_logs()
        self._known: tuple[Stand | None, _Heads] = (None, _Heads({}, 0))
        """The heads that this site's last transaction left, and where the database stood then."""

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
        with told_plainly(), self.database.write() as connection:
            if not self.database.is_sqlite:
                self._lock_logs(connection)
            stand = stand_of(connection) if self.database.is_sqlite else None
            now = self.clock.now()
            heads = self._heads_at(stand, connection, now)
            logs = self._logs_for(connection, heads, for_site)
            stamp = stamp_after(
                max(heads.newest, *(one.stamp for _name, one in logs.values())), now
            )
            with Unit(connection, version_of(stamp, self.station.fingerprint)) as unit:
                yield unit
                unit.flush()
                topics = frozenset(unit.topics)
                written = dict(heads.own)
                for scope, changes in unit.changes.items():
                    name, head = logs[scope]
                    entry = Entry(
                        log=name,
                        seq=head.seq + 1,
                        stamp=stamp,
                        wall=now,
                        offset_minutes=offset_minutes(now),
                        actor=actor.account_id,
                        action=action,
                        reason=reason,
                        body=encode_changes(changes),
                    )
                    written[scope] = _append(connection, head, entry)
                if for_site is not None:
                    _see(connection, logs[Scope.IDENTITY][1].log_id, stamp)
                left = stand and stand.now()
        self._known = (None if for_site else left, _Heads(written, heads.seen))
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
        return frozenset({*self._names.values(), *(log.name for log in self._own_stored_logs())})

    @property
    def is_continued_elsewhere(self) -> bool:
        """Tell whether somebody else wrote in a log that this station writes now: it has a twin."""
        return any(log.branch or not log.is_ours for log in self._own_stored_logs())

    def _own_stored_logs(self) -> list[StoredLog]:
        names, identity = frozenset(self._names.values()), self._names[Scope.IDENTITY]
        with self.database.read() as session:
            logs = stored_logs(session.connection())
        return [log for log in logs if log.name in names or is_beside(log.name, identity)]

    def begin_logs(self, incarnation: bytes) -> None:
        """Go on in logs of a new incarnation; those of before stay as they are.

        What a twin writes in the old name and what is written here from now on are told apart.
        """
        self.station = Station(self.station.fingerprint, incarnation)
        self._names = _names_of(self.station)
        self._logs = self._open_logs()
        self._known = (None, _Heads({}, 0))

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
            newest = self._heads(session.connection(), now).newest
        return max(now, from_microseconds(stamp_milliseconds(newest) * 1000))

    def clock_backstep(self) -> timedelta:
        """Return how far the PC's clock stands behind the newest entry; zero when it does not."""
        now = self.clock.now()
        with self.database.read() as session:
            own = self._heads(session.connection(), now).own
        newest = max(head.stamp for head in own.values())
        behind = timedelta(milliseconds=stamp_milliseconds(newest) - to_microseconds(now) // 1000)
        return behind if behind > _TOLERATED_BACKSTEP else timedelta(0)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def _open_logs(self) -> dict[Scope, int]:
        with told_plainly(), self.database.write() as connection:
            for scope in Scope:
                if _log_id(connection, self._names[scope]) is None:
                    connection.execute(sa.insert(LogRow), _log_values(self._names[scope]))
            ids = {scope: _log_id(connection, self._names[scope]) for scope in Scope}
        return {scope: log_id for scope, log_id in ids.items() if log_id is not None}

    def _lock_logs(self, connection: sa.Connection) -> None:
        mine = LogRow.id.in_(self._logs.values())
        connection.execute(sa.select(LogRow.id).where(mine).order_by(LogRow.id).with_for_update())

    def _logs_for(
        self, connection: sa.Connection, heads: _Heads, for_site: UUID | None
    ) -> dict[Scope, tuple[LogName, _Head]]:
        """Return the logs that a transaction writes in, with what its entries come after."""
        logs = {scope: (self._names[scope], head) for scope, head in heads.own.items()}
        if for_site is not None:
            name = addressed_log(self._names[Scope.IDENTITY], for_site)
            logs[Scope.IDENTITY] = name, _addressed_head(connection, name)
        return logs

    def _heads_at(self, stand: Stand | None, connection: sa.Connection, now: datetime) -> _Heads:
        """Return the heads; they are not asked for when nobody has written since we did."""
        known, heads = self._known
        return heads if known and known == stand else self._heads(connection, now)

    def _heads(self, connection: sa.Connection, now: datetime) -> _Heads:
        """Return the newest entry of each of this station's logs, and the newest stamp of others."""
        log_ids = {scope.value: log_id for scope, log_id in self._logs.items()}
        heads = {log_id: _Head(log_id, 0, 0, GENESIS) for log_id in log_ids.values()}
        for place, stamp, head in _NEWEST.run(connection, log_ids):
            log_id, seq = log_and_seq(place)
            heads[log_id] = _Head(log_id, seq, stamp, head)
        ((seen,),) = _SEEN.run(connection, {"latest": latest_believed(now)})
        return _Heads({scope: heads[log_id] for scope, log_id in self._logs.items()}, seen or 0)


def _names_of(station: Station) -> dict[Scope, LogName]:
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
_INSERT = insert_of_wires("journal_entry", table_of(EntryRow).columns)


def _append(connection: sa.Connection, head: _Head, entry: Entry) -> _Head:
    written = _Head(head.log_id, entry.seq, entry.stamp, entry_hash(head.hash, entry))
    _INSERT.run(
        connection,
        {
            "place": place_of(written.log_id, written.seq),
            "stamp": entry.stamp,
            "wall": to_microseconds(entry.wall),
            "offset_minutes": entry.offset_minutes,
            "actor": entry.actor.bytes if entry.actor else None,
            "action": entry.action,
            "reason": entry.reason,
            "body": entry.body,
            "hash": written.hash,
        },
    )
    return written


def _see(connection: sa.Connection, log_id: int, stamp: int) -> None:
    """Let what was written for another site count as seen: the next entry of any log is later."""
    connection.execute(sa.update(LogRow).where(LogRow.id == log_id).values(seen=stamp))


def _addressed_head(connection: sa.Connection, name: LogName) -> _Head:
    """Return the newest entry of a log for another site; begin it where there is none."""
    log_id = _log_id(connection, name)
    if log_id is None:
        connection.execute(sa.insert(LogRow), _log_values(name))
        log_id = _log_id(connection, name)
    if log_id is None:
        raise LookupError(name)
    newest = sa.select(EntryRow.place, EntryRow.stamp, EntryRow.hash).where(
        EntryRow.entries_of(log_id)
    )
    found = connection.execute(newest.order_by(EntryRow.place.desc()).limit(1)).first()
    if found is None:
        return _Head(log_id, 0, 0, GENESIS)
    return _Head(log_id, log_and_seq(found.place)[1], found.stamp, found.hash)


def _log_values(name: LogName) -> dict[str, object]:
    return {"station": name.station, "incarnation": name.incarnation, "scope": name.scope}


def _log_id(connection: sa.Connection, name: LogName) -> int | None:
    return connection.execute(
        sa.select(LogRow.id).where(
            LogRow.station == name.station,
            LogRow.incarnation == name.incarnation,
            LogRow.scope == name.scope,
            LogRow.branch == 0,
        )
    ).scalar_one_or_none()
