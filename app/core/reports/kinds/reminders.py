"""Who is told of what is due: the list that letters and notice boards are made from."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import ReportColumn, Row, chip, day, number, text
from app.core.reports.errors import FilterRefused, SortRefused
from app.core.reports.pairs import Scope
from app.core.training.reminders import (
    REVIEW_STEPS,
    STEPS,
    Asked,
    Ladder,
    Told,
    ladder_on,
    whom_told,
    work_in_words,
)
from app.core.training.reminders.reading import all_ladders
from app.core.training.reminders.telling import page

_REVIEW = "review_"
"""Before one's own step, where it tells of a document's review."""
_STEPS = {step.value: words for step, words in STEPS.items()}
_STEPS |= {f"{_REVIEW}{step.value}": words for step, words in REVIEW_STEPS.items()}
_COLUMNS: tuple[ReportColumn, ...] = (
    chip("step", mark("Step"), _STEPS, sorted_as="rung"),
    text("told", mark("Who is told")),
    text("number", mark("Number")),
    text("name", mark("Name")),
    text("department", mark("Department")),
    text("course", mark("Training")),
    day("due_on", mark("Due")),
    number("days", mark("Days overdue")),
)
_BY_DUE = Sort("due_on")
_SORTS = {
    "step": ("step", False),
    "told": ("told", False),
    "number": ("number", False),
    "name": ("name", False),
    "department": ("org_unit", False),
    "course": ("title", False),
    "due_on": ("due_on", False),
    "days": ("due_on", True),
}
"""By column what the list is sorted by, and whether that runs the other way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReport:
    """Its rows follow from the ladder of each person's site, which no select knows."""

    key: str = "reminders"
    title: str = mark("Who is told of what is due")
    question: str = mark("Who is to be told today, by which step of the ladder?")
    icon: str = "bell"
    columns: tuple[ReportColumn, ...] = _COLUMNS
    default_sort: Sort = _BY_DUE
    capability: Capability = Capability.VIEW_REPORTS
    looks_back: bool = False
    filters: tuple[ReportFilter, ...] = ()

    def columns_for(self, _request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns as a request asks for them: the same for every one."""
        return self.columns

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        for key, _value in request.filters:
            raise FilterRefused(key, ())
        sort = Sort(request.sort, request.descending) if request.sort else self.default_sort
        if sort.key not in _SORTS:
            raise SortRefused(sort.key, tuple(_SORTS))
        key, is_turned = _SORTS[sort.key]
        asked = _asked(session, scope, today)
        wanted = replace(request, sort=key, descending=sort.descending is not is_turned)
        found = page(session, asked, wanted)
        return Page(rows=tuple(_row(one, today) for one in found.rows), total=found.total)


def _asked(session: Session, scope: Scope, today: date) -> Asked:
    by_site = {site: ladder_on(today, some) for site, some in all_ladders(session).items()}
    if len(by_site) == 1:  # people of an earlier program have no site
        by_site.setdefault(None, next(iter(by_site.values())))
    return Asked(day=today, usual=Ladder(), by_site=by_site, scope=scope)


def _row(one: Told, today: date) -> Row:
    due = one.due
    is_own_review = due.is_review and one.step in REVIEW_STEPS
    return (
        f"{_REVIEW}{one.step.value}" if is_own_review else one.step.value,
        "" if one.recipient is None else whom_told(one),
        due.number,
        due.name,
        due.org_unit,
        work_in_words(due),
        due.due_on,
        max(0, due.days_late(today)),
    )


REPORT = ReminderReport()
