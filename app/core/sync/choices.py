"""Who decided a dispute of rows before: two PCs may keep different rows, and then neither decision holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Contest, entries_about
from app.core.storage.tables import model_of, table_of
from app.core.sync.models import ConflictDecisionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Somebody decided for a row, and somebody else for another one."""

    at: datetime
    station: str
    """The PC on which it was decided."""
    account_id: UUID | None
    reason: str


def choices(
    session: Session, contest: Contest, labels: Mapping[bytes, str]
) -> dict[UUID, tuple[Choice, ...]]:
    """Return who decided for which of the rows of a dispute, the first first.

    A decision on a column is one of its values, and is told as such. The index of mentions must be up
    to date.
    """
    if contest.column in table_of(model_of(contest.table)).columns:
        return {}
    row = ConflictDecisionRow
    decisions = session.scalars(
        sa.select(row)
        .where(row.table_name == contest.table, row.column_name == contest.column)
        .order_by(row.at, row.id)
    )
    found: dict[UUID, tuple[Choice, ...]] = {one.value: () for one in contest.values}
    for one in decisions:
        key = _kept(one)
        if key in found:
            found[key] = (*found[key], _choice(session, one, labels))
    return found


def called(station: bytes | None, labels: Mapping[bytes, str]) -> str:
    """Return what a PC is called here; of one unknown the beginning of its key."""
    return labels.get(station or b"", (station or b"")[:4].hex())


def _kept(decision: ConflictDecisionRow) -> UUID:
    """Return the id of the row that a decision kept."""
    version = decision.version.hex()
    value = next(one["value"] for one in decision.standing if one["version"] == version)
    return UUID(hex=value["hex"])


def _choice(session: Session, decision: ConflictDecisionRow, labels: Mapping[bytes, str]) -> Choice:
    wrote = next(iter(entries_about(session, decision.id).values()), None)
    return Choice(
        at=decision.at,
        station=called(wrote.station if wrote else None, labels),
        account_id=decision.by,
        reason=decision.reason,
    )
