"""Bringing a database part of the way."""

from app.core.schema.upgrade import run_migrations
from app.core.storage.database import Database


def bring_to(database: Database, revision: str) -> None:
    """Bring a database to a revision, from nothing too, by the migrations alone."""
    with database.reshape() as connection:
        run_migrations(connection, revision)
