"""The driver's connections to a SQLite file, set up one like another. Loads the C library."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.core.storage.folding import FUNCTION, WORD, fold_or_none, word_or_none

_OLDEST_SQLITE = (3, 51, 3)
"""Older ones can lose a WAL that another connection resets (sqlite.org/wal.html, 3.51.3)."""
_BUSY_MILLISECONDS = 15_000
_LOG_PAGES = 4000
"""16 MiB: what is folded back at once. SQLite's own 1,000 hold under 400 answers, a tenth of whose time went there."""
_CACHE_KIB = 64_000
"""Pages a connection keeps decrypted: the list of 50,000 people took 55 ms with 8 MB, 18 with this."""
STATEMENTS = 2048
"""That a connection keeps compiled. The driver throws out the least used: once these are full, no new one
stays, and the one that asks 200 rules about a person takes 40 ms to compile, 3 to run."""
_AS_THEY_ARE: Mapping[type, Callable[[Any], Any]] = {
    bytes: bytes.__bytes__,
    bool: int,
    type(None): {None: None}.__getitem__,
}
"""What the driver takes, but asks first how to adapt: its own list, then the value itself. The second
question is answered by an error, raised and caught, for each value: three of them took as long as the
rest of inserting a journal entry did. An adapter that gives the value back answers the first."""

if dbapi2.sqlite_version_info < _OLDEST_SQLITE:
    raise RuntimeError(f"SQLite {dbapi2.sqlite_version} is older than {_OLDEST_SQLITE}")
for _kind, _as_it_is in _AS_THEY_ARE.items():
    dbapi2.register_adapter(_kind, _as_it_is)


class DriverConnection(dbapi2.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that has a cursor at hand for statements whose rows are all taken at once.

    The driver's own `execute` makes a cursor for each statement, and a note of it for the day the
    connection is closed: as much work as a small statement is.
    """

    def __init__(self, *how: Any, **more: Any) -> None:  # Any: as the driver hands them on
        super().__init__(*how, **more)
        self.at_hand = self.cursor()


def open_driver(path: Path, key: bytes | None) -> DriverConnection:
    """Open a file; with a key it is SQLCipher."""
    connection: DriverConnection = dbapi2.connect(
        str(path),
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
        factory=DriverConnection,
    )
    return set_up(connection, key)


def set_up(connection: DriverConnection, key: bytes | None) -> DriverConnection:
    """Let a connection that was just made know the key and our ways; return it."""
    try:
        for pragma in _pragmas(key):
            connection.execute(pragma)
        connection.create_function(FUNCTION, 1, fold_or_none, deterministic=True)
        connection.create_function(WORD, 1, word_or_none, deterministic=True)
    except BaseException:
        # a key that does not fit: it holds its cursor, and would keep the file open
        connection.close()
        raise
    return connection


def _pragmas(key: bytes | None) -> list[str]:
    # SQLCipher would write its own words about a damaged page on the command line's errors
    unlock = (
        [
            "PRAGMA cipher_log_level=NONE",
            f"PRAGMA key=\"x'{key.hex()}'\"",
            "PRAGMA cipher_memory_security=OFF",
        ]
        if key
        else []
    )
    return [
        *unlock,
        f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        f"PRAGMA wal_autocheckpoint={_LOG_PAGES}",
        "PRAGMA foreign_keys=ON",
        "PRAGMA trusted_schema=OFF",
        "PRAGMA cell_size_check=ON",
        "PRAGMA secure_delete=FAST",
        "PRAGMA temp_store=MEMORY",
        f"PRAGMA cache_size=-{_CACHE_KIB}",
    ]
