"""Entries that are fetched by column are those that lie there, whatever is in them."""

from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.journal.entries import EntryWire
from app.core.journal.ledger.fetching import entries_between
from app.core.journal.models import EntryRow, place_of
from app.core.storage.database import Database
from app.core.storage.prepared import insert_of_wires
from app.core.storage.tables import table_of

LOG = 7
NAMES = ("place", "stamp", "wall", "offset_minutes", "actor", "action", "reason", "body", "hash")
INSERT = insert_of_wires("journal_entry", [table_of(EntryRow).columns[name] for name in NAMES])
LARGEST = (1 << 63) - 1
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=9)
WIRES: st.SearchStrategy[EntryWire] = st.tuples(
    st.integers(0, LARGEST),
    st.integers(0, LARGEST),
    st.integers(-1439, 1439),
    st.none() | st.binary(min_size=16, max_size=16),
    TEXTS,
    TEXTS,
    st.binary(max_size=40),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wires=st.lists(WIRES, min_size=1, max_size=12),
    at_once=st.integers(1, 5),
    most_bytes=st.integers(0, 100),
)
def test_entries_come_as_they_lie_there(
    database: Database, wires: list[EntryWire], at_once: int, most_bytes: int
) -> None:
    with database.write() as connection, connection.begin_nested() as savepoint:
        places = range(place_of(LOG, 1), place_of(LOG, 1) + len(wires))
        rows = ((at, *wire, bytes(32)) for at, wire in zip(places, wires, strict=True))
        INSERT.run_many_in_order(connection, rows)
        runs = list(entries_between(connection, LOG, 1, len(wires), at_once, most_bytes))
        beyond = list(entries_between(connection, LOG, len(wires) + 1, len(wires) + 9))
        savepoint.rollback()

    assert list(chain(*runs)) == wires
    assert max(map(len, runs)) <= at_once
    assert all(len(run) == 1 or sum(map(len, run.bodies)) <= most_bytes for run in runs)
    assert beyond == []
