"""Leaving nothing behind: what SQLite frees while somebody is erased is overwritten with zeros."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


@contextmanager
def erasing_thoroughly(connection: sa.Connection) -> Iterator[None]:
    """Have freed space overwritten meanwhile (sqlite.org/pragma.html#pragma_secure_delete).

    A server does its own cleaning: there nothing happens.
    """
    if connection.dialect.name == "postgresql":
        yield
        return
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete=FAST")
