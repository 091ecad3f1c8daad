"""Sync files that left by records which are no longer in force: lines for the register of what left."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.egress import FileKind, LineOfBefore
from app.core.journal import Unit
from app.core.sync.drafts import RECORDS
from app.core.sync.models import SentFileRow


def sent_lines(session: Session) -> Iterator[LineOfBefore]:
    """Yield the sync files that left, as a database has them."""
    for row in session.scalars(sa.select(SentFileRow)):
        yield LineOfBefore(
            id=row.id,
            kind=FileKind.SYNC_FILE,
            about_id=None,
            title=", ".join(str(one["label"]) for one in row.recipients),
            station=row.station,
            account_id=row.account_id,
            saved_at=row.made_at,
            records=row.entries if row.kind == RECORDS else None,
            size=row.size,
            sha256=row.sha256,
            saved_to=row.written_to,
            is_paper=row.sheets is not None,
        )


def lost_lines(unit: Unit, lines: Iterable[LineOfBefore]) -> Iterator[LineOfBefore]:
    """Yield those that are no sync files of which the register still has its own line."""
    held = frozenset(unit.scalars(sa.select(SentFileRow.id)))
    return (line for line in lines if line.id not in held)
