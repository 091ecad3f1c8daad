"""Entries written before an entry had one number are the same chain afterwards, still guarded."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.journal.models import place_of
from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to

Row = tuple[int, int, int, int, int, bytes | None, str, str, bytes, bytes]


def a_row(log: int, seq: int) -> Row:
    actor = bytes([log, seq] * 8) if seq % 2 else None
    return log, seq, seq << 16, seq, 330, actor, "person.add", "", bytes([seq] * 32), b"\x90"


ROWS = [a_row(log, seq) for seq in range(1, 40) for log in (1, 2, 3)]


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with three logs of before, brought up to date."""
    path = tmp_path / "site.db"
    database = Database(SqliteFile(path=path))
    bring_to(database, "0009")
    database.close()
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO journal_log (id, station, incarnation, scope) VALUES (?, ?, ?, ?)",
            [(log, bytes(32), bytes(8), f"scope{log}") for log in (1, 2, 3)],
        )
        connection.executemany("INSERT INTO journal_entry VALUES (?,?,?,?,?,?,?,?,?,?)", ROWS)
    connection.close()
    database = Database(SqliteFile(path=path))
    bring_up_to_date(database)
    database.close()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_every_entry_is_there_in_the_order_of_its_log(moved: sqlite3.Connection) -> None:
    found = moved.execute("SELECT * FROM journal_entry ORDER BY place").fetchall()

    assert found == [(place_of(log, seq), *rest) for log, seq, *rest in sorted(ROWS)]


@pytest.mark.parametrize(
    "deed", ["UPDATE journal_entry SET reason = ''", "DELETE FROM journal_entry"]
)
def test_none_can_be_changed(moved: sqlite3.Connection, deed: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        moved.execute(deed)
