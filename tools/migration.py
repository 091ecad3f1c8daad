"""Write a migration from the difference between the models and the migrations so far.

    python -m tools.migration 0002 "Requirements gain a grace period"

What comes out is a start: read it, add the guards of new tables, and add data steps by hand. Then

    python -m tools.migration at-once

writes anew what a new database begins with.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import app.core.schema  # noqa: F401  loads every model
from app.core.schema.at_once import SCRIPT, script_of
from app.core.schema.upgrade import MIGRATIONS, run_migrations
from app.core.storage.database import Database, SqliteFile
from app.core.storage.tables import Kind, journalled_models, table_of

_CLEAN = (
    (re.compile(r"columns\.Word\(\)"), "sa.String()"),
    (re.compile(r"columns\.(\w+)\([^()]*\)"), r"columns.\1()"),
    (re.compile(r"^ *# ###.*\n", re.MULTILINE), ""),
)


def write_migration(number: str, message: str) -> Path:
    """Write `versions/<number>_<message>.py` and return its path."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _whole_chain() as connection:
        config.attributes["connection"] = connection
        script = command.revision(config, message, autogenerate=True, rev_id=number)
    path = Path(script.path)  # type: ignore[union-attr]  # one revision was asked for, one comes back
    text = path.read_text()
    for pattern, replacement in _CLEAN:
        text = pattern.sub(replacement, text)
    path.write_text(text + (_guards() if number == "0001" else ""))
    return path


def write_at_once() -> Path:
    """Write the script of a new database and return its path."""
    with _whole_chain() as connection:
        SCRIPT.write_text(script_of(connection), encoding="utf-8")
    return SCRIPT


@contextmanager
def _whole_chain() -> Iterator[sa.Connection]:
    """Give a database that went through every migration."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(SqliteFile(path=Path(folder) / "empty.db"))
        with database.reshape() as connection:
            run_migrations(connection, "head")
        with database.write() as connection:
            yield connection
        database.close()


def _guards() -> str:
    lines = [
        f'    guard(op.get_bind(), "{table_of(model).name}", update={model.table_kind is Kind.FACT})'
        for model in journalled_models()
    ]
    journal = [
        f'    guard(op.get_bind(), "{name}", update=True)'
        for name in ("journal_entry", "journal_seal")
    ]
    return "\n".join([*lines, *journal]) + "\n"


if __name__ == "__main__":
    print(
        write_at_once() if sys.argv[1] == "at-once" else write_migration(sys.argv[1], sys.argv[2])
    )
