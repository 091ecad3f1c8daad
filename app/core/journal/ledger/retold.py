"""What came into the tables since some moment, told once more: whoever was to hear of it was cut short."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.changes import decode_changes
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.models import EntryRow, place_of


def applied_so_far(connection: sa.Connection) -> dict[int, int]:
    """Return how far the logs of others stand in the tables: the number of the last entry, by log."""
    return {log.id: log.applied for log in stored_logs(connection) if log.applied is not None}


def rows_applied_since(
    connection: sa.Connection, applied: Mapping[int, int]
) -> dict[str, set[UUID]]:
    """Return the rows, by table, that entries of others name which came into the tables since then.

    A log that was not known then is told from its beginning. What an erasure blanked besides is not
    among them: `Erasures.attend` sees to that.
    """
    touched: dict[str, set[UUID]] = {}
    for log_id, reached in applied_so_far(connection).items():
        places = EntryRow.place.between(
            place_of(log_id, applied.get(log_id, 0) + 1), place_of(log_id, reached)
        )
        bodies = sa.select(EntryRow.body).where(places).execution_options(yield_per=1000)
        for body in connection.scalars(bodies):
            for change in decode_changes(body):
                touched.setdefault(change.table, set()).add(change.key)
    return touched
