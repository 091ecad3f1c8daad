"""Cells that two PCs filled for the same day, each without knowing of the other, and differently.

One of the two entries is shown, the other stands aside (ADR 16). Nothing is lost and nothing wins by
itself: the cell is told to be in doubt, in the grid and under Conflicts, until somebody says it again
or decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Aside, Contest, Ruling, Unit, row_contender, rows_aside
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.models import MatrixEntryRow


def doubts(session: Session, entries: Iterable[UUID] | None = None) -> dict[UUID, frozenset[Need]]:
    """Return by entry what else was said for its day, for some entries or for all, where it differs."""
    return {
        key: frozenset(others)
        for key, others in _otherwise(session, rows_aside(session, MatrixEntryRow, entries)).items()
    }


class CellsInDoubt:
    """The same as a dispute of rows: told and decided beside those of columns, with a signature."""

    table, column = "matrix_entry", "need"
    is_signed = True

    def open(self, session: Session) -> Iterator[Contest]:
        """Yield them. The index of mentions must be up to date."""
        found = _otherwise(session, rows_aside(session, MatrixEntryRow))
        for key, others in sorted(found.items()):
            row = session.get_one(MatrixEntryRow, key)
            values = [row_contender(session, key, row.need, is_shown=True)]
            values += [
                row_contender(session, aside, need, is_shown=False)
                for need, aside in sorted(others.items())
            ]
            yield Contest(table=self.table, key=key, column=self.column, values=tuple(values))

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let a cell ask for one of the things that were said."""
        row = unit.get_one(MatrixEntryRow, ruling.key)
        row.is_settled = True
        unit.flush()
        unit.decide(row, self.column, ruling.value)
        return {self.table: {ruling.key}}


def _otherwise(session: Session, asides: Iterable[Aside]) -> dict[UUID, dict[Need, UUID]]:
    """Return by entry that is shown what others say, each with the first entry that says so."""
    said: dict[UUID, dict[Need, UUID]] = {}
    for one in asides:
        said.setdefault(one.shown_id, {}).setdefault(Need(one.values["need"]), one.id)
    if not said:
        return {}
    row = MatrixEntryRow
    open_ones = session.execute(
        sa.select(row.id, row.need).where(row.id.in_(list(said)), row.is_settled.is_(False))
    )
    found = {
        key: {other: aside for other, aside in said[key].items() if other is not need}
        for key, need in open_ones
    }
    return {key: others for key, others in found.items() if others}
