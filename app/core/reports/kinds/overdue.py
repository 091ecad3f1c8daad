"""What is past its due date, how long, and whose people they are."""

from dataclasses import replace

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import day, number, text
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
from app.core.storage.days import days_between
from app.core.training import is_pair_overdue


def _select(asked: Asked) -> AnySelect:
    # Says what makes a pair overdue before its standing is derived: few of all pairs are.
    today = sa.literal(asked.today, Day)
    late = is_pair_overdue(asked.today)
    pair = standing_rows(replace(asked, conditions=(*asked.conditions, *late)))
    return sa.select(pair, days_between(today, pair.c.due_on).label("days"))


REPORT = SelectReport(
    key="overdue",
    title=mark("Overdue"),
    question=mark("Who is late, since when, and who answers for them?"),
    icon="triangle-alert",
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
    looks_back=True,
)
