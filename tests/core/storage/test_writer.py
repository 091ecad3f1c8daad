"""The writing connection of a SQLite file: lent in turns, left with nothing open."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.storage.database import Database, SqliteFile
from app.core.storage.prepared import Hand
from app.core.storage.writer import Stand, stand_of
from tests.support.sites import DATA_KEY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An encrypted file with a table of numbers that refers to itself, looked at when committing."""
    database = Database(SqliteFile(path=tmp_path / "numbers.db", key=DATA_KEY))
    with database.write() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE number (n INTEGER PRIMARY KEY, "
            "follows INTEGER REFERENCES number (n) DEFERRABLE INITIALLY DEFERRED)"
        )
    yield database
    database.close()


def add(connection: sa.Connection, number: int, follows: int | None = None) -> None:
    connection.exec_driver_sql("INSERT INTO number VALUES (?, ?)", (number, follows))


def add_and_fail(database: Database, number: int) -> None:
    with database.write() as connection:
        add(connection, number)
        raise ZeroDivisionError


def add_past_sqlalchemy(connection: sa.Connection, number: int, follows: int | None = None) -> None:
    Hand(connection).say(f"INSERT INTO number VALUES ({number}, {follows or 'NULL'})")


def fail_past_sqlalchemy(database: Database, number: int) -> None:
    with database.write(bare=True) as connection:
        add_past_sqlalchemy(connection, number)
        raise ZeroDivisionError


def work_both_ways_and_fail(database: Database) -> None:
    with database.write(bare=True) as connection:
        add_past_sqlalchemy(connection, 1)
        add(connection, 2)
        add_past_sqlalchemy(connection, 3)
        raise ZeroDivisionError


def numbers(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(sa.text("SELECT n FROM number ORDER BY n")))


@contextmanager
def compiling(database: Database) -> Iterator[list[object]]:
    """Give what the writing connection asks leave for while it compiles statements."""
    asked: list[object] = []

    def allow(*what: object) -> int:
        asked.append(what)
        return 0  # SQLITE_OK

    with database.write() as connection:
        driver: Any = connection.connection.driver_connection
    driver.set_authorizer(allow)  # asked as a statement is compiled, not as it runs
    yield asked
    driver.set_authorizer(None)


def count_and_add_up(database: Database) -> None:
    with database.write() as connection:
        for what in ("count(*)", "sum(n)"):
            connection.exec_driver_sql(f"SELECT {what} FROM number").all()


def stand(database: Database) -> Stand:
    with database.write() as connection:
        return stand_of(Hand(connection))


def test_what_a_block_does_is_kept_when_it_ends_well(database: Database) -> None:
    with database.write() as connection:
        add(connection, 1)

    assert numbers(database) == [1]


def test_what_a_block_does_is_undone_when_it_fails(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(database, 1)

    with database.write() as connection:
        add(connection, 2)
    assert numbers(database) == [2]


def test_a_refused_commit_leaves_the_next_turn_free(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.write() as connection:
        add(connection, 1, follows=99)

    with database.write() as connection:
        add(connection, 2)
    assert numbers(database) == [2]


def test_a_turn_inside_one_of_the_same_thread_is_refused_at_once(database: Database) -> None:
    with database.write() as connection:
        with pytest.raises(sa.exc.InvalidRequestError), database.write():
            pass
        add(connection, 1)

    assert numbers(database) == [1]


def test_what_sqlalchemy_does_not_hear_of_is_kept_when_the_block_ends_well(
    database: Database,
) -> None:
    with database.write(bare=True) as connection:
        add_past_sqlalchemy(connection, 1)

    assert numbers(database) == [1]


def test_what_sqlalchemy_does_not_hear_of_is_undone_when_the_block_fails(
    database: Database,
) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_past_sqlalchemy(database, 1)

    with database.write(bare=True) as connection:
        add_past_sqlalchemy(connection, 2)
    assert numbers(database) == [2]


@pytest.mark.parametrize("add_one", [add, add_past_sqlalchemy])
def test_a_refused_commit_of_a_bare_turn_leaves_the_next_free(
    database: Database, add_one: Callable[[sa.Connection, int, int | None], None]
) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.write(bare=True) as connection:
        add_one(connection, 1, 99)

    with database.write(bare=True) as connection:
        add_one(connection, 2, None)
    with database.write() as connection:
        add_one(connection, 3, None)
    assert numbers(database) == [2, 3]


def test_both_ways_of_working_are_one_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        work_both_ways_and_fail(database)

    assert numbers(database) == []


def test_threads_take_turns(database: Database) -> None:
    def write() -> None:
        for _turn in range(50):
            with database.write() as connection:
                highest = connection.exec_driver_sql("SELECT max(n) FROM number").scalar() or 0
                add(connection, highest + 1, follows=highest or None)

    threads = [threading.Thread(target=write) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert numbers(database) == list(range(1, 201))


def test_a_stand_stays_while_nobody_writes(database: Database) -> None:
    assert stand(database) == stand(database)


def test_a_stand_moves_with_our_own_changes(database: Database) -> None:
    before = stand(database)
    with database.write() as connection:
        add(connection, 1)

    assert stand(database) != before


def test_a_stand_moves_with_changes_that_were_undone(database: Database) -> None:
    before = stand(database)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(database, 1)

    assert stand(database) != before


def test_a_stand_moves_with_the_changes_of_another_program(
    database: Database, tmp_path: Path
) -> None:
    before = stand(database)
    other = Database(SqliteFile(path=tmp_path / "numbers.db", key=DATA_KEY))
    with other.write() as connection:
        add(connection, 1)
    other.close()

    assert stand(database) != before


def test_a_statement_is_compiled_once_however_much_a_migration_ran(database: Database) -> None:
    with database.reshape() as connection:
        for number in range(600):  # more than the driver keeps
            connection.exec_driver_sql(f"SELECT {number}").all()

    with compiling(database) as asked:
        count_and_add_up(database)
        first = len(asked)
        count_and_add_up(database)

    assert first
    assert len(asked) == first


def test_references_are_looked_at_again_after_the_tables_were_set_up(database: Database) -> None:
    with database.reshape() as connection:
        add(connection, 1, follows=99)
        connection.exec_driver_sql("UPDATE number SET follows = NULL")

    with pytest.raises(sa.exc.IntegrityError), database.write() as connection:
        add(connection, 2, follows=99)
