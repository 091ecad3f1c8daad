"""Attempts that were handed in, read as they count and without some questions; many at a time."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.anew import PassMarks
from app.core.assessments.attempts import ScoredAttempt
from app.core.assessments.models import AttemptAnewRow, AttemptResultRow, AttemptRow
from app.core.assessments.scoring import score_without
from app.core.assessments.stored import score_from_json
from app.core.base.batches import batches
from app.core.courses import Releases
from app.core.people import is_of_site
from app.core.storage.columns import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Whether an attempt passes: as it counts, and without some question versions."""

    person_id: UUID
    lesson_id: UUID
    before: bool
    after: bool


def readings(
    session: Session, releases: Releases, attempts: Iterable[UUID], left_out: Collection[UUID]
) -> Iterator[Reading]:
    """Yield how attempts that were handed in pass, as they count and without some question versions."""
    row, result, anew = AttemptRow, AttemptResultRow, AttemptAnewRow
    counts = sa.func.coalesce(anew.report, result.report, type_=Json())
    statement = (
        sa.select(row.person_id, row.lesson_id, counts)
        .join(result, result.attempt_id == row.id)
        .outerjoin(anew, anew.attempt_id == row.id)
    )
    marks = PassMarks(session, releases)
    for some in batches(attempts):
        found = session.execute(statement.where(row.id.in_(some)))
        for person_id, lesson_id, report in found:
            score = score_from_json(report)
            without = score_without(score, left_out, marks.of(lesson_id))
            yield Reading(
                person_id=person_id,
                lesson_id=lesson_id,
                before=score.passed,
                after=without.passed,
            )


def passed_anew(session: Session, site_id: UUID | None) -> list[tuple[ScoredAttempt, datetime]]:
    """Return the attempts of a site's people that pass since they were scored anew, the earliest first.

    Each with when it was handed in.
    """
    row, result, anew = AttemptRow, AttemptResultRow, AttemptAnewRow
    rows = session.execute(
        sa.select(row, result.submitted_at, anew.score, anew.score_hundredths)
        .join(result, result.attempt_id == row.id)
        .join(anew, anew.attempt_id == row.id)
        .where(anew.passed, ~result.passed, is_of_site(row.person_id, site_id))
        .order_by(result.submitted_at, row.id)
    )
    return [
        (
            ScoredAttempt(
                attempt_id=attempt.id,
                person_id=attempt.person_id,
                lesson_id=attempt.lesson_id,
                score=score,
                score_hundredths=hundredths,
                passed=True,
                seconds=0,
            ),
            at,
        )
        for attempt, at, score, hundredths in rows
    ]
