"""Tables as they stood at a moment gone by: the same statements, over the rows that were there then.

What had not happened by then, or had not been recorded, is left out, and columns that have changed
since say what they said. A statement needs to know nothing of it: before it runs, each table that it
names is hidden by a common table expression of the same name, whose body reads the real one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.base.clock import Clock, local_day, start_of
from app.core.storage.columns import Instant
from app.core.storage.tables import Base, Fact, table_of

_TICK = timedelta(microseconds=1)
_HAPPENED = "at"
"""The column of a fact that says when it happened, unless its `Past` names another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """As of when: what held on a day, as far as it had been recorded by an instant."""

    day: date
    known: datetime

    @property
    def end(self) -> datetime:
        """Return the instant from which on nothing counts any more."""
        return min(start_of(self.day + timedelta(days=1)), self.known)


def then_of(clock: Clock, on: date | None, known: datetime | None = None) -> Then:
    """Return as of when something is asked: the end of today without a day, as far as it is known now."""
    now = clock.now() + _TICK  # what is recorded this instant counts
    return Then(day=on or local_day(clock), known=now if known is None else min(now, known))


Columns = Callable[[Any, Then], Mapping[str, sa.ColumnElement[Any]]]
"""Gives, for a row, what some of its columns said at a moment."""


def _as_they_are(_row: Any, _then: Then) -> Mapping[str, sa.ColumnElement[Any]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """How the rows of a table looked at a moment."""

    model: type[Base]
    happened: str = ""
    """The column with the instant since which a row is there; "": every row always was."""
    recorded: str = ""
    """The column with the instant at which that was entered, where it is another one."""
    columns: Columns = _as_they_are


def pasts_of_facts() -> tuple[Past, ...]:
    """Return the pasts of the facts that say by a column `at` when they happened."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return tuple(
        Past(model=one, happened=_HAPPENED)
        for one in models
        if issubclass(one, Fact) and _HAPPENED in table_of(one).columns
    )


def look_back(session: Session, pasts: Iterable[Past], then: Then) -> None:
    """Let every statement of a session read its tables as they stood at a moment."""
    schema = "main"
    if session.get_bind().dialect.name != "sqlite":
        schema = session.execute(sa.text("SELECT current_schema()")).scalar_one()
    hidden = [_as_it_was(one, then, schema) for one in pasts]

    def hide(state: ORMExecuteState) -> None:
        if isinstance(state.statement, sa.Select | sa.CompoundSelect):
            state.statement = state.statement.add_cte(*hidden)

    sa.event.listen(session, "do_orm_execute", hide)


def _as_it_was(past: Past, then: Then, schema: str) -> sa.CTE:
    table = table_of(past.model)
    # qualified, it means the table, and not the expression of the same name that is made here
    real = sa.table(
        table.name, *(sa.column(one.name, one.type) for one in table.columns), schema=schema
    )
    said = past.columns(real.c, then)
    rows = sa.select(*(said.get(one.name, one).label(one.name) for one in real.c))
    if past.happened:
        rows = rows.where(real.c[past.happened] < sa.literal(then.end, Instant))
    if past.recorded:
        rows = rows.where(real.c[past.recorded] < sa.literal(then.known, Instant))
    # SQLite would work such a table out whole where it is named twice, and find nothing by an index
    return rows.cte(table.name).prefix_with("NOT MATERIALIZED")
