"""Person by person and course by course: what the reports of single pairs share."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.words import mark
from app.core.learning import newest_completion
from app.core.learning.models import CourseCompletionRow, CourseProgressRow, CourseStartRow
from app.core.people.models import PersonListingRow, PersonRow, PlacementRow
from app.core.reports.asking import Asked, ReportFilter
from app.core.reports.columns import ReportColumn, chip, text
from app.core.reports.filters import DUE_FROM, DUE_TO, PEOPLE, REQUIRED_COURSE
from app.core.reports.kinds.figures_of_attempts import HUNDREDTHS_A_TENTH
from app.core.reports.pairs import Condition, late_after, standings
from app.core.reports.standing_words import STANDINGS, standing_in_sql
from app.core.storage.columns import Day, Instant
from app.core.training import held_until_of, is_begun, is_renewal, newest_evidence
from app.core.training.models import AssignmentRow, RequirementRow

WHO: tuple[ReportColumn, ...] = (
    text("number", mark("Number")),
    text("name", mark("Name")),
    text("department", mark("Department")),
)
WHAT: ReportColumn = text("course", mark("Course"))
STANDING: ReportColumn = chip("standing", mark("Status"), STANDINGS, sorted_as="urgency")
RENEWAL: ReportColumn = chip("renewal", mark("Renewal"), {"under_way": mark("Under way")})
SEARCHED = ("found_by", "course")
TIES = ("number", "code")


def _stands(_session: Session, value: str, today: date) -> Condition:
    return (
        standing_in_sql(
            today=today,
            due_on=AssignmentRow.due_on,
            late_after=late_after(today),
            is_started=is_begun(),
            held_until=sa.type_coerce(newest_evidence(held_until_of), Day),
            is_open=AssignmentRow.closed_at.is_(None),
            is_renewal=is_renewal(),
        )
        == value
    )


STANDS = ReportFilter(key="standing", title=mark("Status"), condition=_stands, choices=STANDINGS)
FILTERS = (*PEOPLE, REQUIRED_COURSE, DUE_FROM, DUE_TO, STANDS)


def standing_rows(asked: Asked) -> sa.Subquery:
    """Return the pairs with standing, person and course under the keys of the columns here."""
    return standings(
        asked.today,
        asked.scope,
        asked.conditions,
        AssignmentRow.origin,
        PersonListingRow.number,
        PersonListingRow.name,
        PersonListingRow.search_text.label("found_by"),
        PersonListingRow.org_unit.label("department"),
        PersonListingRow.job_role,
        RequirementRow.code.label("code"),
        RequirementRow.title.label("course"),
    )


def completed_at(pair: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return when the newest completion was."""
    return sa.type_coerce(_newest(pair, CourseCompletionRow.at), Instant)


def score(pair: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the best score of the cycle that was completed last, in tenths of a percent."""
    best = sa.select(CourseProgressRow.best_score_hundredths).where(
        CourseProgressRow.start_id == _newest(pair, CourseCompletionRow.start_id)
    )
    return best.correlate(pair).scalar_subquery() // HUNDREDTHS_A_TENTH


def supervisor(pair: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the name of the manager in a person's open placement; null where there is none."""
    manager, placement = aliased(PersonRow), aliased(PlacementRow)
    return (
        sa.select(manager.name)
        .join(placement, placement.manager_id == manager.id)
        .where(placement.person_id == pair.c.person_id, placement.to_on.is_(None))
        .order_by(placement.from_on.desc(), placement.id.desc())
        .limit(1)
        .correlate(pair)
        .scalar_subquery()
    )


def renewal(pair: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return "under_way" where the course was begun again since and is not completed; else null."""
    newest = aliased(CourseStartRow)
    last = (
        sa.select(newest.id)
        .where(newest.person_id == pair.c.person_id, newest.course_id == pair.c.course_id)
        .order_by(newest.cycle.desc(), newest.at.desc(), newest.id.desc())
        .limit(1)
        .correlate(pair)
        .scalar_subquery()
    )
    is_completed = sa.exists().where(CourseCompletionRow.start_id == last)
    is_held = _newest(pair, CourseCompletionRow.id).is_not(None)
    return sa.case((sa.and_(is_held, ~is_completed), "under_way"))


def _newest(pair: sa.FromClause, column: Any) -> sa.ScalarSelect[Any]:  # a mapped attribute
    newest = newest_completion(column, pair.c.person_id, pair.c.course_id)
    return newest.correlate(pair).scalar_subquery()
