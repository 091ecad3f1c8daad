"""A report whose rows are worked out, where one select cannot say them: few rows, sorted and cut here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort, has_words
from app.core.reports.asking import ReportFilter
from app.core.reports.columns import ReportColumn, Row, Value
from app.core.reports.errors import FilterRefused, SortRefused
from app.core.reports.pairs import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What rows are worked out for."""

    today: date
    scope: Scope
    request: PageRequest

    def one(self, key: str) -> str:
        """Return the first value of a filter; "" where it is not set."""
        return next(iter(self.request.values(key)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOutReport:
    """A report of rows that `work` gives; it heeds the filters itself."""

    key: str
    title: str
    question: str
    icon: str
    columns: tuple[ReportColumn, ...]
    filters: tuple[ReportFilter, ...]
    default_sort: Sort
    work: Callable[[Session, Wanted], Sequence[Row]]
    capability: Capability = Capability.VIEW_REPORTS
    looks_back: bool = False

    def columns_for(self, _request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns as a request asks for them: the same for every one."""
        return self.columns

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        known = {one.key: one for one in self.filters}
        for key, value in request.filters:
            if key not in known:
                raise FilterRefused(key, known)
            known[key].checked(session, value, today)
        found = [
            row
            for row in self.work(session, Wanted(today=today, scope=scope, request=request))
            if _says(row, request.text)
        ]
        place, descending = self._order(request)
        found.sort(key=lambda row: _sortable(row[place]), reverse=descending)
        found.sort(key=lambda row: row[place] is None)  # what is not known stands last
        return Page.cut(found, request)

    def _order(self, request: PageRequest) -> tuple[int, bool]:
        sort = Sort(request.sort, request.descending) if request.sort else self.default_sort
        known = [column.key for column in self.columns]
        if sort.key not in known:
            raise SortRefused(sort.key, known)
        return known.index(sort.key), sort.descending


def _says(row: Row, text: str) -> bool:
    return has_words(" ".join(str(value) for value in row if isinstance(value, str)), text)


def _sortable(value: Value) -> tuple[int, str]:
    """Return what sorts values of one column, whatever they are."""
    if isinstance(value, int):
        return value, ""
    return 0, str(value or "").casefold()
