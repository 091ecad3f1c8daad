"""What is on record of a drill's course and of what was seen in it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.drills.models import DrillEventRow, DrillObservationRow
from app.core.training.drills.types import DrillMoment, DrillRun, Observation


def run_of(session: Session, session_id: UUID) -> DrillRun:
    """Return how a drill went; without moments before the alarm was given."""
    rows = session.scalars(
        sa.select(DrillEventRow)
        .where(DrillEventRow.session_id == session_id)
        .order_by(DrillEventRow.at, DrillEventRow.id)
    )
    return DrillRun(
        moments=tuple(
            DrillMoment(
                event=row.event,
                at=row.at,
                expected=row.expected,
                counted=row.counted,
                missing=row.missing,
                unexpected=row.unexpected,
                by_name=row.by_name,
            )
            for row in rows
        )
    )


def observations_of(session: Session, session_id: UUID) -> tuple[Observation, ...]:
    """Return what was seen, in the order of time."""
    rows = session.scalars(
        sa.select(DrillObservationRow)
        .where(DrillObservationRow.session_id == session_id)
        .order_by(DrillObservationRow.at, DrillObservationRow.id)
    )
    return tuple(
        Observation(
            text=row.text, photo=row.photo, sha256=row.sha256, at=row.at, by_name=row.by_name
        )
        for row in rows
    )
