"""Statements that are compiled once: what they say themselves, and what each run gives them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.storage.columns import Day
from app.core.storage.database import Database, SqliteFile
from app.core.storage.prepared import Prepared
from tests.support.postgres import postgres_database, postgres_server


@contextmanager
def _on_a_file(folder: Path) -> Iterator[Database]:
    database = Database(SqliteFile(path=folder / "site.db"))
    yield database
    database.close()


@contextmanager
def _on_a_server(_folder: Path) -> Iterator[Database]:
    with postgres_server() as url, postgres_database(url) as database:
        yield database


@pytest.mark.parametrize(
    "opened", [_on_a_file, pytest.param(_on_a_server, marks=pytest.mark.postgresql)]
)
def test_a_statement_may_say_some_of_its_values_itself(
    opened: Callable[[Path], AbstractContextManager[Database]], tmp_path: Path
) -> None:
    """On either engine, in the order of its words, whatever their types ask for."""
    since, day = sa.literal(date(2026, 1, 5), Day), sa.bindparam("day", type_=Day())
    most = sa.bindparam("most", type_=sa.Integer)
    statement = Prepared(
        sa.select(sa.literal("said", sa.String)).where(since <= day, most > sa.literal(3))
    )
    with opened(tmp_path) as database, database.write() as connection:
        late, early = date(2026, 1, 6), date(2026, 1, 4)
        assert [tuple(row) for row in statement.run(connection, {"day": late, "most": 4})] == [
            ("said",)
        ]
        assert not statement.run(connection, {"day": late, "most": 3})
        assert not statement.run(connection, {"day": early, "most": 4})
