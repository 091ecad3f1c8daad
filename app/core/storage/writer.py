"""The one connection that writes to a SQLite file: opened once, lent to one thread at a time.

Taking it out of a pool and putting it back, checked both times, costs a good part of what a durable
commit does.
"""

import threading
from contextlib import AbstractContextManager
from types import TracebackType
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
    version = driver.at_hand.execute("PRAGMA data_version").fetchone()[0]
    return Stand(driver, version, driver.total_changes)


class Writer:
    """Lends the writing connection of an engine, each time in a transaction of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self.lock = threading.RLock()
        """Held by the thread that the connection is lent to."""
        self._engine = engine
        self._connection: sa.Connection | None = None

    def turn(
        self, *, reshaping: bool = False, bare: bool = False
    ) -> AbstractContextManager[sa.Connection]:
        """Lend the connection; what is done is kept when the block ends well. Raises DatabaseBusy.

        With `bare` SQLAlchemy is not told of the transaction, which takes it as long as a statement;
        whoever works through it then tells it with `connection.begin()`.
        With `reshaping` references are not looked at, so that a table may be set up again under the
        rows that refer to it (sqlite.org/lang_altertable.html#otheralter). The next turn has a new
        connection: the driver keeps a number of statements compiled, and a new one only while there
        is room. After a migration there is none left for those of every day, for good.
        """
        return _Turn(self, reshaping=reshaping, bare=bare)

    def connected(self) -> sa.Connection:
        """Return the connection, opened the first time."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def close(self) -> None:
        """Close the connection."""
        with self.lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._engine.dispose()


class _Turn:
    """One thread's turn with the writing connection. Written out, for a generator costs each turn more."""

    __slots__ = ("_bare", "_connection", "_driver", "_reshaping", "_writer")

    def __init__(self, writer: Writer, *, reshaping: bool, bare: bool) -> None:
        self._writer = writer
        self._reshaping = reshaping
        self._bare = bare
        self._connection: sa.Connection
        self._driver: Any

    def __enter__(self) -> sa.Connection:
        """Wait for the turn, and begin."""
        lock = self._writer.lock
        if not lock.acquire(timeout=_PATIENCE_SECONDS):
            raise DatabaseBusy
        try:
            self._connection = self._writer.connected()
            self._driver = self._connection.connection.dbapi_connection
            self._begin()
        except BaseException:
            lock.release()
            raise
        return self._connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Keep what was done, or undo it, and let the next one have a turn."""
        try:
            if kind is None:
                self._commit()
        finally:
            try:
                self._leave_none_open()
            finally:
                self._writer.lock.release()

    def _begin(self) -> None:
        """Begin a transaction that holds the write lock; refused inside another of the same thread."""
        if self._driver.in_transaction:
            raise sa.exc.InvalidRequestError("this thread has not ended its transaction yet")
        try:
            if self._reshaping:  # SQLite lets that be set between transactions
                self._driver.execute("PRAGMA foreign_keys=OFF")
            run_words(self._connection, "BEGIN IMMEDIATE")
            if not self._bare:
                self._connection.begin()
        except BaseException:
            self._leave_none_open()
            raise

    def _commit(self) -> None:
        """Keep what was done, by the way that SQLAlchemy hears of if it was told of the transaction."""
        if self._connection.in_transaction():
            self._connection.commit()
        else:
            run_words(self._connection, "COMMIT")

    def _leave_none_open(self) -> None:
        """End a transaction that was not kept: the block failed, or SQLite refused to commit it."""
        begun = self._connection.get_transaction()
        if begun is not None:
            begun.rollback()
        if self._driver.in_transaction:
            self._driver.rollback()
        if self._reshaping:
            self._writer.close()
