"""Two stations that do the same at the same moment, on a PostgreSQL server: no luck in it."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import sqlalchemy as sa

from app.core.journal import Site

_PATIENCE_SECONDS = 60.0
_WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def race(
    site: Site, first: Callable[[], object], second: Callable[[], object]
) -> tuple[object, Future[object]]:
    """Let `first` look and write, but not end, until `second` has looked as well or waits for it.

    Returns what `first` gave, and what became of `second`. While the journal is barred nobody's
    transaction ends; so the second begins before the first is there to be seen.
    """
    engine = sa.create_engine(site.database.location.url)  # type: ignore[union-attr]  # on a server
    try:
        with ThreadPoolExecutor(2) as stations, engine.connect() as watch:
            with engine.begin() as bar:
                bar.execute(sa.text("LOCK TABLE journal_entry IN SHARE MODE"))
                one = stations.submit(first)
                _until_waiting(watch, 1, one)
                other = stations.submit(second)
                _until_waiting(watch, 2, other)
            return one.result(_PATIENCE_SECONDS), _ended(other)
    finally:
        engine.dispose()


def _until_waiting(watch: sa.Connection, count: int, acting: Future[object]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while watch.scalar(_WAITING) != count and not acting.done():
        watch.rollback()
        assert time.monotonic() < deadline, "nobody waits for a lock"


def _ended(acting: Future[object]) -> Future[object]:
    acting.exception(_PATIENCE_SECONDS)
    return acting
