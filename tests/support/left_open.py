"""The databases that a test opened, so that none is open any longer than the test is run.

A connection holds its cursor at hand and the cursor holds its connection, which the driver's own types
hide from Python's collector. What is not closed stays open, with its files, until the process ends: a
thousand tests later nothing more can be opened by whoever counts in `select()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.storage.database import Database

_opened: list[Database] = []


def note_opened(database: Database) -> None:
    """Remember to close a database at the end of the test."""
    _opened.append(database)


@contextmanager
def closed_afterwards() -> Iterator[None]:
    """Close at the end what was opened meanwhile. To close twice is to close once."""
    before = len(_opened)
    try:
        yield
    finally:
        while len(_opened) > before:
            _opened.pop().close()
