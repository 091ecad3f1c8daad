"""When a station must not go on in the logs it has written: found at opening, and put on record.

A copied or rolled-back data folder that went on in the same logs would write a second entry under a
number that is given. So it goes on in logs of its own; nothing that was written before is touched.
"""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.egress import note_gap
from app.core.journal import (
    LogName,
    Position,
    Site,
    Station,
    entries_beyond,
    is_continued_elsewhere,
    is_held,
    logs_beside,
    names_of,
    position_of,
    went_on_after,
)
from app.core.keys import (
    Anchor,
    AnchorDamaged,
    AnchorFile,
    Head,
    Heads,
    KeyFolder,
    NewLogsReason,
    Parent,
    SiteRegister,
    StationKey,
)
from app.core.operations.models import IncarnationRow, IncarnationSeenRow
from app.core.storage.database import Database
from app.core.storage.faults import told_plainly
from app.core.storage.tables import Scope

_log = logging.getLogger(__name__)

_ANCHOR_AGE_SECONDS = 600
"""How long the anchor may lag behind what is written; it is not written with each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLogs:
    """A station that went on in new logs, and nobody has said that they know."""

    id: UUID
    station: str
    """What the PC is called."""
    reason: NewLogsReason
    at: datetime
    is_twin: bool = False
    """Whether the logs of before went on besides: there are two of it, and both work."""


def station_to_write_as(
    keys: KeyFolder,
    place: Path | None,
    database: Database,
    clock: Clock,
    wish: NewLogsReason | None = None,
) -> StationKey:
    """Return whom this PC writes as: in the logs of before, or in new ones.

    `place` is the data folder of records that lie in a file. With a `wish` the logs are begun anew
    whatever the anchor says.
    """
    anchors = AnchorFile(keys)
    station = keys.station()
    with told_plainly(), anchors.lock() as lock:
        lock.take(wait=True)
        try:
            anchor = _anchor_of(station, anchors)
        except AnchorDamaged:
            anchor, wish = None, wish or NewLogsReason.KEYS_DAMAGED
        if anchor is not None and anchor.parent is not None:
            anchors.begin_anew(anchor.incarnation)  # begun before, and cut short
            return keys.station()
        writer = Station(station.fingerprint, station.incarnation)
        reason = wish or _why_anew(anchor, writer, place, database)
        if reason is None:
            return station
        heads = anchor.heads if anchor else heads_of(database, writer)
        incarnation = anchor.incarnation if anchor else station.incarnation
        fresh = os.urandom(len(station.incarnation))
        anchors.write(
            station=station.fingerprint,
            incarnation=fresh,
            heads={},
            now=clock.now(),
            place=place,
            parent=Parent(incarnation=incarnation, heads=heads, reason=reason),
        )
        anchors.begin_anew(fresh)
        return keys.station()


def _anchor_of(station: StationKey, anchors: AnchorFile) -> Anchor | None:
    """Return a station's anchor. Raises AnchorDamaged.

    One of a key that is lost is none: this station has written nothing yet.
    """
    anchor = anchors.read()
    return anchor if anchor is not None and anchor.station == station.fingerprint else None


def _why_anew(
    anchor: Anchor | None, station: Station, place: Path | None, database: Database
) -> NewLogsReason | None:
    """Return why the station may not go on in its logs; None when it may."""
    reason = _why_by_anchor(anchor, station, place, database) if anchor else None
    has_twin = reason in {None, NewLogsReason.MOVED} and _has_twin(database, station)
    return NewLogsReason.TWIN if has_twin else reason


def _why_by_anchor(
    anchor: Anchor, station: Station, place: Path | None, database: Database
) -> NewLogsReason | None:
    if anchor.incarnation != station.incarnation:
        return NewLogsReason.KEYS_DAMAGED
    if anchor.is_of_another_pc:
        return NewLogsReason.OTHER_PC
    if not _holds(database, anchor):
        return NewLogsReason.ROLLED_BACK
    if place is not None and anchor.place not in ("", str(place.resolve())):
        return NewLogsReason.MOVED
    return None


def _holds(database: Database, anchor: Anchor) -> bool:
    """Tell whether everything that was written is in the database."""
    with database.read() as session:
        connection = session.connection()
        return all(is_held(connection, place) for place in _noted(anchor))


def _noted(anchor: Anchor) -> list[Position]:
    """Return how far the logs went, those for other sites too."""
    own = [
        (LogName(anchor.station, anchor.incarnation, Scope(scope)), head)
        for scope, head in anchor.heads.items()
    ]
    beside = [
        (LogName(anchor.station, bytes.fromhex(incarnation), Scope.IDENTITY), head)
        for incarnation, head in anchor.beside.items()
    ]
    return [Position(log=log, seq=head.seq, head=head.hash) for log, head in (*own, *beside)]


def _has_twin(database: Database, station: Station) -> bool:
    """Tell whether others have gone on with the logs; a crash kept it from being seen to at once."""
    with database.read() as session:
        connection = session.connection()
        beside = logs_beside(connection, station)
        return is_continued_elsewhere(connection, [*names_of(station).values(), *beside])


def heads_of(database: Database, station: Station) -> Heads:
    """Return how far a station's own logs go in a database."""
    with database.read() as session:
        connection = session.connection()
        found = {scope: position_of(connection, name) for scope, name in names_of(station).items()}
    return {
        scope.value: Head(position.seq, position.head)
        for scope, position in found.items()
        if position is not None
    }


def _heads_beside(database: Database, station: Station) -> Heads:
    """Return how far the logs go that a station writes for other sites."""
    with database.read() as session:
        connection = session.connection()
        found = [position_of(connection, name) for name in logs_beside(connection, station)]
    return {one.log.incarnation.hex(): Head(one.seq, one.head) for one in found if one is not None}


class Incarnations:
    """Keeps the anchor of an open site, and puts on record when its logs are begun anew."""

    def __init__(
        self,
        keys: KeyFolder,
        place: Path | None,
        site: Site,
        register: SiteRegister,
        names: Callable[[], Mapping[bytes, str]] = dict,
    ) -> None:
        """Take the keys of a site, the folder of its records, and what gives the names of its PCs."""
        self._anchors = AnchorFile(keys)
        self._keys = keys
        self._place = place
        self._site = site
        self._register = register
        self._names = names
        self._anchored = site.clock.monotonic()

    def attend(self) -> None:
        """Put on record what the opening has found, and keep the anchor from now on."""
        self._record()
        self.anchor()
        self._site.listeners.append(self._heard)
        self._site.on_close.append(self.anchor)

    def anchor(self) -> None:
        """Note how far this station's logs go. What cannot be noted is noted the next time."""
        self._anchored = self._site.clock.monotonic()
        try:
            with told_plainly():
                self._write()
        except UserFacingError as trouble:
            _log.info("the anchor was not written: %s", trouble)

    def noted(self) -> tuple[Position, ...]:
        """Return how far this station's logs went, as the anchor has it; nothing where it cannot be read."""
        station = self._site.station
        try:
            anchor = self._anchors.read()
        except AnchorDamaged:
            return ()
        same = anchor is not None and (anchor.station, anchor.incarnation) == (
            station.fingerprint,
            station.incarnation,
        )
        return tuple(_noted(anchor)) if anchor is not None and same else ()

    def note_twin(self) -> None:
        """Go on in new logs: entries in this station's own name came in that it has not written."""
        self.begin_anew(NewLogsReason.TWIN)

    def begin_anew(self, reason: NewLogsReason) -> None:
        """Go on in new logs from now on, and put it on record."""
        station = self._site.station
        heads = heads_of(self._site.database, station)
        fresh = Station(station.fingerprint, os.urandom(len(station.incarnation)))
        with told_plainly(), self._anchors.lock() as lock:
            lock.take(wait=True)
            self._put(fresh, {}, Parent(station.incarnation, heads, reason))
            self._anchors.begin_anew(fresh.incarnation)
        self._site.begin_logs(fresh.incarnation)
        self._record()
        self.anchor()

    def unseen(self, actor: Actor) -> tuple[NewLogs, ...]:
        """Return the stations that began new logs, as far as nobody has said that they know."""
        actor.require(Capability.MANAGE_SITE)
        seen = sa.select(IncarnationSeenRow.incarnation_id)
        with self._site.read() as session:
            rows = session.scalars(
                sa.select(IncarnationRow)
                .where(IncarnationRow.id.not_in(seen))
                .order_by(IncarnationRow.at.desc())
            ).all()
            twins = {row.id for row in rows if self._has_gone_on(session.connection(), row)}
        labels = {**self._register.station_labels(), **self._names()} if rows else {}
        return tuple(
            NewLogs(
                id=row.id,
                station=labels.get(row.station, row.station.hex()[:8]),
                reason=row.reason,
                at=row.at,
                is_twin=row.reason is NewLogsReason.TWIN or row.id in twins,
            )
            for row in rows
        )

    def mark_seen(self, actor: Actor, incarnation_id: UUID) -> None:
        """Say that one knows."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.transaction(actor, "station.new-logs-seen") as unit:
            unit.add(IncarnationSeenRow(incarnation_id=incarnation_id, at=self._site.clock.now()))

    def _has_gone_on(self, connection: sa.Connection, row: IncarnationRow) -> bool:
        """Tell whether somebody still writes in the logs that a station left: here, or as came in."""
        station = self._site.station
        if (row.station, row.parent) == (station.fingerprint, station.incarnation):
            return True
        ends = {Scope(scope): int(head[0]) for scope, head in row.heads.items()}
        return went_on_after(connection, row.station, row.parent, ends, row.at)

    def _heard(self, _topics: frozenset[str]) -> None:
        if self._site.clock.monotonic() - self._anchored > _ANCHOR_AGE_SECONDS:
            self.anchor()

    def _write(self) -> None:
        station = self._site.station
        heads = heads_of(self._site.database, station)
        with self._anchors.lock() as lock:
            if not lock.take() or self._keys.station().incarnation != station.incarnation:
                return
            if self._was_cut():
                _log.warning("the logs end before what was noted of them; the note stays")
                return
            self._put(station, heads, None)

    def _was_cut(self) -> bool:
        """Tell whether entries are gone that the anchor has: it must not forget them, too."""
        noted = self.noted()
        with self._site.read() as session:
            connection = session.connection()
            return not all(is_held(connection, place) for place in noted)

    def _put(self, station: Station, heads: Heads, parent: Parent | None) -> None:
        self._anchors.write(
            station=station.fingerprint,
            incarnation=station.incarnation,
            heads=heads,
            now=self._site.clock.now(),
            place=self._place,
            parent=parent,
            beside=_heads_beside(self._site.database, station),
        )

    def _record(self) -> None:
        """Put new logs on record, if that was not done; the anchor holds them until then."""
        try:
            anchor = self._anchors.read()
        except AnchorDamaged:
            return
        if anchor is None or anchor.parent is None:
            return
        parent = anchor.parent
        is_rolled_back = parent.reason is NewLogsReason.ROLLED_BACK
        since = self._newest() if is_rolled_back else None
        with self._site.transaction(system_actor(), "station.new-logs") as unit:
            known = sa.select(IncarnationRow.id).where(
                IncarnationRow.station == anchor.station,
                IncarnationRow.incarnation == anchor.incarnation,
            )
            if unit.scalar(known) is None:
                unit.add(
                    IncarnationRow(
                        station=anchor.station,
                        incarnation=anchor.incarnation,
                        parent=parent.incarnation,
                        heads={
                            scope: [head.seq, head.hash.hex()]
                            for scope, head in parent.heads.items()
                        },
                        reason=parent.reason,
                        at=self._site.clock.now(),
                    )
                )
                if since is not None:
                    note_gap(unit, anchor.station, since, self._site.clock.now())

    def _newest(self) -> datetime | None:
        """Return when the newest entry here was made: the copy that was put here is as old."""
        with self._site.read() as session:
            return entries_beyond(session.connection(), ()).until
