"""Responses given before they lay with their attempt are all there afterwards, and still guarded."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to

Row = tuple[bytes, bytes, str, str, int, bytes]
_COLUMNS = "attempt_id, question_version_id, response, share, at, id"


def a_row(attempt: bytes, turn: int) -> Row:
    return attempt, os.urandom(16), f'{{"form":"typed","text":"{turn}"}}', "1/2", turn, _id(turn)


def _id(turn: int) -> bytes:
    return turn.to_bytes(8, "big") + os.urandom(8)


@pytest.fixture
def answered(tmp_path: Path) -> tuple[Path, list[Row]]:
    """A database of before, in which two people answered in turns."""
    path = tmp_path / "site.db"
    database = Database(SqliteFile(path=path))
    bring_to(database, "0008")
    database.close()
    attempts = [os.urandom(16), os.urandom(16)]
    rows = [a_row(attempts[turn % 2], turn) for turn in range(300)]
    with sqlite3.connect(path) as connection:  # with foreign keys off, people may be left out
        connection.executemany(
            "INSERT INTO attempt (person_id, lesson_id, number, seed, began_at, language, id) "
            "VALUES (?, ?, 1, 1, 1, 'en', ?)",
            [(os.urandom(16), os.urandom(16), attempt) for attempt in attempts],
        )
        connection.executemany("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return path, rows


@pytest.fixture
def moved(answered: tuple[Path, list[Row]]) -> Iterator[sqlite3.Connection]:
    """The same database, brought up to date."""
    database = Database(SqliteFile(path=answered[0]))
    bring_up_to_date(database)
    database.close()
    connection = sqlite3.connect(answered[0])
    yield connection
    connection.close()


def test_every_response_is_kept_as_it_was(
    answered: tuple[Path, list[Row]], moved: sqlite3.Connection
) -> None:
    found = moved.execute(f"SELECT {_COLUMNS} FROM response").fetchall()

    assert sorted(found) == sorted(answered[1])


def test_an_attempt_is_found_by_the_key(
    answered: tuple[Path, list[Row]], moved: sqlite3.Connection
) -> None:
    attempt = answered[1][0][0]
    query = "SELECT id FROM response WHERE attempt_id = ? ORDER BY id"

    found = [row[0] for row in moved.execute(query, (attempt,))]
    plan = " ".join(row[3] for row in moved.execute(f"EXPLAIN QUERY PLAN {query}", (attempt,)))

    assert found == [row[5] for row in answered[1] if row[0] == attempt]
    assert plan == "SEARCH response USING PRIMARY KEY (attempt_id=?)"


@pytest.mark.parametrize("change", ["DELETE FROM response", "UPDATE response SET share = '1/1'"])
def test_responses_are_guarded_where_they_lie_now(moved: sqlite3.Connection, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        moved.execute(change)


def test_a_response_still_belongs_to_an_attempt(moved: sqlite3.Connection) -> None:
    moved.execute("PRAGMA foreign_keys = ON")

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        moved.execute("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?)", a_row(os.urandom(16), 1))


def test_nothing_of_the_old_table_is_left(moved: sqlite3.Connection) -> None:
    names = [row[0] for row in moved.execute("SELECT name FROM sqlite_master")]

    assert not [name for name in names if "response_before" in name or "ix_response" in name]
