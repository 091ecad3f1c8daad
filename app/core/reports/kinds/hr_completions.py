"""Completions as the HR system takes them back: its own headings, one line for each training done.

Courses, and whatever else somebody was trained by: classes, practicals, documents read, certificates of others, old
training. What only stands in for another requirement is no training of its own.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.certificates.models import CertificateRow
from app.core.courses.models import CourseRow
from app.core.learning import completion_stands
from app.core.learning.models import CourseCompletionRow
from app.core.people.imports import PRESETS
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import WHOLE, ReportColumn, Row, day, percent, text
from app.core.reports.filters import COURSE, PEOPLE, id_of_course, since, until
from app.core.reports.pairs import AnySelect, Condition, Scope, within
from app.core.training.held import credit_stands
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow, RequirementRow

_LAYOUTS = {preset.name: preset for preset in PRESETS}
_COMPLETED, _SCORE = 3, 4
"""Places of the columns whose values are made for the file."""
_ONE_DAY = timedelta(days=1) // timedelta(microseconds=1)


def _in_layout(_session: Session, _value: str, _today: date) -> Condition:
    return sa.and_(sa.true())  # it changes the headings, not the rows


def _done() -> sa.Subquery:
    """Return every training that somebody did, whatever it was met by."""
    completion, credit = CourseCompletionRow, RequirementCreditRow
    by_course = (
        sa.select(
            completion.id,
            completion.person_id,
            completion.course_id,
            CourseRow.title,
            completion.at,
            completion.score,
            CertificateRow.number.label("certificate"),
        )
        .join(CourseRow, CourseRow.id == completion.course_id)
        .outerjoin(CertificateRow, CertificateRow.completion_id == completion.id)
        .where(completion_stands(completion))
    )
    otherwise = (
        sa.select(
            credit.id,
            credit.person_id,
            RequirementRow.course_id,
            RequirementRow.title,
            credit.at,
            sa.type_coerce(sa.null(), completion.score.type),
            CertificateRow.number,
        )
        .join(RequirementRow, RequirementRow.id == credit.requirement_id)
        .outerjoin(CertificateRow, CertificateRow.credit_id == credit.id)
        .where(credit.basis != Basis.SUBSTITUTE, credit_stands(credit), ~_is_told_as_course())
    )
    return sa.union_all(by_course, otherwise).subquery("done")


def _is_told_as_course() -> sa.ColumnElement[bool]:
    """Return the condition that a class showed the whole course that it counts for: one training, told once."""
    completion, credit = CourseCompletionRow, RequirementCreditRow
    apart = sa.type_coerce(completion.at, sa.BigInteger) - sa.type_coerce(credit.at, sa.BigInteger)
    return sa.and_(
        credit.basis == Basis.SESSION,
        sa.exists()
        .where(
            completion.person_id == credit.person_id,
            completion.course_id == RequirementRow.course_id,
            completion_stands(completion),
            sa.func.abs(apart) < _ONE_DAY,
        )
        .correlate_except(completion),
    )


_DONE = _done()


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            _DONE.c.id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            _DONE.c.title.label("course"),
            _DONE.c.at.label("completed_on"),
            _DONE.c.score,
            sa.func.coalesce(_DONE.c.certificate, "").label("certificate"),
        )
        .select_from(_DONE)
        .join(PersonListingRow, PersonListingRow.person_id == _DONE.c.person_id)
        .where(*within(asked.scope), *asked.conditions)
    )


def _of_course(session: Session, value: str, _today: date) -> Condition:
    return sa.and_(_DONE.c.course_id == id_of_course(session, value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _HrCompletions(SelectReport):
    """The select gives instants and shares as they are kept; HR systems take days and percents."""

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        page = SelectReport.rows(self, session, request, scope, today)
        return Page(rows=tuple(_plain(row) for row in page.rows), total=page.total)

    def columns_for(self, request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns under the headings of the HR system that is asked for."""
        chosen = request.values("layout")
        if not chosen:
            return self.columns
        titles = _LAYOUTS[chosen[-1]].completion
        return tuple(
            replace(column, title=title, is_verbatim=True)
            for column, title in zip(self.columns, titles, strict=True)
        )


def _plain(row: Row) -> Row:
    at, score = row[_COMPLETED], row[_SCORE]
    told = list(row)
    told[_COMPLETED] = at.astimezone().date() if isinstance(at, datetime) else None
    told[_SCORE] = int(score * WHOLE) if isinstance(score, Fraction) else None
    return tuple(told)


REPORT = _HrCompletions(
    key="hr-completions",
    title=mark("Completions for the HR system"),
    question=mark("What was completed, under the headings of the HR system?"),
    icon="file-spreadsheet",
    columns=(
        text("number", mark("Employee number")),
        text("name", mark("Name")),
        text("course", mark("Course")),
        day("completed_on", mark("Completed")),
        replace(percent("score", mark("Score")), sorted_as="completed_on"),
        text("certificate", mark("Certificate")),
    ),
    filters=(
        ReportFilter(
            key="layout",
            title=mark("Headings of"),
            condition=_in_layout,
            choices={preset.name: preset.title for preset in PRESETS[1:]},
        ),
        *PEOPLE,
        replace(COURSE, condition=_of_course),
        since(_DONE.c.at),
        until(_DONE.c.at),
    ),
    default_sort=Sort("completed_on", descending=True),
    searched=("found_by", "course", "certificate"),
    ties=("number", "id"),
    select=_select,
)
