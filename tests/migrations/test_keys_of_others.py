"""Stations on record stay as they are; a PC may be on record before its site is."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to

SITE = (bytes(16), b"PUN", "Pune plant", "en", 1, b"\x80")
STATION = (bytes(16), bytes(32), bytes(8), "first PC", 5, bytes([1] * 16))
_INTO = "INSERT INTO station (site_id, public_key, incarnation, label, joined_at, id) "


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a site and its station of before, brought up to date."""
    path = tmp_path / "site.db"
    database = Database(SqliteFile(path=path))
    bring_to(database, "0010")
    database.close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO site (id, code, name, language, founded_at, row_versions) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            SITE,
        )
        connection.execute(f"{_INTO} VALUES (?, ?, ?, ?, ?, ?)", STATION)
    connection.close()
    database = Database(SqliteFile(path=path))
    bring_up_to_date(database)
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=ON")
    yield connection
    connection.close()


def test_a_station_of_before_is_as_it_was(moved: sqlite3.Connection) -> None:
    kept = "site_id, public_key, incarnation, label, joined_at, id"

    assert moved.execute(f"SELECT {kept} FROM station").fetchall() == [STATION]


def test_a_station_may_name_a_site_that_is_not_on_record(moved: sqlite3.Connection) -> None:
    joined = (bytes([9] * 16), bytes(32), bytes(8), "second PC", 6, bytes([2] * 16))
    moved.execute(f"{_INTO} VALUES (?, ?, ?, ?, ?, ?)", joined)

    assert moved.execute("SELECT count(*) FROM station").fetchone() == (2,)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE station SET label = ''",
        "DELETE FROM station",
        "UPDATE key_certificate SET document = ''",
        "DELETE FROM key_revocation",
    ],
)
def test_none_can_be_changed(moved: sqlite3.Connection, deed: str) -> None:
    for table in ("key_certificate", "key_revocation"):
        moved.execute(f"INSERT INTO {table} (id, document) VALUES (?, ?)", (bytes(16), b"paper"))
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        moved.execute(deed)
