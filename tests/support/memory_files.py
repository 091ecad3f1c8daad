"""SQLite databases that lie in this process's memory: for what asks nothing of disks.

Each has a name, under which any number of connections see it, with locks as a file has (SQLite's own
`memdb`). The product's code opens it and sets it up; only the pages lie elsewhere, and there is no log.
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.core.storage import driver
from app.core.storage.database import Database, SqliteFile


def connect(name: str) -> Any:
    """Return one more connection to the database of a name."""
    return dbapi2.connect(
        f"file:/{name}?vfs=memdb",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=driver.STATEMENTS,
        factory=driver.DriverConnection,
    )


def database_named(name: str) -> Database:
    """Open the database of a name as the product opens a file."""
    on_disk = driver.open_driver
    driver.open_driver = lambda path, key: driver.set_up(connect(path.name), key)
    try:
        return Database(SqliteFile(path=Path(name)))
    finally:
        driver.open_driver = on_disk
