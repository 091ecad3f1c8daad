"""What somebody tried at a quiz since a time, as others look at it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.models import AttemptResultRow, AttemptRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedQuiz:
    """One attempt at a quiz."""

    attempt_id: UUID
    lesson_id: UUID
    began_at: datetime
    submitted_at: datetime | None
    """None while it is under way."""
    score_hundredths: int | None
    """In hundredths of a percent; None while it is under way."""
    passed: bool


def tries_since(
    session: Session, person_id: UUID, lesson_id: UUID, since: datetime
) -> tuple[TriedQuiz, ...]:
    """Return the attempts of somebody at a quiz that began since a time, the first one first."""
    result = AttemptResultRow
    rows = session.execute(
        sa.select(AttemptRow, result)
        .outerjoin(result, result.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.person_id == person_id,
            AttemptRow.lesson_id == lesson_id,
            AttemptRow.began_at >= since,
        )
        .order_by(AttemptRow.began_at, AttemptRow.id)
    )
    return tuple(
        TriedQuiz(
            attempt_id=row.id,
            lesson_id=row.lesson_id,
            began_at=row.began_at,
            submitted_at=None if scored is None else scored.submitted_at,
            score_hundredths=None if scored is None else scored.score_hundredths,
            passed=scored is not None and scored.passed,
        )
        for row, scored in rows
    )
