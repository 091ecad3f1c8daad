"""SQLite's dialect with transactions begun and ended in so many words, when SQLAlchemy says.

The driver keeps these words compiled as it does every statement; its own way to commit compiles
them anew each time. A writer's transaction is begun before SQLAlchemy hears of it (storage.writer).
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from typing_extensions import override


class _Bytes(sa.LargeBinary):
    """Bytes, which the driver takes and gives as they are."""

    @override
    def bind_processor(self, dialect: Dialect) -> None:
        return None

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class SqliteInTurns(SQLiteDialect_pysqlite):
    """Begins a transaction, or joins the one that is open."""

    driver = "turns"
    supports_statement_cache = True
    colspecs = SQLiteDialect_pysqlite.colspecs | {sa.LargeBinary: _Bytes}

    @override
    def __eq__(self, other: object) -> bool:
        """One speaks as another does: a statement is compiled once, whichever file it is for."""
        return type(self) is type(other)

    @override
    def __hash__(self) -> int:
        return hash(type(self))

    def do_begin(self, dbapi_connection: Any) -> None:  # the driver's, behind the pool's proxy
        """Begin a transaction if none is open."""
        if not dbapi_connection.driver_connection.in_transaction:
            dbapi_connection.cursor().execute("BEGIN")

    @override
    def do_commit(self, dbapi_connection: Any) -> None:  # as above
        dbapi_connection.cursor().execute("COMMIT")
