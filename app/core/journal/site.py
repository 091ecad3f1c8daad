"""The open site: its database, this station's logs in it, and the only way to change a record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.clock import Clock, from_microseconds, to_microseconds
from app.core.journal.entries import LogName
from app.core.journal.heads import Station, logs_beside, open_logs, read_heads
from app.core.journal.stamps import stamp_milliseconds
from app.core.journal.transactions import Transaction, Writing
from app.core.storage.database import Database

_TOLERATED_BACKSTEP = timedelta(minutes=2)


class Site:
    """An open installation. `transaction` writes, `read` reads; nothing else touches the database."""

    def __init__(self, database: Database, station: Station, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.on_close: list[Callable[[], None]] = []
        """Called before the database is let go of."""
        self._writing = Writing(database, clock, open_logs(database, station))
        self._writing.on_kept = self.announce

    @property
    def site_id(self) -> UUID | None:
        """Return which of an organisation's sites this is; None until whoever opens it says so."""
        return self._writing.site_id

    @site_id.setter
    def site_id(self, site_id: UUID) -> None:
        self._writing.site_id = site_id

    def transaction(
        self, actor: Actor, action: str, *, reason: str = "", for_site: UUID | None = None
    ) -> Transaction:
        """Give a unit of work that is kept whole, with its journal entries, or not at all.

        `for_site` names another site that is to get what is written about people and places; it
        must have every row that this speaks of.

        The write lock is held from the start, so what the unit reads is what it changes.
        Listeners hear the names of the changed tables after the commit.
        """
        return Transaction(self._writing, actor, action, reason, for_site)

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
        return frozenset((*self._writing.own.names.values(), *beside))

    @property
    def station(self) -> Station:
        """Return who writes here."""
        return self._writing.own.station

    def begin_logs(self, incarnation: bytes) -> None:
        """Go on in logs of a new incarnation, from the next transaction on; those of before stay.

        What a twin writes in the old name and what is written here from now on are told apart.
        """
        station = Station(self.station.fingerprint, incarnation)
        self._writing.own = open_logs(self.database, station)

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
            newest = read_heads(session.connection(), self._writing.own, now).newest
        return max(now, from_microseconds(stamp_milliseconds(newest) * 1000))

    def clock_backstep(self) -> timedelta:
        """Return how far the PC's clock stands behind the newest entry; zero when it does not."""
        now = self.clock.now()
        with self.database.read() as session:
            own = read_heads(session.connection(), self._writing.own, now).own
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
