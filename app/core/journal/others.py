"""How far the records of other stations reach here, by when what came of them was written."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.entries import LogName
from app.core.journal.ledger import stored_logs
from app.core.journal.models import EntryRow, LogRow, place_of
from app.core.storage.tables import Scope


def newest_of_others(session: Session) -> dict[bytes, datetime]:
    """Return by station when its newest entry about people and training that counts here was made.

    Stations whose logs are written here are left out, and so is what only tells of courses.
    """
    newest: dict[bytes, datetime] = {}
    logs = sa.select(LogRow.station, LogRow.id, LogRow.applied).where(
        LogRow.applied > 0, LogRow.scope != Scope.CATALOGUE
    )
    for station, log_id, applied in session.execute(logs):
        wall = session.scalar(
            sa.select(EntryRow.wall).where(EntryRow.place == place_of(log_id, applied or 0))
        )
        if wall is not None:
            newest[station] = max(wall, newest.get(station, wall))
    return newest


def went_on_after(
    connection: sa.Connection,
    station: bytes,
    incarnation: bytes,
    ends: Mapping[Scope, int],
    at: datetime,
) -> bool:
    """Tell whether a station's logs go on beyond where they ended, with something written after a moment."""
    for scope in Scope:
        for log in stored_logs(connection, LogName(station, incarnation, scope)):
            if log.last <= ends.get(scope, 0):
                continue
            wall = connection.scalar(
                sa.select(EntryRow.wall).where(EntryRow.place == place_of(log.id, log.last))
            )
            if wall is not None and wall > at:
                return True
    return False
