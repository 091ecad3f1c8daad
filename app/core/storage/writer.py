"""The one connection that writes to a SQLite file: opened once, lent to one thread at a time.

Taking it out of a pool and putting it back, checked both times, costs a good part of what a durable
commit does.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from app.core.storage.faults import DatabaseBusy, DiskForgets, is_forgotten
from app.core.storage.prepared import Hand

_PATIENCE_SECONDS = 30.0
"""For another thread's transaction; the engine itself waits for those of other programs."""


Stand = tuple[Any, int, int]
"""Where a database stood: two that are equal mean that nobody wrote in between.

The driver's connection, what other connections committed so far (sqlite.org/pragma.html#pragma_data_version),
and what this one did, kept or not.
"""


def stand_of(hand: Hand) -> Stand:
    """Return where a SQLite database stands, as its writing connection sees it in a transaction."""
    ((version,),) = hand.execute("PRAGMA data_version").fetchall()
    return hand.driver, version, hand.driver.total_changes


def stand_after(stand: Stand) -> Stand:
    """Return where it stands later in the same transaction, in which nobody else can commit."""
    driver, version, _changes = stand
    return driver, version, driver.total_changes


class Writer:
    """Lends the writing connection of an engine, each time in a transaction of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self.lock = threading.RLock()
        """Held by the thread that the connection is lent to."""
        self.connection: sa.Connection
        self.hand: Hand
        """Of the connection: that of whoever's turn it is."""
        self._engine = engine
        self.is_connected = False
        self.on_unsynced: Callable[[], None] = lambda: None
        """Called when the disk did not keep what was written, and the connection was let go of."""
        self.before_connecting: Callable[[], None] = lambda: None
        self._bare_turn = _Turn(self, bare=True)

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
        return self._bare_turn if bare else _Turn(self, reshaping=reshaping)

    def connect(self) -> None:
        """Open the connection."""
        self.before_connecting()
        self.connection = self._engine.connect()
        self.hand = Hand(self.connection)
        self.is_connected = True

    def let_go(self) -> None:
        """Close the connection after the disk refused to keep what was written through it."""
        self.close()
        self.on_unsynced()

    def close(self) -> None:
        """Close the connection."""
        with self.lock:
            if self.is_connected:
                self.connection.close()
            self.is_connected = False
            self._engine.dispose()


class _Turn:
    """One thread's turn with the writing connection. Written out, for a generator costs each turn more.

    What it knows of the turn it knows of the writer, so that one serves all that are alike.
    """

    __slots__ = ("_bare", "_reshaping", "_writer")

    def __init__(self, writer: Writer, *, reshaping: bool = False, bare: bool = False) -> None:
        self._writer = writer
        self._reshaping = reshaping
        self._bare = bare

    def __enter__(self) -> sa.Connection:
        """Wait for the turn, and begin."""
        writer = self._writer
        if not writer.lock.acquire(timeout=_PATIENCE_SECONDS):
            raise DatabaseBusy
        try:
            if not writer.is_connected:
                writer.connect()
            self._begin(writer.hand)
        except BaseException:
            writer.lock.release()
            raise
        return writer.connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Keep what was done, or undo it, and let the next one have a turn."""
        writer = self._writer
        told = writer.connection.get_transaction()
        is_lost = error is not None and is_forgotten(error)
        try:
            if kind is None:
                self._commit(told)
        except sa.exc.DBAPIError as refusal:
            is_lost = is_forgotten(refusal)
            if is_lost:
                raise DiskForgets from refusal
            raise
        finally:
            try:
                if told is not None or self._reshaping or writer.hand.driver.in_transaction:
                    self._leave_none_open()
                if is_lost:
                    writer.let_go()
            finally:
                writer.lock.release()
        if is_lost:
            raise DiskForgets from error

    def _begin(self, hand: Hand) -> None:
        """Begin a transaction that holds the write lock; refused inside another of the same thread."""
        if hand.driver.in_transaction:
            raise sa.exc.InvalidRequestError("this thread has not ended its transaction yet")
        try:
            if self._reshaping:  # SQLite lets that be set between transactions
                hand.driver.execute("PRAGMA foreign_keys=OFF")
            hand.say("BEGIN IMMEDIATE")
            if not self._bare:
                self._writer.connection.begin()
        except BaseException:
            self._leave_none_open()
            raise

    def _commit(self, told: sa.RootTransaction | None) -> None:
        if told is None:
            self._writer.hand.say("COMMIT")
        else:
            told.commit()

    def _leave_none_open(self) -> None:
        """End a transaction that was not kept: the block failed, or SQLite refused to commit it."""
        begun = self._writer.connection.get_transaction()
        if begun is not None:
            begun.rollback()
        if self._writer.hand.driver.in_transaction:
            self._writer.hand.driver.rollback()
        if self._reshaping:
            self._writer.close()
