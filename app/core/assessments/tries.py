"""What somebody tried at a quiz since a time, as others look at it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.models import AttemptAnewRow, AttemptResultRow, AttemptRow


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
    result, anew = AttemptResultRow, AttemptAnewRow
    rows = session.execute(
        sa.select(AttemptRow, result, anew)
        .outerjoin(result, result.attempt_id == AttemptRow.id)
        .outerjoin(anew, anew.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.person_id == person_id,
            AttemptRow.lesson_id == lesson_id,
            AttemptRow.began_at >= since,
        )
        .order_by(AttemptRow.began_at, AttemptRow.id)
    )
    return tuple(
        _tried(row, scored, scored if again is None else again) for row, scored, again in rows
    )


def _tried(
    row: AttemptRow,
    scored: AttemptResultRow | None,
    counts: AttemptResultRow | AttemptAnewRow | None,
) -> TriedQuiz:
    return TriedQuiz(
        attempt_id=row.id,
        lesson_id=row.lesson_id,
        began_at=row.began_at,
        submitted_at=None if scored is None else scored.submitted_at,
        score_hundredths=None if counts is None else counts.score_hundredths,
        passed=counts is not None and counts.passed,
    )
