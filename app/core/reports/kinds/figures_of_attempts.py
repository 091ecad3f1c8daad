"""What the score reports count of a group of attempts that were handed in."""

from typing import Any

import sqlalchemy as sa

from app.core.assessments.models import AttemptAnewRow, AttemptResultRow, AttemptRow
from app.core.base.words import mark
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked
from app.core.reports.columns import ReportColumn, number, percent
from app.core.reports.filters import COURSE, PEOPLE, since, until
from app.core.reports.kinds.figures_of_pairs import how_many, share
from app.core.reports.pairs import AnySelect, within

HUNDREDTHS_A_TENTH = 10

SCORED: tuple[ReportColumn, ...] = (
    number("learners", mark("Learners")),
    number("attempts", mark("Attempts")),
    number("passed", mark("Passed")),
    percent("pass_rate", mark("Pass rate")),
    percent("average", mark("Average score")),
    percent("best", mark("Best score")),
)

FILTERS = (
    *PEOPLE,
    COURSE,
    since(AttemptResultRow.submitted_at),
    until(AttemptResultRow.submitted_at),
)


def scored() -> list[sa.ColumnElement[Any]]:
    """Return the selected columns of SCORED; shares are rounded down to tenths of a percent."""
    count = sa.func.count()
    score = sa.func.coalesce(AttemptAnewRow.score_hundredths, AttemptResultRow.score_hundredths)
    passed = how_many(sa.func.coalesce(AttemptAnewRow.passed, AttemptResultRow.passed).is_(True))
    return [
        sa.func.count(AttemptRow.person_id.distinct()).label("learners"),
        count.label("attempts"),
        passed.label("passed"),
        share(passed, count).label("pass_rate"),
        (sa.func.sum(score) // (count * HUNDREDTHS_A_TENTH)).label("average"),
        (sa.func.max(score) // HUNDREDTHS_A_TENTH).label("best"),
    ]


def attempts(asked: Asked, *columns: Any) -> AnySelect:
    """Return a select over attempts that were handed in, with who, where and in which course."""
    return (
        sa.select(*columns)
        .select_from(AttemptResultRow)
        .join(AttemptRow, AttemptRow.id == AttemptResultRow.attempt_id)
        .outerjoin(AttemptAnewRow, AttemptAnewRow.attempt_id == AttemptRow.id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
        .join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
        .join(CourseRow, CourseRow.id == CourseVersionRow.course_id)
        .join(PersonListingRow, PersonListingRow.person_id == AttemptRow.person_id)
        .where(*within(asked.scope), *asked.conditions)
    )
