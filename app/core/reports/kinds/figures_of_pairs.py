"""What the completion reports count of a group of pairs."""

from typing import Any

import sqlalchemy as sa

from app.core.base.words import mark
from app.core.reports.columns import WHOLE, ReportColumn, number, percent
from app.core.training import Standing

COUNTED: tuple[ReportColumn, ...] = (
    number("required", mark("Assigned")),
    number("held", mark("Valid")),
    number("expiring", mark("Of these expiring")),
    number("overdue", mark("Overdue")),
    number("lapsed", mark("Expired")),
    number("due_soon", mark("Due soon")),
    number("in_progress", mark("In progress")),
    number("not_started", mark("Not started")),
    percent("compliance", mark("Compliance")),
)
"""Assigned is valid, overdue, lapsed, due soon, in progress and not started together.

Who still holds what they should have renewed by now is both valid and overdue.
"""

_SINGLE = (
    Standing.OVERDUE,
    Standing.LAPSED,
    Standing.DUE_SOON,
    Standing.IN_PROGRESS,
    Standing.NOT_STARTED,
)


def counted(stood: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """Return the selected columns of COUNTED, of `pairs.grouped_standings`."""
    standing, required, held = stood.c.standing, sa.func.count(), how_many(stood.c.is_held)
    return [
        required.label("required"),
        held.label("held"),
        how_many(stood.c.is_expiring).label("expiring"),
        *(how_many(standing == one.value).label(one.value) for one in _SINGLE),
        share(held, required).label("compliance"),
    ]


def how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Return the number of a group's rows for which a condition holds."""
    return sa.func.sum(sa.case((condition, 1), else_=0))


def share(part: sa.ColumnElement[int], whole: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """Return a share in whole tenths of a percent, rounded down; null of nothing."""
    return part * WHOLE // sa.func.nullif(whole, 0, type_=sa.Integer)
