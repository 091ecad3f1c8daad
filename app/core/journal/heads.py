"""Where this station's logs stand, and the entries that go on from there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.core.journal.addressed import addressed_log, is_beside
from app.core.journal.entries import GENESIS, EntryWire, LogName, entry_hash
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.models import INSERT_ENTRY, EntryRow, LogRow, log_and_seq, place_of
from app.core.journal.stamps import latest_believed
from app.core.storage.database import Database
from app.core.storage.faults import told_plainly
from app.core.storage.prepared import Hand, Prepared
from app.core.storage.tables import Scope


@dataclass(frozen=True, slots=True)
class Station:
    """This PC's copy of the software, as its logs name it."""

    fingerprint: bytes
    """SHA-256 of the station's Ed25519 public key."""
    incarnation: bytes


class Head(msgspec.Struct, frozen=True):
    """The newest entry of a log."""

    log: bytes
    """Its name."""
    log_id: int
    seq: int
    stamp: int
    hash: bytes


class Heads(msgspec.Struct, frozen=True):
    """What a new entry comes after."""

    own: dict[Scope, Head]
    newest: int
    """The newest stamp of all: ours, and those that others' entries brought here."""


@dataclass(frozen=True, slots=True)
class OwnLogs:
    """The logs that this station writes, and their ids in this database."""

    station: Station
    names: dict[Scope, LogName]
    ids: dict[Scope, int]


def open_logs(database: Database, station: Station) -> OwnLogs:
    """Return the logs that a station writes; begin those that it has not written in yet."""
    names = names_of(station)
    with told_plainly(), database.write() as connection:
        before = _newest_stamp(connection, station)
        for name in names.values():
            if _log_id(connection, name) is None:
                connection.execute(sa.insert(LogRow), _log_values(name, before))
        found = {scope: _log_id(connection, name) for scope, name in names.items()}
    ids = {scope: log_id for scope, log_id in found.items() if log_id is not None}
    return OwnLogs(station, names, ids)


def lock_logs(connection: sa.Connection, own: OwnLogs) -> None:
    """Let no other station of a server write in these logs before the transaction ends."""
    mine = LogRow.id.in_(own.ids.values())
    connection.execute(sa.select(LogRow.id).where(mine).order_by(LogRow.id).with_for_update())


def read_heads(connection: sa.Connection, own: OwnLogs, now: datetime) -> Heads:
    """Return the newest entry of each of this station's logs, and the newest stamp of others."""
    scopes = {log_id: scope for scope, log_id in own.ids.items()}
    heads = {
        scope: Head(own.names[scope].bytes, log_id, 0, 0, GENESIS)
        for log_id, scope in scopes.items()
    }
    log_ids = {scope.value: log_id for scope, log_id in own.ids.items()}
    for place, stamp, hash_ in _NEWEST.run(connection, log_ids):
        log_id, seq = log_and_seq(place)
        scope = scopes[log_id]
        heads[scope] = Head(own.names[scope].bytes, log_id, seq, stamp, hash_)
    ((seen,),) = _SEEN.run(connection, {"latest": latest_believed(now)})
    return Heads(heads, max(seen or 0, *(head.stamp for head in heads.values())))


def heads_beside(connection: sa.Connection, own: OwnLogs, heads: Heads, site: UUID) -> Heads:
    """Return the heads with that of the log for another site in the place of our own for people."""
    name = addressed_log(own.names[Scope.IDENTITY], site)
    head = _addressed_head(connection, name)
    return Heads({**heads.own, Scope.IDENTITY: head}, max(heads.newest, head.stamp))


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


_LAST_OF_LOGS = (
    sa.select(sa.func.max(EntryRow.place))
    .where(EntryRow.entries_of(LogRow.id))
    .correlate(LogRow)
    .scalar_subquery()
)
_NEWEST_STAMP = Prepared(
    sa.select(sa.func.max(EntryRow.stamp)).where(
        EntryRow.place.in_(
            sa.select(_LAST_OF_LOGS).where(LogRow.station == sa.bindparam("station"))
        )
    )
)
_SEEN = Prepared(
    sa.select(sa.func.max(LogRow.seen)).where(
        # what this station wrote itself is later than anything, however wrong its clock was then
        sa.or_(LogRow.seen < sa.bindparam("latest"), LogRow.applied.is_(None))
    )
)
_NEWEST = Prepared(sa.union_all(*map(_newest_of, Scope)))


def append(hand: Hand, head: Head, entry: EntryWire) -> Head:
    """Write an entry after the newest of a log; return the newest then."""
    seq = head.seq + 1
    hash_ = entry_hash(head.log, seq, head.hash, entry)
    INSERT_ENTRY.run_in_order(hand, (place_of(head.log_id, seq), *entry, hash_))
    return Head(head.log, head.log_id, seq, entry[0], hash_)


def _newest_stamp(connection: sa.Connection, station: Station) -> int:
    """Return the newest stamp of what a station has written here before, in whatever incarnation."""
    ((newest,),) = _NEWEST_STAMP.run(connection, {"station": station.fingerprint})
    return newest or 0


def _log_values(name: LogName, seen: int) -> dict[str, object]:
    return {
        "station": name.station,
        "incarnation": name.incarnation,
        "scope": name.scope,
        "seen": seen,
    }


def see(connection: sa.Connection, log_id: int, stamp: int) -> None:
    """Let what was written for another site count as seen: the next entry of any log is later."""
    connection.execute(sa.update(LogRow).where(LogRow.id == log_id).values(seen=stamp))


def _addressed_head(connection: sa.Connection, name: LogName) -> Head:
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
        return Head(name.bytes, log_id, 0, 0, GENESIS)
    return Head(name.bytes, log_id, log_and_seq(found.place)[1], found.stamp, found.hash)


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
