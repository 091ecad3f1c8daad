"""Who is told of what is due: the list that letters and notice boards are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import mark
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import ReportColumn, Row, chip, day, number, text
from app.core.reports.errors import FilterRefused, SortRefused
from app.core.reports.pairs import Scope
from app.core.storage.folding import fold
from app.core.training.reminders import STEPS, Due, Ladder, Told
from app.core.training.reminders.ladder import ladder_on
from app.core.training.reminders.reading import all_ladders, dues
from app.core.training.reminders.service import told_by

_STEPS = {step.value: words for step, words in STEPS.items()}
_COLUMNS: tuple[ReportColumn, ...] = (
    chip("step", mark("Step"), _STEPS),
    text("told", mark("Who is told")),
    text("number", mark("Number")),
    text("name", mark("Name")),
    text("department", mark("Department")),
    text("course", mark("Training")),
    day("due_on", mark("Due")),
    number("days", mark("Days overdue")),
)
_BY_DUE = Sort("due_on")
_KEYS = tuple(column.key for column in _COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReport:
    """Its rows follow from the ladder of each person's site, which no select knows."""

    key: str = "reminders"
    title: str = mark("Who is told of what is due")
    columns: tuple[ReportColumn, ...] = _COLUMNS
    default_sort: Sort = _BY_DUE
    capability: Capability = Capability.VIEW_REPORTS
    filters: tuple[ReportFilter, ...] = ()

    def columns_for(self, _request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns as a request asks for them: the same for every one."""
        return self.columns

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        for key, _value in request.filters:
            raise FilterRefused(key, ())
        sort = Sort(request.sort, request.descending) if request.sort else self.default_sort
        if sort.key not in _KEYS:
            raise SortRefused(sort.key, _KEYS)
        found = [_row(one, today) for one in _told(session, scope, today)]
        words = fold(request.text).split()
        found = [row for row in found if all(word in _searched(row) for word in words)]
        at = _KEYS.index(sort.key)
        found.sort(key=lambda row: _order(row, at), reverse=sort.descending)
        stretch = found[request.offset :][: request.limit]
        return Page(rows=tuple(stretch), total=len(found))


def _told(session: Session, scope: Scope, today: date) -> Iterable[Told]:
    by_site = {site: ladder_on(today, some) for site, some in all_ladders(session).items()}
    if len(by_site) == 1:  # people of an earlier program have no site
        by_site.setdefault(None, next(iter(by_site.values())))
    usual = Ladder()
    ahead = max((one.learner_before or 0 for one in (usual, *by_site.values())), default=0)
    found = dues(session, today + timedelta(days=ahead), today, scope)

    def ladder_of(due: Due) -> Ladder:
        return by_site.get(due.home_site_id, usual)

    return told_by(session, found, ladder_of, today)


def _row(one: Told, today: date) -> Row:
    due = one.due
    return (
        one.step.value,
        "" if one.recipient is None else one.recipient.name,
        due.number,
        due.name,
        due.org_unit,
        due.title,
        due.due_on,
        max(0, due.days_late(today)),
    )


def _searched(row: Row) -> str:
    return fold(
        " ".join(str(row[_KEYS.index(key)]) for key in ("told", "number", "name", "course"))
    )


def _order(row: Row, at: int) -> tuple[Any, ...]:  # of each column its own
    return (row[at], row[_KEYS.index("due_on")], row[_KEYS.index("number")], row[0])


REPORT = ReminderReport()
