"""Rows that are given by column are inserted as they are, however many there are."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.storage.column_inserts import ColumnInsert
from app.core.storage.columns import Id
from app.core.storage.database import Database, SqliteFile

TABLE = sa.Table(
    "kept",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("who", Id, unique=True),
    sa.Column("passed", sa.Boolean),
    sa.Column("words", sa.String),
)


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 100])
def test_rows_come_as_they_were_given(tmp_path: Path, count: int) -> None:
    columns = [
        range(count),
        [bytes([turn]) * 16 for turn in range(count)],
        [(True, False, None)[turn % 3] for turn in range(count)],
        [f"row {turn}" for turn in range(count)],
    ]
    database = Database(SqliteFile(path=tmp_path / "records.db"))
    with database.write() as connection:
        TABLE.create(connection)
        ColumnInsert("kept", TABLE.columns).run(connection, columns)
        rows = connection.exec_driver_sql("SELECT * FROM kept ORDER BY rowid").all()
    database.close()

    assert [tuple(row) for row in rows] == list(zip(*columns, strict=True))


def test_what_the_table_refuses_is_told_as_anywhere(tmp_path: Path) -> None:
    twice = [range(40), [bytes(16)] * 40, [True] * 40, [""] * 40]
    database = Database(SqliteFile(path=tmp_path / "records.db"))
    with database.write() as connection:
        TABLE.create(connection)
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            ColumnInsert("kept", TABLE.columns).run(connection, twice)
        assert connection.execute(sa.select(sa.func.count()).select_from(TABLE)).scalar() == 0
    database.close()
