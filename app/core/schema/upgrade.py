"""Bringing a database to this program's schema, and refusing one that is ahead of it."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.schema.at_once import make_at_once
from app.core.storage.database import Database, SqliteFile
from app.core.storage.room import require_room

HEAD = "0098"
"""The newest migration. Kept here so that a start needs no Alembic (1 s to import)."""

MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseTooNew(UserFacingError):
    """The database was written by a later version of the program."""

    def __init__(self, found: str) -> None:
        super().__init__(
            _("These records were written by a newer Daksha (schema {found}).").format(found=found),
            safe=_("They were not opened and not changed."),
            remedy=_("Install the newer Daksha on this PC."),
        )


def revision(database: Database) -> str | None:
    """Return the schema a database has, or None for an empty one."""
    with database.write() as connection:
        return _revision_of(connection)


def is_current(database: Database) -> bool:
    """Tell whether a database has this program's schema. Raises DatabaseTooNew."""
    found = revision(database)
    if found is not None and found > HEAD:
        raise DatabaseTooNew(found)
    return found == HEAD


def bring_up_to_date(
    database: Database, before_upgrade: Callable[[Database], None] | None = None
) -> None:
    """Run the migrations a database lacks, all in one transaction. Raises DatabaseTooNew, NoRoom.

    `before_upgrade` is called with a database of before; where it raises, nothing is changed.
    """
    if is_current(database):
        return
    is_new = revision(database) is None
    if before_upgrade is not None and not is_new:
        before_upgrade(database)
    if not is_new and isinstance(database.location, SqliteFile):
        path = database.location.path  # tables are set up again, in SQLite's log first
        require_room(
            path.parent,
            path.stat().st_size,
            safe=_("The records were not changed; the program of before still opens them."),
        )
    with database.reshape() as connection:
        if is_new and database.is_sqlite:
            make_at_once(connection)
        if _revision_of(connection) != HEAD:
            run_migrations(connection, "head")


def run_migrations(connection: sa.Connection, to: str) -> None:
    """Run the migrations that a database lacks, up to one of them or all ("head"), without a commit."""
    from alembic import command  # 1 s to import: only when there is something to migrate
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _revision_of(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)
