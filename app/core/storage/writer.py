"""The one connection that writes to a SQLite file: opened once, lent to one thread at a time.

Taking it out of a pool and putting it back, checked both times, costs a good part of what a durable
commit does.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.core.storage.faults import DatabaseBusy
from app.core.storage.prepared import run_words

_PATIENCE_SECONDS = 30.0
"""For another thread's transaction; the engine itself waits for those of other programs."""


class Stand(NamedTuple):
    """Where a database stood: two that are equal mean that nobody wrote in between.

    `version` counts what other connections committed (sqlite.org/pragma.html#pragma_data_version),
    `changes` what this one did, kept or not.
    """

    connection: Any
    version: int
    changes: int

    def now(self) -> "Stand":
        """Return where it stands later in the same transaction, in which nobody else can commit."""
        return Stand(self.connection, self.version, self.connection.total_changes)


def stand_of(connection: sa.Connection) -> Stand:
    """Return where a SQLite database stands, as its writing connection sees it in a transaction."""
    driver: Any = connection.connection.dbapi_connection
    version = driver.execute("PRAGMA data_version").fetchone()[0]
    return Stand(driver, version, driver.total_changes)


class Writer:
    """Lends the writing connection of an engine, each time in a transaction of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.RLock()
        self._connection: sa.Connection | None = None

    @contextmanager
    def turn(self, *, reshaping: bool = False, bare: bool = False) -> Iterator[sa.Connection]:
        """Lend the connection; what is done is kept when the block ends well. Raises DatabaseBusy.

        With `bare` SQLAlchemy is not told of the transaction, which takes it as long as a statement;
        whoever works through it then tells it with `connection.begin()`.
        With `reshaping` references are not looked at, so that a table may be set up again under the
        rows that refer to it (sqlite.org/lang_altertable.html#otheralter). The next turn has a new
        connection: the driver keeps a number of statements compiled, and a new one only while there
        is room. After a migration there is none left for those of every day, for good.
        """
        if not self._lock.acquire(timeout=_PATIENCE_SECONDS):
            raise DatabaseBusy
        try:
            connection = self._connection
            if connection is None:
                connection = self._connection = self._engine.connect()
            if reshaping:
                _overlook_references(connection)
            _begin(connection)
            try:
                if not bare:
                    connection.begin()
                yield connection
                _commit(connection)
            finally:
                _leave_none_open(connection)
                if reshaping:
                    self.close()
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._engine.dispose()


def _overlook_references(connection: sa.Connection) -> None:
    """Leave foreign keys unchecked on a connection; SQLite lets that be set between transactions."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: sa.Connection) -> None:
    """Begin a transaction that holds the write lock; refused inside another of the same thread."""
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction:
        raise sa.exc.InvalidRequestError("this thread has not ended its transaction yet")
    run_words(connection, "BEGIN IMMEDIATE")


def _commit(connection: sa.Connection) -> None:
    """Keep what was done, by the way that SQLAlchemy hears of if it was told of the transaction."""
    if connection.in_transaction():
        connection.commit()
    else:
        run_words(connection, "COMMIT")


def _leave_none_open(connection: sa.Connection) -> None:
    """End a transaction that was not kept: the block failed, or SQLite refused to commit it."""
    begun = connection.get_transaction()
    if begun is not None:
        begun.rollback()
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction:
        driver.rollback()
