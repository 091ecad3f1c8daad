"""The projection's turn: guards of facts give way, and references wait for each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.core.journal.projection.models import TurnRow
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import table_of

_BEGIN = insert_of_wires("projection_turn", table_of(TurnRow).columns)
_END = Prepared(sa.delete(table_of(TurnRow)))


@contextmanager
def turn(connection: sa.Connection) -> Iterator[None]:
    """Let rows change places within the caller's transaction. One turn does not begin in another."""
    _BEGIN.run(connection, {"id": 1})
    _let_references_wait(connection, True)
    yield
    _let_references_wait(connection, False)
    _END.run(connection, {})


def _let_references_wait(connection: sa.Connection, waiting: bool) -> None:
    if connection.dialect.name == "postgresql":
        state = "DEFERRED" if waiting else "IMMEDIATE"
        connection.exec_driver_sql(f"SET CONSTRAINTS ALL {state}")
    else:
        state = "ON" if waiting else "OFF"
        connection.exec_driver_sql(f"PRAGMA defer_foreign_keys={state}")
