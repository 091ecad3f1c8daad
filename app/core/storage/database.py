"""Opening the site's database: SQLCipher (default), plain SQLite, or PostgreSQL.

SQLite is set up for power cuts rather than for speed: WAL with `synchronous=FULL` loses nothing
that was committed, `NORMAL` does (records-and-sync, Storage).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.storage.faults import (
    AddressUnreadable,
    DatabaseDamaged,
    DiskSilent,
    check_damage,
    told_of,
)
from app.core.storage.reserve import Reserve
from app.core.storage.writer import Writer

SQLITE_HEADER = b"SQLite format 3\x00"
_COPIED_AT_ONCE = 2000
_SECONDS_TO_ANSWER = 10
"""Pages: 8 MB, between two looks at whether somebody wants the copying to stop."""
_log = logging.getLogger(__name__)
_compiled: sa.util.LRUCache[Any, Any] = sa.util.LRUCache(2000)
"""Statements in SQLite's words: those of a reader serve a writer, and those of one file the next."""


class DatabaseUnreadable(UserFacingError):
    """The file is not ours, is damaged, or the key does not fit."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The records in {path} are damaged, or this PC's key does not fit them.").format(
                path=path
            ),
            safe=_("The file was not changed."),
            remedy=_("Keep it, and restore the last backup."),
        )


class DatabaseNotEncrypted(UserFacingError):
    """A plain file lies where an encrypted one is expected."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The records in {path} are not encrypted although they should be.").format(path=path),
            safe=_("The file was not opened."),
            remedy=_("Somebody may have replaced it: keep the file and restore a backup."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteFile:
    """A SQLite database; with a key it is SQLCipher."""

    path: Path
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """A PostgreSQL database, named by a SQLAlchemy URL."""

    url: str = field(repr=False)


Location = SqliteFile | PostgresServer


class Database:
    """Two ways in: `read()`, many at once, and `write()`, one at a time with the lock taken first."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.on_closed: list[Callable[[], None]] = []
        self.on_unsynced: list[Callable[[], None]] = []
        """Told that the disk did not keep what was written, and the records were closed for it."""
        self.reserve: Reserve | None = None
        """Room to give up when the disk is full; None where none is kept."""
        self._is_doubted = False
        self._reader: sa.Engine
        self._writer: sa.Engine | Writer
        if isinstance(location, PostgresServer):
            self._writer = _server_engine(location.url)
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")
        else:
            _check_header(location)
            self._writer = Writer(_sqlite_engine(location, **_some(1)))
            self._writer.on_unsynced = self._doubt
            self._writer.before_connecting = self._settle_doubt
            self._reader = _sqlite_engine(location, **_some(4))
            _check_readable(self._reader, location.path)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the database is a SQLite file."""
        return isinstance(self.location, SqliteFile)

    def write(self, *, bare: bool = False) -> AbstractContextManager[sa.Connection]:
        """Give a connection in a transaction that holds the write lock from the start.

        For the journal, migrations and local tables; records are changed through `Site.transaction`.
        With `bare` SQLAlchemy may not know of the transaction: `connection.begin()` tells it.
        """
        if isinstance(self._writer, Writer):
            return self._writer.turn(bare=bare)
        return self._writer.begin()

    def reshape(self) -> AbstractContextManager[sa.Connection]:
        """Give a connection like `write`, on which tables may be set up again: for migrations."""
        if isinstance(self._writer, Writer):
            return self._writer.turn(reshaping=True)
        return self._writer.begin()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session on one snapshot; nothing done in it is kept."""
        if self._is_doubted:
            self._settle_doubt()
        with Session(self._reader, autoflush=False, expire_on_commit=False) as session:
            yield session

    def copy_to(self, path: Path, progress: Progress) -> None:
        """Copy a SQLite database as it stands now, page by page, encrypted with the same key.

        Others may write meanwhile: the copy is of one moment (sqlite.org/backup.html).
        Raises DatabaseDamaged, DiskSilent, TypeError for a database on a server.
        """
        from sqlcipher3 import dbapi2  # the C library is loaded when a database is, not at start-up

        if not isinstance(self.location, SqliteFile):
            raise TypeError("a database on a server is copied there")
        key = self.location.key
        pragmas = [f"PRAGMA key=\"x'{key.hex()}'\""] if key else []
        target = dbapi2.connect(str(path), isolation_level=None)
        try:
            for pragma in ("PRAGMA cipher_log_level=NONE", *pragmas, "PRAGMA synchronous=OFF"):
                target.execute(pragma)
            with self._reader.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # the moment
                source: Any = connection.connection.driver_connection
                source.backup(
                    target,
                    pages=_COPIED_AT_ONCE,
                    progress=lambda _state, left, total: progress.step(total - left, total),
                )
        except dbapi2.OperationalError as error:  # the driver has no code for those of a copy
            raise DiskSilent from error
        except dbapi2.DatabaseError as error:
            raise DatabaseDamaged from error
        finally:
            target.close()

    def fold_log(self, *, waits: bool = True) -> None:
        """Fold SQLite's log back into the file, as far as nobody reads it now, and empty it.

        What was overwritten lies in the log until then. A server keeps its own. One that does not wait
        for others keeps nobody waiting either, and leaves the log as long as it was.
        """
        if isinstance(self.location, SqliteFile):
            from app.core.storage.driver import open_driver  # as above

            driver = open_driver(self.location.path, self.location.key)
            try:
                how = "TRUNCATE" if waits else "PASSIVE"
                driver.execute(f"PRAGMA wal_checkpoint({how})").fetchall()
            finally:
                driver.close()

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with a SQLite file, page by page and as a database; nothing when it is sound.

        Raises TypeError for a database on a server, and what keeps the disk from being read or folded.
        """
        if not isinstance(self.location, SqliteFile):
            raise TypeError("a database on a server is checked there")
        from sqlcipher3 import dbapi2  # as above

        from app.core.storage.driver import open_driver

        try:
            driver = open_driver(self.location.path, self.location.key)
        except dbapi2.DatabaseError as damage:
            return (check_damage(damage),)
        try:
            # the pages' proof reads the file alone, so what is in the log is brought there first
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            checks = ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check(10)"]
            found = [str(row[0]) for check in checks for row in driver.execute(check).fetchall()]
        except driver.DatabaseError as damage:
            return (check_damage(damage),)
        finally:
            driver.close()
        return tuple(fault for fault in found if fault != "ok")

    def _doubt(self) -> None:
        """Let go of every connection: what they believe to be on the disk may not be there."""
        self._is_doubted = True
        self._reader.dispose()
        _log.warning("the disk did not keep what was written: the records were closed")
        for tell in self.on_unsynced:
            tell()

    def _settle_doubt(self) -> None:
        """Prove the file before anybody works with it again, if it was closed for want of a sync.

        Raises DiskForgets, DatabaseDamaged; then it stays closed, and is proved again the next time.
        """
        if not isinstance(self._writer, Writer):
            return
        with self._writer.lock:
            if not self._is_doubted:
                return
            found = self.faults()
            if found:
                _log.warning("the records were opened anew, and are damaged: %s", found[0])
                raise DatabaseDamaged
            self._is_doubted = False
            _log.warning("the records were opened anew, and every page of them is sound")

    def close(self) -> None:
        """Let go of every connection; SQLite folds its log back into the file."""
        self._reader.dispose()
        if isinstance(self._writer, Writer):
            self._writer.close()
        else:
            self._writer.dispose()
        for put_away in self.on_closed:
            put_away()
        self.on_closed.clear()


def change_key(location: SqliteFile, key: bytes) -> None:
    """Encrypt a SQLite file anew with another key, page by page.

    For a copy that nobody else has: what stops this halfway leaves a file of two keys.
    """
    from app.core.storage.driver import open_driver  # as above

    driver = open_driver(location.path, location.key)
    try:
        driver.execute("PRAGMA journal_mode=DELETE").fetchall()  # the log knows one key alone
        driver.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"").fetchall()
    finally:
        driver.close()


@cache
def memory_engine() -> sa.Engine:
    """Return the engine each of whose connections has a database in memory, set up as the site's is.

    It is one, because what it has compiled for one connection serves the next.
    """
    return _sqlite_engine(SqliteFile(path=Path(":memory:")), poolclass=sa.NullPool)


def _server_engine(url: str) -> sa.Engine:
    """Return an engine to a server that answers. Raises AddressUnreadable, ServerSilent."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise AddressUnreadable from error
    if address.get_backend_name() != "postgresql":
        raise AddressUnreadable
    patience = {"connect_timeout": str(_SECONDS_TO_ANSWER), **address.query}
    address = address.set(drivername="postgresql+psycopg", query=patience)
    engine = sa.create_engine(address, pool_size=2)
    try:
        with engine.connect():
            return engine
    except sa.exc.DBAPIError as error:
        engine.dispose()
        told = told_of(error)
        if told is None:
            raise
        raise told from error


def _sqlite_engine(location: SqliteFile, **pool: Any) -> sa.Engine:
    from sqlcipher3 import dbapi2  # as above

    from app.core.storage.driver import open_driver
    from app.core.storage.turns import SqliteInTurns

    sa.dialects.registry.register("sqlite.turns", SqliteInTurns.__module__, SqliteInTurns.__name__)
    return sa.create_engine(
        "sqlite+turns://",
        creator=lambda: open_driver(location.path, location.key),
        module=dbapi2,
        pool_reset_on_return=None,
        execution_options={"compiled_cache": _compiled},
        **pool,
    )


def _some(connections: int) -> dict[str, Any]:
    """Return what makes an engine keep so many connections, and no more."""
    return {"poolclass": sa.QueuePool, "pool_size": connections, "max_overflow": 0}


def _check_header(location: SqliteFile) -> None:
    if not location.path.exists() or location.key is None:
        return
    with location.path.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) == SQLITE_HEADER:
            raise DatabaseNotEncrypted(location.path)


def _check_readable(engine: sa.Engine, path: Path) -> None:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except sa.exc.DatabaseError as error:
        engine.dispose()
        told = told_of(error)
        if told is None or told is DatabaseDamaged:  # which a wrong key looks like, too
            raise DatabaseUnreadable(path) from error
        raise told from error
