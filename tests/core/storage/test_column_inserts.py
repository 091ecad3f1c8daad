"""Rows that are given by column are inserted as they are, however many there are."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.storage.column_inserts import ColumnInsert
from app.core.storage.columns import Id, Wire
from app.core.storage.database import Database, SqliteFile, memory_engine

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
    columns: list[Sequence[Wire]] = [
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


IDS = st.binary(min_size=16, max_size=16)
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=9)
NUMBERS = st.integers(-1 << 63, (1 << 63) - 1)
FLAGS = st.sampled_from([True, False, None])
WORDS = st.sampled_from(["a", "b", "ü", ""])
CELLS = (
    IDS,
    IDS | st.none(),
    st.binary(max_size=9),
    TEXTS,
    TEXTS | st.none(),
    NUMBERS,
    FLAGS,
    WORDS,
)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_columns_of_every_kind_come_as_they_were_given(data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=4))
    rows = data.draw(st.lists(st.tuples(*cells), min_size=33, max_size=36))
    columns = [list(column) for column in zip(*rows, strict=True)]
    bare = [sa.Column(f"c{turn}", sa.LargeBinary) for turn in range(len(cells))]
    with memory_engine().connect() as connection:
        table = sa.Table("wide", sa.MetaData(), *bare)
        table.create(connection)
        ColumnInsert("wide", table.columns).run(connection, columns)
        found = connection.exec_driver_sql("SELECT * FROM wide ORDER BY rowid").all()

    assert [tuple(row) for row in found] == rows


def test_a_number_that_sqlite_cannot_keep_is_refused(tmp_path: Path) -> None:
    numbers = [1 << 63, *range(1, 40)]
    database = Database(SqliteFile(path=tmp_path / "records.db"))
    with database.write() as connection:
        TABLE.create(connection)
        columns: list[Sequence[Wire]] = [numbers, [None] * 40, [True] * 40, ["x"] * 40]
        with pytest.raises(OverflowError), connection.begin_nested():
            ColumnInsert("kept", TABLE.columns).run(connection, columns)
    database.close()


def test_what_the_table_refuses_is_told_as_anywhere(tmp_path: Path) -> None:
    twice: list[Sequence[Wire]] = [range(40), [bytes(16)] * 40, [True] * 40, [""] * 40]
    database = Database(SqliteFile(path=tmp_path / "records.db"))
    with database.write() as connection:
        TABLE.create(connection)
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            ColumnInsert("kept", TABLE.columns).run(connection, twice)
        assert connection.execute(sa.select(sa.func.count()).select_from(TABLE)).scalar() == 0
    database.close()
