"""Rows that stand aside while another is shown for them (ADR 16), as migrations see them."""

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa

from app.core.storage.columns import Id


def say_aside(connection: sa.Connection, table: str, said: Mapping[str, str | int | None]) -> None:
    """Let the rows of a table that stand aside have its new columns, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", Id()),
        sa.column("state", sa.LargeBinary()),
    )
    found = connection.execute(
        sa.select(aside.c.row_id, aside.c.state).where(aside.c.table_name == table)
    )
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), **said}
        changed = sa.update(aside).where(aside.c.table_name == table, aside.c.row_id == key)
        connection.execute(changed.values(state=msgspec.msgpack.encode(row)))
