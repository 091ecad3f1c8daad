"""Bringing a database part of the way."""

from alembic import command
from alembic.config import Config

from app.core.schema.upgrade import MIGRATIONS
from app.core.storage.database import Database


def bring_to(database: Database, revision: str) -> None:
    """Bring a database to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.reshape() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
