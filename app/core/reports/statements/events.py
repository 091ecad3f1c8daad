"""What the site itself recorded of its own lessons, as events: completions, results, answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import plain_text
from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    QuestionVersionRow,
    ResponseRow,
)
from app.core.assessments.stored import question_from_json
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.learning.models import (
    CompletionWithdrawalRow,
    CourseCompletionRow,
    CourseStartRow,
    LessonCompletionRow,
)
from app.core.people.models import PersonRow
from app.core.reports.statements.wording import (
    VOIDED,
    Activity,
    ActivityKind,
    Event,
    Who,
    duration,
    given_text,
    scaled,
)

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Which facts are wanted."""

    since: datetime | None = None
    """Later than this."""
    person_id: UUID | None = None

    def narrows(self, at: Any, person_id: Any) -> list[Any]:  # columns, of whatever table
        """Return the conditions on when and whose."""
        found = [] if self.since is None else [at > self.since]
        return found if self.person_id is None else [*found, person_id == self.person_id]


def completed_lessons(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each completed lesson, oldest first."""
    done = LessonCompletionRow
    facts = (
        sa.select(done, CourseStartRow, LessonRow, CourseVersionRow)
        .join(CourseStartRow, CourseStartRow.id == done.start_id)
        .join(LessonRow, LessonRow.id == done.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
    )
    wanted = _Facts(id=done.id, at=done.at, settled_at=done.at, person_id=CourseStartRow.person_id)
    for who, (row, start, lesson, version) in wanted.streamed(session, facts, stretch):
        yield Event(
            fact_id=row.id,
            who=who,
            verb="completed",
            activity=_lesson(lesson, version),
            at=row.at,
            registration=start.id,
            result={"completion": True},
        )


def completed_courses(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each completed course, oldest first."""
    done = CourseCompletionRow
    facts = (
        sa.select(done, CourseStartRow, CourseRow.title, CourseVersionRow.number)
        .join(CourseStartRow, CourseStartRow.id == done.start_id)
        .join(CourseRow, CourseRow.id == done.course_id)
        .join(CourseVersionRow, CourseVersionRow.id == CourseStartRow.version_id)
    )
    wanted = _Facts(id=done.id, at=done.at, settled_at=done.at, person_id=done.person_id)
    for who, (row, start, title, number) in wanted.streamed(session, facts, stretch):
        result: dict[str, Any] = {"completion": True, "duration": duration(start.at, row.at)}
        if row.score is not None:
            result["score"] = {"scaled": scaled(row.score)}
        yield Event(
            fact_id=row.id,
            who=who,
            verb="completed",
            activity=Activity(
                kind=ActivityKind.COURSE, id=row.course_id, title=title, revision=str(number)
            ),
            at=row.at,
            registration=start.id,
            result=result,
        )


def withdrawn_courses(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each completed course that counts no more: what was told of it is voided."""
    gone, done = CompletionWithdrawalRow, CourseCompletionRow
    facts = (
        sa.select(gone, done, CourseRow.title, CourseVersionRow.number)
        .join(done, done.id == gone.completion_id)
        .join(CourseStartRow, CourseStartRow.id == done.start_id)
        .join(CourseRow, CourseRow.id == done.course_id)
        .join(CourseVersionRow, CourseVersionRow.id == CourseStartRow.version_id)
    )
    wanted = _Facts(id=gone.id, at=gone.at, settled_at=gone.at, person_id=gone.person_id)
    for who, (row, completion, title, number) in wanted.streamed(session, facts, stretch):
        yield Event(
            fact_id=row.id,
            who=who,
            verb=VOIDED,
            activity=Activity(
                kind=ActivityKind.COURSE, id=completion.course_id, title=title, revision=str(number)
            ),
            at=row.at,
            registration=completion.start_id,
            voids=("completed", completion.id),
        )


def attempt_results(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each scored try at a quiz, oldest first."""
    scored = AttemptResultRow
    facts = (
        sa.select(scored, AttemptRow, LessonRow, CourseVersionRow)
        .join(AttemptRow, AttemptRow.id == scored.attempt_id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
    )
    wanted = _Facts(
        id=scored.id,
        at=scored.submitted_at,
        settled_at=scored.submitted_at,
        person_id=AttemptRow.person_id,
    )
    for who, (row, attempt, lesson, version) in wanted.streamed(session, facts, stretch):
        yield Event(
            fact_id=row.id,
            who=who,
            verb="passed" if row.passed else "failed",
            activity=_lesson(lesson, version),
            at=row.submitted_at,
            registration=attempt.id,
            result={
                "success": row.passed,
                "score": {"scaled": scaled(row.score)},
                "duration": duration(attempt.began_at, row.submitted_at),
            },
        )


def answers(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield what stood for each question when its attempt was handed in."""
    given, turns = ResponseRow, _answer_turns()
    is_last = sa.and_(
        turns.c.attempt_id == given.attempt_id, turns.c.id == given.id, turns.c.turn == 1
    )
    facts = (
        sa.select(given, QuestionVersionRow)
        .join(turns, is_last)
        .join(AttemptRow, AttemptRow.id == given.attempt_id)
        .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .join(QuestionVersionRow, QuestionVersionRow.id == given.question_version_id)
    )
    wanted = _Facts(
        id=given.id,
        at=given.at,
        settled_at=AttemptResultRow.submitted_at,
        person_id=AttemptRow.person_id,
    )
    for who, (row, version) in wanted.streamed(session, facts, stretch):
        yield Event(
            fact_id=row.id,
            who=who,
            verb="answered",
            activity=Activity(
                kind=ActivityKind.QUESTION,
                id=version.question_id,
                title=plain_text(question_from_json(version.question).stem),
                revision=str(version.number),
            ),
            at=row.at,
            registration=row.attempt_id,
            result={
                "response": given_text(row.response),
                "success": row.share == Fraction(1),
                "score": {"scaled": scaled(row.share)},
            },
        )


def _answer_turns() -> sa.Subquery:
    """Return every answer with its place among those to the same question, the newest being 1."""
    given = ResponseRow
    turn = sa.func.row_number().over(
        partition_by=(given.attempt_id, given.question_version_id), order_by=given.id.desc()
    )
    return sa.select(given.attempt_id, given.id, turn.label("turn")).subquery()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """The columns by which facts are found and put in order, of whatever table."""

    id: Any  # columns
    at: Any
    """When it was: their order."""
    settled_at: Any
    """From when it stands: a stretch is of this."""
    person_id: Any

    def streamed(
        self, session: Session, facts: sa.Select[*tuple[Any, ...]], stretch: Stretch
    ) -> Iterator[tuple[Who, Sequence[Any]]]:  # rows of each shape
        """Yield the facts of a stretch, oldest first, each with whom it is about."""
        statement = (
            facts.join(PersonRow, PersonRow.id == self.person_id)
            .add_columns(PersonRow.id, PersonRow.name, PersonRow.number)
            .where(*stretch.narrows(self.settled_at, self.person_id))
            .order_by(self.at, self.id)
        )
        for row in session.execute(statement, execution_options={"yield_per": _AT_ONCE}):
            *fact, person_id, name, number = row
            yield Who(person_id=person_id, name=name, number=number), fact


def _lesson(lesson: LessonRow, version: CourseVersionRow) -> Activity:
    return Activity(
        kind=ActivityKind.LESSON,
        id=lesson.key,
        title=lesson.title,
        revision=str(version.number),
        course_id=version.course_id,
    )


EVENTS = (completed_lessons, attempt_results, answers, completed_courses, withdrawn_courses)
"""Every kind of fact that is told to other systems. A new one is one function and one line."""
