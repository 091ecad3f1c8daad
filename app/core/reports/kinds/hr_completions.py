"""Completions as the HR system takes them back: its own headings, one line for each course done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.certificates.models import CertificateRow
from app.core.courses.models import CourseRow
from app.core.learning.models import CourseCompletionRow
from app.core.people.imports import PRESETS
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import WHOLE, ReportColumn, Row, day, percent, text
from app.core.reports.filters import COURSE, PEOPLE, since, until
from app.core.reports.pairs import AnySelect, Condition, Scope, within

_LAYOUTS = {preset.name: preset for preset in PRESETS}
_COMPLETED, _SCORE = 3, 4
"""Places of the columns whose values are made for the file."""


def _in_layout(_session: Session, _value: str, _today: date) -> Condition:
    return sa.and_(sa.true())  # it changes the headings, not the rows


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            CourseCompletionRow.id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            CourseRow.title.label("course"),
            CourseCompletionRow.at.label("completed_on"),
            CourseCompletionRow.score,
            sa.func.coalesce(CertificateRow.number, "").label("certificate"),
        )
        .select_from(CourseCompletionRow)
        .join(PersonListingRow, PersonListingRow.person_id == CourseCompletionRow.person_id)
        .join(CourseRow, CourseRow.id == CourseCompletionRow.course_id)
        .outerjoin(CertificateRow, CertificateRow.completion_id == CourseCompletionRow.id)
        .where(*within(asked.scope), *asked.conditions)
    )


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
        COURSE,
        since(CourseCompletionRow.at),
        until(CourseCompletionRow.at),
    ),
    default_sort=Sort("completed_on", descending=True),
    searched=("found_by", "course", "certificate"),
    ties=("number", "id"),
    select=_select,
)
