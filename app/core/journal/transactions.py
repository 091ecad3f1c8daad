"""A transaction: begun with the write lock, kept whole with its journal entries or not at all."""

import sys
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.clock import Clock, offset_minutes, to_microseconds
from app.core.journal.addressing import Addressing
from app.core.journal.changes import Change, encode_changes
from app.core.journal.heads import Heads, OwnLogs, append, heads_beside, lock_logs, read_heads, see
from app.core.journal.hiding import with_people_hidden
from app.core.journal.stamps import stamp_after
from app.core.journal.unit import Unit
from app.core.storage.database import Database
from app.core.storage.faults import tell_plainly
from app.core.storage.tables import Scope
from app.core.storage.writer import Stand, stand_after, stand_of

_Kept = tuple[Stand | None, OwnLogs, Heads]
"""Where the database stood, in which logs, and their heads."""


class Writing:
    """What a site's transactions have in common, and what one leaves to the next."""

    def __init__(self, database: Database, clock: Clock, own: OwnLogs) -> None:
        self.database = database
        self.is_file = database.is_sqlite
        self.clock = clock
        self.own = own
        """The logs to go on in, from the next transaction on."""
        self.on_kept: Callable[[frozenset[str]], None] = lambda _topics: None
        """Hears the names of the changed tables after the commit."""
        self.kept: _Kept = (None, own, Heads({}, 0))
        """As the last transaction left them."""
        self.site_id: UUID | None = None
        """Which of an organisation's sites this is: said by whoever opens it."""
        self._unit: Unit | None = None

    def heads_at(
        self, stand: Stand | None, connection: sa.Connection, own: OwnLogs, now: datetime
    ) -> Heads:
        """Return the heads; they are not asked for when nobody has written since we did."""
        known, logs, heads = self.kept
        same = known and known == stand and logs is own
        return heads if same else read_heads(connection, own, now)

    def unit_on(self, connection: sa.Connection) -> Unit:
        """Return a unit to begin with.

        That of the transaction before serves again if it is of the same connection, which is lent
        to one transaction at a time, and was never used as a session: making a session costs as
        much as a statement does.
        """
        unit = self._unit
        if unit is None or unit.was_used or unit.outer is not connection:
            unit = self._unit = Unit(connection)
        return unit


class Transaction:
    """Gives a unit of work. Written out, for a generator costs each more (as a turn of storage.writer)."""

    __slots__ = (
        "_action",
        "_actor",
        "_after",
        "_for_site",
        "_heads",
        "_own",
        "_reason",
        "_stamp",
        "_stand",
        "_turn",
        "_unit",
        "_writing",
        "_wrote_beside",
    )

    def __init__(
        self, writing: Writing, actor: Actor, action: str, reason: str, for_site: UUID | None
    ) -> None:
        self._writing = writing
        self._actor = actor
        self._action = action
        self._reason = reason
        self._for_site = for_site
        self._wrote_beside = for_site is not None
        self._turn = writing.database.write(bare=True)
        self._own: OwnLogs
        self._stand: Stand | None
        self._heads: Heads
        self._after: Heads
        self._stamp: int
        self._unit: Unit

    def __enter__(self) -> Unit:
        """Take the write lock, so that what the unit reads is what it changes."""
        try:
            connection = self._turn.__enter__()
            try:
                self._begin(connection)
            except BaseException:
                self._turn.__exit__(*sys.exc_info())
                raise
        except Exception as error:
            tell_plainly(error)
            raise
        return self._unit

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the entries and keep all; or undo it, and say plainly why if that is known."""
        try:
            try:
                if kind is None:
                    kept, topics = self._entered()
            except BaseException:
                kind, error, trace = sys.exc_info()
                raise
            finally:
                self._end(kind, error, trace)
        except Exception as trouble:
            tell_plainly(trouble)
            raise
        if error is not None:
            tell_plainly(error)
            return
        self._writing.kept = kept
        if topics:
            self._writing.on_kept(topics)

    def _begin(self, connection: sa.Connection) -> None:
        writing = self._writing
        self._own = own = writing.own
        self._unit = unit = writing.unit_on(connection)
        if writing.is_file:
            self._stand = stand_of(unit.hand)
        else:
            self._stand = None
            lock_logs(connection, own)
        now = writing.clock.now()
        self._heads = self._after = heads = writing.heads_at(self._stand, connection, own, now)
        if self._for_site is not None:
            self._after = heads = heads_beside(connection, own, heads, self._for_site)
        self._stamp = stamp = stamp_after(heads.newest, now)
        unit.begin_with(now, stamp, own.station.fingerprint, self._actor.account_id)

    def _entered(self) -> tuple[_Kept, frozenset[str]]:
        """Write an entry for each scope that the unit changed; return what that leaves, and the topics."""
        unit = self._unit
        if unit.was_used:
            unit.flush()
        if unit.changes:
            self._write_entries(unit)
        stand = self._stand
        if stand is not None:
            stand = None if self._wrote_beside else stand_after(stand)
        return (stand, self._own, self._heads), frozenset(unit.topics)

    def _write_entries(self, unit: Unit) -> None:
        now, who = unit.moment, self._actor.account_id
        said = (
            self._stamp,
            to_microseconds(now),
            offset_minutes(now),
            None if who is None else who.bytes,
            self._action,
            self._reason,
        )
        after = self._after.own
        newest = dict(after)
        beside = self._take_beside(unit)
        for scope, changes in unit.changes.items():
            body = encode_changes(with_people_hidden(unit.outer, changes))
            newest[scope] = append(unit.hand, after[scope], (*said, body))
        self._heads = Heads(newest, self._stamp)
        if self._for_site is not None:
            see(unit.outer, after[Scope.IDENTITY].log_id, self._stamp)
        for site, changes in beside.items():
            head = heads_beside(unit.outer, self._own, self._heads, site).own[Scope.IDENTITY]
            body = encode_changes(with_people_hidden(unit.outer, changes))
            append(unit.hand, head, (*said, body))
            see(unit.outer, head.log_id, self._stamp)

    def _take_beside(self, unit: Unit) -> dict[UUID, list[Change]]:
        """Take out of the unit what of the catalogue not every site may get; return it by who does."""
        changes = unit.changes.get(Scope.CATALOGUE)
        beside = self._by_site(unit, changes) if changes else None
        if beside is None or beside.keys() == {None}:
            return {}
        unit.changes[Scope.CATALOGUE] = beside.pop(None, [])
        if self._for_site in beside:
            unit.changes.setdefault(Scope.IDENTITY, []).extend(beside.pop(self._for_site))
        unit.changes = {scope: some for scope, some in unit.changes.items() if some}
        self._wrote_beside = self._wrote_beside or bool(beside)
        return {site: some for site, some in beside.items() if site is not None}

    def _by_site(self, unit: Unit, changes: list[Change]) -> dict[UUID | None, list[Change]] | None:
        """Return changes of the catalogue by the one site that gets them; None where all get everything."""
        site_id = self._writing.site_id
        if site_id is None:
            return None
        addressing = Addressing(unit.outer, site_id, self._own.station.fingerprint)
        return addressing.by_site(changes) if addressing.is_needed else None

    def _end(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._unit.close()
        finally:
            self._turn.__exit__(kind, error, trace)
