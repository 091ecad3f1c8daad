"""People, starts and places of before are as they were; two people may now be one, two sites have one code."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to

ASHA, RAVI, SHOP, COURSE, VERSION, START = (bytes([n]) * 16 for n in range(1, 7))
PEOPLE = [(ASHA, "E-1", "Asha"), (RAVI, "E-2", "Ravi")]


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with two people, a shop and a start of a course, brought up to date."""
    path = tmp_path / "site.db"
    database = Database(SqliteFile(path=path))
    bring_to(database, "0015")
    database.close()
    with sqlite3.connect(path) as connection:
        for key, number, name in PEOPLE:
            connection.execute(
                "INSERT INTO person (id, number, name, name_local, search_text, kind, language, "
                "email, row_versions) VALUES (?, ?, ?, '', '', 'employee', 'en', '', ?)",
                (key, number, name, b"\x80"),
            )
        connection.execute(
            "INSERT INTO org_unit (id, code, name, row_versions) VALUES (?, 'P1', 'Press', ?)",
            (SHOP, b"\x80"),
        )
        connection.execute(
            "INSERT INTO course_start (id, person_id, course_id, version_id, cycle, at) "
            "VALUES (?, ?, ?, ?, 1, 5)",
            (START, ASHA, COURSE, VERSION),
        )
    connection.close()
    database = Database(SqliteFile(path=path))
    bring_up_to_date(database)
    database.close()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_what_was_there_is_as_it_was(upgraded: sqlite3.Connection) -> None:
    people = upgraded.execute("SELECT id, number, name, merged_as_id FROM person ORDER BY number")
    starts = upgraded.execute("SELECT id, person_id, begun_by_id, cycle FROM course_start")
    places = upgraded.execute("SELECT id, site_id, code FROM org_unit")

    assert people.fetchall() == [(*person, None) for person in PEOPLE]
    assert starts.fetchall() == [(START, ASHA, None, 1)]
    assert places.fetchall() == [(SHOP, None, "P1")]


def test_two_shown_people_are_not_one(upgraded: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*merged_as_id"):
        upgraded.execute("UPDATE person SET merged_as_id = ?", (ASHA,))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE course_start SET cycle = 2",
        "DELETE FROM course_start",
        "DELETE FROM person",
        "DELETE FROM org_unit",
    ],
)
def test_records_are_still_kept(upgraded: sqlite3.Connection, deed: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        upgraded.execute(deed)


def test_two_sites_may_have_one_code_and_one_site_may_not(upgraded: sqlite3.Connection) -> None:
    into = (
        "INSERT INTO org_unit (id, site_id, code, name, row_versions) VALUES (?, ?, 'P1', '', '')"
    )
    upgraded.execute(into, (bytes([7]) * 16, bytes([1]) * 16))
    upgraded.execute(into, (bytes([8]) * 16, bytes([2]) * 16))

    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*site_id"):
        upgraded.execute(into, (bytes([9]) * 16, bytes([2]) * 16))
