"""Cells that two PCs filled for the same day, each without knowing of the other, and differently.

One of the two entries is shown, the other stands aside (ADR 16). Nothing is lost and nothing wins by
itself: the cell is told to be in doubt until somebody says it again.
"""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import rows_aside
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import MatrixEntryRow


def doubts(session: Session, entries: Iterable[UUID] | None = None) -> dict[UUID, frozenset[Need]]:
    """Return by entry what else was said for its day, for some entries or for all, where it differs."""
    said: dict[UUID, set[Need]] = {}
    for one in rows_aside(session, MatrixEntryRow, entries):
        said.setdefault(one.shown_id, set()).add(Need(one.values["need"]))
    if not said:
        return {}
    row = MatrixEntryRow
    open_ones = session.execute(
        sa.select(row.id, row.need).where(row.id.in_(list(said)), row.is_settled.is_(False))
    )
    found = {key: frozenset(said[key] - {need}) for key, need in open_ones}
    return {key: others for key, others in found.items() if others}
