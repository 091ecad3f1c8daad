"""A site from before records came from several stations is the same afterwards, and still guarded."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from tests.migrations.steps import bring_to

PERSON, LATER, ATTEMPT = (bytes([n]) * 16 for n in (1, 2, 3))
VERSIONS = {"": b"0" * 16, "number": b"2" * 16, "name": b"1" * 16}


def a_person(key: bytes, number: str) -> tuple[object, ...]:
    return (number, "Asha", "", "", "employee", "en", "", None, None, key)


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a person and what refers to them, brought up to date."""
    path = tmp_path / "site.db"
    database = Database(SqliteFile(path=path))
    bring_to(database, "0010")
    database.close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*a_person(PERSON, "E-1"), msgspec.msgpack.encode(VERSIONS)),
        )
        connection.execute(
            "INSERT INTO account (login, name, person_id, id, row_versions) VALUES (?,?,?,?,?)",
            ("e-1", "", PERSON, os.urandom(16), b""),
        )
        connection.execute(
            "INSERT INTO attempt (person_id, lesson_id, number, seed, began_at, language, id) "
            "VALUES (?, ?, 1, 1, 1, 'en', ?)",
            (PERSON, os.urandom(16), ATTEMPT),
        )
    connection.close()
    database = Database(SqliteFile(path=path))
    bring_up_to_date(database)
    database.close()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_every_row_is_kept(upgraded: sqlite3.Connection) -> None:
    assert upgraded.execute("SELECT id, number FROM person").fetchall() == [(PERSON, "E-1")]
    assert upgraded.execute("SELECT person_id, login FROM account").fetchall() == [(PERSON, "e-1")]
    assert upgraded.execute("SELECT id FROM attempt").fetchall() == [(ATTEMPT,)]


def test_versions_are_packed_in_one_order(upgraded: sqlite3.Connection) -> None:
    (packed,) = upgraded.execute("SELECT row_versions FROM person").fetchone()

    assert msgspec.msgpack.decode(packed) == VERSIONS
    assert list(msgspec.msgpack.decode(packed)) == sorted(VERSIONS)


def test_two_people_may_have_one_number(upgraded: sqlite3.Connection) -> None:
    upgraded.execute(
        "INSERT INTO person (number, name, name_local, search_text, kind, language, email, joined_on,"
        " left_on, id, row_versions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*a_person(LATER, "E-1"), b""),
    )

    plan = upgraded.execute("EXPLAIN QUERY PLAN SELECT id FROM person WHERE number = 'E-1'")
    assert "USING INDEX ix_person_number" in str(plan.fetchall())


def test_a_person_still_has_one_account(upgraded: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE.*account\.person_id"):
        upgraded.execute(
            "INSERT INTO account (login, name, person_id, id, row_versions) VALUES (?,?,?,?,?)",
            ("another", "", PERSON, os.urandom(16), b""),
        )


def test_references_are_still_looked_at(upgraded: sqlite3.Connection) -> None:
    upgraded.execute("PRAGMA foreign_keys = ON")

    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        upgraded.execute(
            "INSERT INTO attempt_outage (attempt_id, began_at, ended_at, id) VALUES (?, 1, 1, ?)",
            (os.urandom(16), os.urandom(16)),
        )


@pytest.mark.parametrize(
    "deed", ["DELETE FROM person", "DELETE FROM attempt", "UPDATE attempt SET number = 2"]
)
def test_guards_give_way_to_the_projection_alone(upgraded: sqlite3.Connection, deed: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        upgraded.execute(deed)

    upgraded.execute("INSERT INTO projection_turn VALUES (1)")
    assert upgraded.execute(deed).rowcount == 1


def test_the_journal_gives_way_to_nobody(upgraded: sqlite3.Connection) -> None:
    upgraded.execute("INSERT INTO projection_turn VALUES (1)")
    upgraded.execute(
        "INSERT INTO journal_entry (place, stamp, wall, offset_minutes, action, reason, hash, body) "
        "VALUES (1, 1, 1, 0, 'x', '', x'00', x'90')"
    )

    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        upgraded.execute("DELETE FROM journal_entry")
