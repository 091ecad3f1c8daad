"""A new SQLite database gets its tables at once, as the migrations so far would have left them.

To run them one after another took 1.4 s of a founding, and Alembic one more to import (ADR 49). On a server
a new database goes the whole chain: that is once in a site's life.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from app.core.storage.prepared import Hand

SCRIPT = Path(__file__).parent / "migrations" / "new_database.sql"
"""Made by `python -m tools.migration at-once`. Migrations newer than it are run after it."""

_HEAD = "-- What a new SQLite database begins with. Made by `python -m tools.migration at-once`: never edited.\n"
_TOLD = "INSERT INTO alembic_version (version_num) VALUES ('{}')"
_MADE = """
    SELECT sql FROM sqlite_master AS made WHERE sql IS NOT NULL ORDER BY
        (SELECT rowid FROM sqlite_master WHERE name = made.tbl_name), type <> 'table', type, name"""
"""Tables in the order in which they were made, each with its indexes and guards by their names."""
_CONSTRAINT = "\tCONSTRAINT "


def make_at_once(connection: sa.Connection) -> None:
    """Give an empty SQLite database the tables, indexes and guards of the script's migration."""
    hand = Hand(connection)
    for statement in _script():
        hand.say(statement)


def script_of(connection: sa.Connection) -> str:
    """Return the script that makes an empty database what this one is, which went the whole chain.

    It is the same whenever it is made: where Alembic sets a table up again, it gives its constraints and indexes
    in any order, so here they stand by their names.
    """
    made = map(_by_name, connection.exec_driver_sql(_MADE).scalars())
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return _HEAD + "".join(f"{one.rstrip()};\n" for one in (*made, _TOLD.format(version)))


def _by_name(statement: str) -> str:
    """Return a statement with the constraints of its table, each a line at its end, by their names."""
    lines = statement.splitlines()
    constraints = [line.rstrip(" ,") for line in lines if line.startswith(_CONSTRAINT)]
    if not constraints:
        return statement
    first = next(place for place, line in enumerate(lines) if line.startswith(_CONSTRAINT))
    after = lines[first + len(constraints) :]
    return "\n".join([*lines[:first], ", \n".join(sorted(constraints)), *after])


@cache
def _script() -> tuple[str, ...]:
    return tuple(_statements(SCRIPT.read_text(encoding="utf-8")))


def _statements(script: str) -> Iterator[str]:
    """Give the statements of a script; a trigger, which holds some itself, is one."""
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if line.endswith(";") and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines.clear()
