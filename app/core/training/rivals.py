"""Corrections of one record that two PCs made before they heard of each other: which of them holds.

Both put the same credit aside. One that withdraws it wins over one that moves its day: nobody is held
qualified by what somebody took away. Of several that give another credit the first stands, so that
nothing that came later wins by itself. It is told under Conflicts until somebody takes the others back,
by a correction that points at a correction.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Moment
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow

OF_A_CORRECTION = CorrectionRow.__tablename__
"""Kind of the record at which a correction points that takes another back."""


def is_taken_back(correction_id: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a correction was taken back; `known`: before a moment."""
    later = aliased(CorrectionRow)
    return (
        sa.exists()
        .where(
            later.record_kind == OF_A_CORRECTION,
            later.record_id == correction_id,
            *_before(later, known),
        )
        .correlate_except(later)
    )


def is_outdone(verdict: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that another correction of the same credit wins over one."""
    rival = aliased(CorrectionVerdictRow)
    is_earlier = sa.or_(
        rival.at < verdict.at, sa.and_(rival.at == verdict.at, rival.id < verdict.id)
    )
    return (
        sa.exists()
        .where(
            rival.replaces_id == verdict.replaces_id,
            rival.id != verdict.id,
            verdict.credit_id.is_not(None),
            sa.or_(rival.credit_id.is_(None), is_earlier),
            ~is_taken_back(rival.correction_id, known),
            *_before(rival, known),
        )
        .correlate_except(rival)
    )


def holds(verdict: Any) -> sa.ColumnElement[bool]:
    """Return the condition that an accepted correction is one of those that say what stands."""
    return sa.and_(~is_outdone(verdict), ~is_taken_back(verdict.correction_id))


def rivals(session: Session, credit_id: UUID | None = None) -> list[CorrectionVerdictRow]:
    """Return the corrections that stand side by side, of one credit or of all, the first of each first."""
    row, other = CorrectionVerdictRow, aliased(CorrectionVerdictRow)
    has_rival = sa.exists().where(
        other.replaces_id == row.replaces_id,
        other.id != row.id,
        ~is_taken_back(other.correction_id),
    )
    statement = (
        sa.select(row)
        .where(
            row.replaces_id.is_not(None),
            has_rival.correlate_except(other),
            ~is_taken_back(row.correction_id),
            *([] if credit_id is None else [row.replaces_id == credit_id]),
        )
        .order_by(row.replaces_id, row.credit_id.is_not(None), row.at, row.id)
    )
    return list(session.scalars(statement))


def _before(row: Any, known: Moment | None) -> list[sa.ColumnElement[bool]]:
    return [] if known is None else [row.at < known]
