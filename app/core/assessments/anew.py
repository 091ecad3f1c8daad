"""The score that counts for an attempt, where a signed decision leaves out what it asked (ADR 69).

One definition for every PC: the decisions that somebody else approved name question versions; of an
attempt that was scored with one of them, the score without them counts. Whoever passed goes on having
passed. What was asked, answered and scored is never touched: this is worked out beside it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Subject,
    SubjectState,
    standing_of,
    steps_of,
)
from app.core.assessments.attempts import ScoredAnew
from app.core.assessments.models import (
    AttemptAnewRow,
    AttemptResultRow,
    AttemptRow,
    QuestionRescoreRow,
)
from app.core.assessments.quiz_lessons import quiz_of
from app.core.assessments.scoring import hundredths_of_percent, score_without
from app.core.assessments.stored import score_from_json, score_to_json
from app.core.assessments.types import AttemptScore
from app.core.base.batches import batches
from app.core.courses import Releases
from app.core.journal import Unit

RESCORE = "question_rescore"
"""Kind of subject: the id is that of a decision."""
ANEW_SOURCES = ("question_rescore", "approval_step", "attempt_result")
"""Tables of which rows that came from elsewhere change what counts."""
_STANDS = frozenset({SubjectState.APPROVED, SubjectState.EFFECTIVE})
"""A decision counts wherever it comes, whatever day it is there."""


def left_out_of_results(session: Session) -> Mapping[UUID, QuestionRescoreRow]:
    """Return by question version the decision that leaves it out of every result, the earliest of several."""
    rows = session.scalars(
        sa.select(QuestionRescoreRow).order_by(
            QuestionRescoreRow.at.desc(), QuestionRescoreRow.id.desc()
        )
    )
    return {UUID(version): row for row in rows if stands(session, row) for version in row.versions}


def counted(
    score: AttemptScore,
    left_out: Collection[UUID],
    marks: "PassMarks",
    lesson_id: UUID,
) -> AttemptScore:
    """Return the score that counts for an attempt if some question versions are left out."""
    if not any(one.question_id in left_out for one in score.questions):
        return score
    after = score_without(score, left_out, marks.of(lesson_id))
    return score if score.passed and not after.passed else after


class PassMarks:
    """The pass marks of lessons' quizzes, the same in all their languages; each is read once."""

    def __init__(self, session: Session, releases: Releases) -> None:
        self._session, self._releases = session, releases
        self._known: dict[UUID, Fraction] = {}

    def of(self, lesson_id: UUID) -> Fraction:
        """Return the pass mark of a lesson's quiz. Raises NotFound."""
        known = self._known.get(lesson_id)
        if known is None:
            plan = self._releases.of_lesson(self._session, lesson_id).plan(lesson_id)
            known = self._known[lesson_id] = quiz_of(plan).settings.pass_mark
        return known


def scored_anew(session: Session, attempt_id: UUID) -> ScoredAnew | None:
    """Return what counts for an attempt instead of its score; None where that counts."""
    row = session.get(AttemptAnewRow, attempt_id)
    if row is None:
        return None
    decisions = decisions_of(session, row.decisions)
    return ScoredAnew(
        score=score_from_json(row.report),
        decided_at=max(one.at for one in decisions),
        reasons=tuple(one.reason for one in decisions),
    )


def decisions_of(session: Session, ids: Iterable[str]) -> list[QuestionRescoreRow]:
    """Return decisions by their ids, the earliest first."""
    row = QuestionRescoreRow
    wanted = sa.select(row).where(row.id.in_([UUID(one) for one in ids]))
    return list(session.scalars(wanted.order_by(row.at, row.id)))


def asked_any(versions: Iterable[UUID]) -> sa.ColumnElement[bool]:
    """Return the condition that the attempt of a result was scored with one of some question versions."""
    scored = sa.type_coerce(AttemptResultRow.report, sa.Text)
    return sa.or_(sa.false(), *(scored.contains(str(one)) for one in versions))


def refresh_anew(unit: Unit, touched: Mapping[str, Collection[UUID]]) -> None:
    """Bring up what counts after rows by table: all of it after a decision, else of those attempts."""
    left_out = left_out_of_results(unit)
    if not left_out:
        return
    if RESCORE in touched or "approval_step" in touched:
        _bring_up(unit, left_out, map(asked_any, batches(left_out)))
    else:
        some = batches(touched.get("attempt_result", ()))
        _bring_up(unit, left_out, (AttemptResultRow.id.in_(one) for one in some))


def rebuild_anew(unit: Unit) -> None:
    """Make anew what counts for every attempt."""
    unit.execute(sa.delete(AttemptAnewRow))
    unit.expunge_all()
    left_out = left_out_of_results(unit)
    if left_out:
        _bring_up(unit, left_out, map(asked_any, batches(left_out)))


def _bring_up(
    unit: Unit,
    left_out: Mapping[UUID, QuestionRescoreRow],
    conditions: Iterable[sa.ColumnElement[bool]],
) -> None:
    marks = PassMarks(unit, Releases())
    for condition in conditions:
        for result, lesson_id, known in _results(unit, condition):
            score = score_from_json(result.report)
            after = counted(score, left_out.keys(), marks, lesson_id)
            if after is score:
                if known is not None:
                    unit.delete(known)
                continue
            row = known or AttemptAnewRow(attempt_id=result.attempt_id)
            asked = {one.question_id for one in score.questions}
            row.score, row.passed = after.share, after.passed
            row.score_hundredths = hundredths_of_percent(after)
            row.report = score_to_json(after)
            row.decisions = sorted({str(left_out[one].id) for one in asked & left_out.keys()})
            unit.add(row)
    unit.flush()


def _results(
    session: Session, condition: sa.ColumnElement[bool]
) -> Iterator[tuple[AttemptResultRow, UUID, AttemptAnewRow | None]]:
    ids = session.scalars(sa.select(AttemptResultRow.id).where(condition)).all()
    for some in batches(ids):
        found = session.execute(
            sa.select(AttemptResultRow, AttemptRow.lesson_id, AttemptAnewRow)
            .join(AttemptRow, AttemptRow.id == AttemptResultRow.attempt_id)
            .outerjoin(AttemptAnewRow, AttemptAnewRow.attempt_id == AttemptRow.id)
            .where(AttemptResultRow.id.in_(some))
        )
        yield from found


def stands(session: Session, row: QuestionRescoreRow) -> bool:
    """Tell whether a decision counts: somebody else approved it."""
    steps = steps_of(session, Subject(RESCORE, row.id))
    return standing_of(steps, row.at.date()).state in _STANDS
