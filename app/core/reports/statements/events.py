"""What the site itself recorded of its own lessons, as events: completions, results, answers."""

from collections.abc import Iterator
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
    QuestionRow,
    QuestionVersionRow,
    ResponseRow,
)
from app.core.assessments.stored import question_from_json
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LessonCompletionRow
from app.core.people.models import PersonRow
from app.core.reports.statements.wording import Event, duration, given_text, scaled

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
    statement = (
        sa.select(done, CourseStartRow, LessonRow, CourseVersionRow.number, PersonRow)
        .join(CourseStartRow, CourseStartRow.id == done.start_id)
        .join(LessonRow, LessonRow.id == done.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
        .join(PersonRow, PersonRow.id == CourseStartRow.person_id)
        .where(*stretch.narrows(done.at, CourseStartRow.person_id))
        .order_by(done.at, done.id)
    )
    for row, start, lesson, version, person in _streamed(session, statement):
        yield Event(
            fact_id=row.id,
            person_id=person.id,
            name=person.name,
            number=person.number,
            verb="completed",
            at=row.at,
            kind="lesson",
            object_id=lesson.key,
            title=lesson.title,
            registration=start.id,
            course_id=start.course_id,
            revision=str(version),
            result={"completion": True},
        )


def completed_courses(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each completed course, oldest first."""
    done = CourseCompletionRow
    statement = (
        sa.select(done, CourseStartRow, CourseRow.title, CourseVersionRow.number, PersonRow)
        .join(CourseStartRow, CourseStartRow.id == done.start_id)
        .join(CourseRow, CourseRow.id == done.course_id)
        .join(CourseVersionRow, CourseVersionRow.id == CourseStartRow.version_id)
        .join(PersonRow, PersonRow.id == done.person_id)
        .where(*stretch.narrows(done.at, done.person_id))
        .order_by(done.at, done.id)
    )
    for row, start, title, version, person in _streamed(session, statement):
        result: dict[str, Any] = {"completion": True, "duration": duration(start.at, row.at)}
        if row.score is not None:
            result["score"] = {"scaled": scaled(row.score)}
        yield Event(
            fact_id=row.id,
            person_id=person.id,
            name=person.name,
            number=person.number,
            verb="completed",
            at=row.at,
            kind="course",
            object_id=row.course_id,
            title=title,
            registration=start.id,
            revision=str(version),
            result=result,
        )


def attempt_results(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield each scored try at a quiz, oldest first."""
    statement = (
        sa.select(AttemptResultRow, AttemptRow, LessonRow, CourseVersionRow, PersonRow)
        .join(AttemptRow, AttemptRow.id == AttemptResultRow.attempt_id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(*stretch.narrows(AttemptResultRow.submitted_at, AttemptRow.person_id))
        .order_by(AttemptResultRow.submitted_at, AttemptResultRow.id)
    )
    for row, attempt, lesson, version, person in _streamed(session, statement):
        yield Event(
            fact_id=row.id,
            person_id=person.id,
            name=person.name,
            number=person.number,
            verb="passed" if row.passed else "failed",
            at=row.submitted_at,
            kind="lesson",
            object_id=lesson.key,
            title=lesson.title,
            registration=attempt.id,
            course_id=version.course_id,
            revision=str(version.number),
            result={
                "success": row.passed,
                "score": {"scaled": scaled(row.score)},
                "duration": duration(attempt.began_at, row.submitted_at),
            },
        )


def answers(session: Session, stretch: Stretch) -> Iterator[Event]:
    """Yield what stood for each question when its attempt was handed in."""
    turn = sa.func.row_number().over(
        partition_by=(ResponseRow.attempt_id, ResponseRow.question_version_id),
        order_by=ResponseRow.id.desc(),
    )
    turns = sa.select(ResponseRow.attempt_id, ResponseRow.id, turn.label("turn")).subquery()
    is_last = sa.and_(
        turns.c.attempt_id == ResponseRow.attempt_id,
        turns.c.id == ResponseRow.id,
        turns.c.turn == 1,
    )
    statement = (
        sa.select(ResponseRow, QuestionVersionRow, QuestionRow.id, PersonRow)
        .join(turns, is_last)
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .join(QuestionVersionRow, QuestionVersionRow.id == ResponseRow.question_version_id)
        .join(QuestionRow, QuestionRow.id == QuestionVersionRow.question_id)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(*stretch.narrows(AttemptResultRow.submitted_at, AttemptRow.person_id))
        .order_by(ResponseRow.at, ResponseRow.id)
    )
    for row, version, question_id, person in _streamed(session, statement):
        yield Event(
            fact_id=row.id,
            person_id=person.id,
            name=person.name,
            number=person.number,
            verb="answered",
            at=row.at,
            kind="question",
            object_id=question_id,
            title=plain_text(question_from_json(version.question).stem),
            registration=row.attempt_id,
            revision=str(version.number),
            result={
                "response": given_text(row.response),
                "success": row.share == Fraction(1),
                "score": {"scaled": scaled(row.share)},
            },
        )


def _streamed(session: Session, statement: sa.Executable) -> Iterator[Any]:  # rows of each shape
    yield from session.execute(statement, execution_options={"yield_per": _AT_ONCE})


EVENTS = (completed_lessons, attempt_results, answers, completed_courses)
"""Every kind of fact that is told to other systems. A new one is one function and one line."""
