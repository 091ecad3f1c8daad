"""What a report is asked, and how its select is searched, filtered, sorted, counted and cut."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _
from app.core.reports.columns import ReportColumn, Row
from app.core.reports.errors import FilterRefused, SortRefused
from app.core.reports.pairs import AnySelect, Condition, Scope

Beside = Callable[[sa.FromClause], sa.ColumnElement[Any]]
"""Gives SQL for a column that is looked up beside rows with the columns of a report's select."""

MakeCondition = Callable[[Session, str, date], Condition]
"""Turns a filter's value into SQL on a day. Raises FilterRefused for a value it does not take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFilter:
    """Something a report can be narrowed by."""

    key: str
    title: str
    condition: MakeCondition
    choices: Mapping[str, str] = field(default_factory=dict)
    """Every value with its marked words, where there are only some."""
    name_of: Callable[[Session, str], str] | None = None
    """Gives the name behind a value that is an id or a code."""

    def worded(self, session: Session, value: str) -> str:
        """Return a value that was checked as people read it."""
        if value in self.choices:
            return _(self.choices[value])
        return value if self.name_of is None else self.name_of(session, value)

    def checked(self, session: Session, value: str, today: date) -> Condition:
        """Return the condition of a value. Raises FilterRefused."""
        if self.choices and value not in self.choices:
            raise FilterRefused(f"{self.key}={value}", self.choices)
        return self.condition(session, value, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report's select is built from."""

    today: date
    scope: Scope
    conditions: tuple[Condition, ...]


class Report(Protocol):
    """A report: what it is called, what it shows, what it can be narrowed by, and its rows."""

    @property
    def key(self) -> str:
        """Return the name scripts know it by."""
        ...

    @property
    def title(self) -> str:
        """Return the marked title."""
        ...

    @property
    def question(self) -> str:
        """Return the marked question that it answers."""
        ...

    @property
    def icon(self) -> str:
        """Return the name of its Lucide icon."""
        ...

    @property
    def columns(self) -> tuple[ReportColumn, ...]:
        """Return the columns from left to right."""
        ...

    def columns_for(self, request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns as a request asks for them, for a file."""
        ...

    @property
    def filters(self) -> tuple[ReportFilter, ...]:
        """Return what it can be narrowed by."""
        ...

    @property
    def default_sort(self) -> Sort:
        """Return the order it has by itself."""
        ...

    @property
    def capability(self) -> Capability:
        """Return what somebody must hold to see it."""
        ...

    @property
    def looks_back(self) -> bool:
        """Tell whether it can be told as of another day: all that it reads has a past."""
        ...

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectReport:
    """A report that is one select. `select` gives a column under the key of each column shown.

    Rows that sort alike stand in the order of `ties`, so that pages never overlap.
    """

    key: str
    title: str
    question: str
    icon: str
    columns: tuple[ReportColumn, ...]
    filters: tuple[ReportFilter, ...]
    default_sort: Sort
    searched: tuple[str, ...]
    ties: tuple[str, ...]
    select: Callable[[Asked], AnySelect]
    beside: Mapping[str, Beside] = field(default_factory=dict)
    """Columns looked up for the rows shown only, unless the report is sorted by them."""
    capability: Capability = Capability.VIEW_REPORTS
    looks_back: bool = False

    def columns_for(self, _request: PageRequest) -> tuple[ReportColumn, ...]:
        """Return the columns as a request asks for them: the same for every one."""
        return self.columns

    def rows(self, session: Session, request: PageRequest, scope: Scope, today: date) -> Page[Row]:
        """Return one stretch. Raises FilterRefused, SortRefused."""
        asked = Asked(
            today=today, scope=scope, conditions=self._conditions(session, request, today)
        )
        found = self._found(asked, request)
        rows = [tuple(row) for row in session.execute(self._shown(found, request))]
        return Page(rows=tuple(rows), total=_total(session, found, request, len(rows)))

    def _found(self, asked: Asked, request: PageRequest) -> AnySelect:
        listed = self.select(asked).subquery("listed")
        return sa.select(listed).where(*_searched(listed, self.searched, request.text))

    def _shown(self, found: AnySelect, request: PageRequest) -> AnySelect:
        sort = self._sort(request)
        source = found.subquery("found")
        needed = [self.beside[sort.key](source).label(sort.key)] if sort.key in self.beside else []
        whole = sa.select(source, *needed).subquery("whole")
        order = self._order(sort)
        stretch = (
            sa.select(whole)
            .order_by(*order(whole))
            .limit(request.limit)
            .offset(request.offset)
            .subquery("stretch")
        )
        return sa.select(
            *(
                stretch.c[key] if key in stretch.c else self.beside[key](stretch).label(key)
                for key in (column.key for column in self.columns)
            )
        ).order_by(*order(stretch))

    def _conditions(
        self, session: Session, request: PageRequest, today: date
    ) -> tuple[Condition, ...]:
        known = {one.key: one for one in self.filters}
        for key, _value in request.filters:
            if key not in known:
                raise FilterRefused(key, known)
        return tuple(
            sa.or_(*(one.checked(session, value, today) for value in values))
            for key, one in known.items()
            if (values := request.values(key))
        )

    def _sort(self, request: PageRequest) -> Sort:
        sort = Sort(request.sort, request.descending) if request.sort else self.default_sort
        known = [column.key for column in self.columns]
        if sort.key not in known:
            raise SortRefused(sort.key, known)
        return sort

    def _order(self, sort: Sort) -> Callable[[sa.FromClause], list[sa.ColumnElement[Any]]]:
        by = {column.key: column.sorted_as or column.key for column in self.columns}[sort.key]

        def order(rows: sa.FromClause) -> list[sa.ColumnElement[Any]]:
            first = rows.c[by].desc() if sort.descending else rows.c[by].asc()
            return [first.nulls_last(), *(rows.c[name] for name in self.ties)]

        return order


def _total(session: Session, found: AnySelect, request: PageRequest, shown: int) -> int:
    """Return how many rows there are; counting is spared where all of them are shown."""
    if shown < request.limit and (shown or not request.offset):
        return request.offset + shown
    return session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0


def _searched(listed: sa.FromClause, keys: tuple[str, ...], text: str) -> list[Condition]:
    return [
        sa.or_(*(sa.func.lower(listed.c[key]).contains(word, autoescape=True) for key in keys))
        for word in text.casefold().split()
    ]
