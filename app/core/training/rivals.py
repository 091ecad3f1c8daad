"""Corrections of one record that two PCs made before they heard of each other: which of them holds.

Both put the same credit aside. One that withdraws it wins over one that moves its day: nobody is held
qualified by what somebody took away. Of several that give another credit the first stands, so that
nothing that came later wins by itself. It is told under Conflicts until somebody takes the others back,
by a correction that points at a correction.

Two PCs may decide that apart, too, and each take back what the other kept. Where nothing would be left
of it, nobody has decided: all of them stand side by side again, and are told again. Who decides then takes
back what took the right one back.

Conditions take a correction as a mapped class, or as the columns of a table: of tables they are put together in
half of the time, and most of a first look at what is held goes there.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.storage.columns import Moment
from app.core.storage.tables import table_of
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow

OF_A_CORRECTION = CorrectionRow.__tablename__
"""Kind of the record at which a correction points that takes another back."""


def is_taken_back(verdict: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a decision took a correction back and left another; `known`: before then."""
    left = table_of(CorrectionVerdictRow).alias()
    is_one_left = (
        sa.exists()
        .where(
            left.c.replaces_id == verdict.replaces_id,
            ~_is_decided_against(left.c.correction_id, known),
            *_before(left.c, known),
        )
        .correlate_except(left)
    )
    return sa.and_(_is_decided_against(verdict.correction_id, known), is_one_left)


def is_outdone(verdict: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that another correction of the same credit wins over one."""
    rival = table_of(CorrectionVerdictRow).alias()
    is_earlier = sa.or_(
        rival.c.at < verdict.at, sa.and_(rival.c.at == verdict.at, rival.c.id < verdict.id)
    )
    return (
        sa.exists()
        .where(
            rival.c.replaces_id == verdict.replaces_id,
            rival.c.id != verdict.id,
            verdict.credit_id.is_not(None),
            sa.or_(rival.c.credit_id.is_(None), is_earlier),
            ~is_taken_back(rival.c, known),
            ~is_without_effect(rival.c, known),
            *_before(rival.c, known),
        )
        .correlate_except(rival)
    )


def is_without_effect(verdict: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that one takes back a correction which others keep, or was itself taken back."""
    taking, kept = table_of(CorrectionRow).alias(), table_of(CorrectionVerdictRow).alias()
    is_kept = (
        sa.exists()
        .where(
            kept.c.correction_id == taking.c.record_id,
            ~is_taken_back(kept.c, known),
            *_before(kept.c, known),
        )
        .correlate_except(kept)
    )
    return (
        sa.exists()
        .where(
            taking.c.id == verdict.correction_id,
            taking.c.record_kind == OF_A_CORRECTION,
            sa.or_(is_kept, _is_pointed_at(taking.c.id, known)),
        )
        .correlate_except(taking)
    )


def holds(verdict: Any) -> sa.ColumnElement[bool]:
    """Return the condition that an accepted correction is one of those that say what stands."""
    return sa.and_(~is_outdone(verdict), ~is_taken_back(verdict))


def rivals(session: Session, credit_id: UUID | None = None) -> list[CorrectionVerdictRow]:
    """Return the corrections that stand side by side, of one credit or of all, the first of each first.

    Where all of them take the credit away they say one thing.
    """
    row, other = CorrectionVerdictRow, aliased(CorrectionVerdictRow)
    has_rival = sa.exists().where(
        other.replaces_id == row.replaces_id,
        other.id != row.id,
        sa.or_(other.credit_id.is_not(None), row.credit_id.is_not(None)),
        ~is_taken_back(other),
        ~is_without_effect(other),
    )
    statement = (
        sa.select(row)
        .where(
            row.replaces_id.is_not(None),
            has_rival.correlate_except(other),
            ~is_taken_back(row),
            ~is_without_effect(row),
            *([] if credit_id is None else [row.replaces_id == credit_id]),
        )
        .order_by(row.replaces_id, row.credit_id.is_not(None), row.at, row.id)
    )
    return list(session.scalars(statement))


def taking_back(session: Session, correction_id: UUID) -> list[CorrectionRow]:
    """Return the corrections that take one back, and were not taken back themselves."""
    row = CorrectionRow
    return list(
        session.scalars(
            sa.select(row).where(
                row.record_kind == OF_A_CORRECTION,
                row.record_id == correction_id,
                ~_is_pointed_at(row.id, None),
            )
        )
    )


def _is_decided_against(correction_id: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that a decision which was not taken back took a correction back."""
    taking = table_of(CorrectionRow).alias()
    return (
        sa.exists()
        .where(
            taking.c.record_kind == OF_A_CORRECTION,
            taking.c.record_id == correction_id,
            ~_is_pointed_at(taking.c.id, known),
            *_before(taking.c, known),
        )
        .correlate_except(taking)
    )


def _is_pointed_at(correction_id: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that a correction points at a correction."""
    later = table_of(CorrectionRow).alias()
    return (
        sa.exists()
        .where(
            later.c.record_kind == OF_A_CORRECTION,
            later.c.record_id == correction_id,
            *_before(later.c, known),
        )
        .correlate_except(later)
    )


def _before(row: Any, known: Moment | None) -> list[sa.ColumnElement[bool]]:
    return [] if known is None else [row.at < known]
