"""What is past its due date, how long, and whose people they are."""

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import day, number, text
from app.core.reports.days import days_between
from app.core.reports.kinds.rows_of_pairs import (
    FILTERS,
    SEARCHED,
    TIES,
    WHAT,
    WHO,
    standing_rows,
    supervisor,
)
from app.core.reports.pairs import AnySelect
from app.core.storage.columns import Day
from app.core.training import Standing


def _select(asked: Asked) -> AnySelect:
    pair = standing_rows(asked)
    return sa.select(
        pair,
        days_between(sa.literal(asked.today, Day), pair.c.due_on).label("days"),
    ).where(pair.c.standing == Standing.OVERDUE.value)


REPORT = SelectReport(
    key="overdue",
    title=mark("Overdue"),
    columns=(
        *WHO,
        text("supervisor", mark("Supervisor")),
        WHAT,
        day("due_on", mark("Due")),
        number("days", mark("Days overdue")),
        text("origin", mark("Why")),
    ),
    filters=FILTERS,
    default_sort=Sort("days", descending=True),
    searched=SEARCHED,
    ties=TIES,
    select=_select,
    beside={"supervisor": supervisor},
)
