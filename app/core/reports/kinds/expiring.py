"""What has lapsed, and what will lapse within 30, 60, 90 or 180 days."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import day, moment, number
from app.core.reports.kinds.rows_of_pairs import (
    FILTERS,
    RENEWAL,
    SEARCHED,
    STANDING,
    TIES,
    WHAT,
    WHO,
    completed_at,
    renewal,
    standing_rows,
)
from app.core.reports.pairs import AnySelect, Condition
from app.core.storage.columns import Day
from app.core.storage.days import days_between
from app.core.training import held_until_of, newest_evidence

_FARTHEST = 180
_WITHIN = {
    "0": mark("Expired"),
    "30": mark("Within 30 days"),
    "60": mark("Within 60 days"),
    "90": mark("Within 90 days"),
    "180": mark("Within 180 days"),
}


def _within(_session: Session, value: str, today: date) -> Condition:
    last = today + timedelta(days=int(value) or -1)
    return newest_evidence(held_until_of) <= sa.literal(last, Day)


def _select(asked: Asked) -> AnySelect:
    pair = standing_rows(asked)
    farthest = sa.literal(asked.today + timedelta(days=_FARTHEST), Day)
    left = days_between(pair.c.valid_until, sa.literal(asked.today, Day))
    return sa.select(pair, left.label("days_left")).where(pair.c.valid_until <= farthest)


REPORT = SelectReport(
    key="expiring",
    title=mark("Expired and expiring"),
    question=mark("What has expired, and what will expire soon?"),
    icon="calendar-clock",
    columns=(
        *WHO,
        WHAT,
        STANDING,
        moment("completed_at", mark("Completed")),
        day("valid_until", mark("Valid until")),
        number("days_left", mark("Days left")),
        RENEWAL,
    ),
    filters=(
        *FILTERS,
        ReportFilter(key="within", title=mark("Expires"), condition=_within, choices=_WITHIN),
    ),
    default_sort=Sort("valid_until"),
    searched=SEARCHED,
    ties=TIES,
    select=_select,
    beside={"completed_at": completed_at, "renewal": renewal},
    looks_back=True,
)
