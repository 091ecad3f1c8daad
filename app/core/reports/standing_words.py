"""Words and SQL for where somebody stands: one definition for every report and the overview."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.base.words import mark
from app.core.storage.columns import Day
from app.core.training import URGENCY, Standing
from app.core.training.rules import DUE_SOON, EXPIRING

STANDINGS = {
    Standing.OVERDUE.value: mark("Overdue"),
    Standing.LAPSED.value: mark("Expired"),
    Standing.DUE_SOON.value: mark("Due soon"),
    Standing.IN_PROGRESS.value: mark("In progress"),
    Standing.NOT_STARTED.value: mark("Not started"),
    Standing.EXPIRING.value: mark("Expiring"),
    Standing.VALID.value: mark("Valid"),
}

FOREVER = date.max
"""Stands for no expiry where SQL needs a day; it sorts after every other."""


def standing_in_sql(
    *,
    today: date,
    due_on: Any,  # a column or a mapped attribute
    late_after: Any,
    is_started: sa.ColumnElement[bool],
    held_until: sa.ColumnElement[Any],
    is_open: sa.ColumnElement[bool],
    is_renewal: sa.ColumnElement[bool],
) -> sa.Case[str]:
    """Return training.rules.standing as SQL.

    `late_after` is the last day before it is overdue. `held_until` is null when the course was never completed, FOREVER when it holds for good.
    """
    now, soon = sa.literal(today, Day), sa.literal(today + DUE_SOON, Day)
    is_late = late_after < now
    return sa.case(
        (
            held_until.is_not(None),
            sa.case(
                (sa.and_(is_late, is_open, is_renewal), Standing.OVERDUE.value),
                (sa.and_(held_until < now, is_late, is_open), Standing.OVERDUE.value),
                (held_until < now, Standing.LAPSED.value),
                (held_until == sa.literal(FOREVER, Day), Standing.VALID.value),
                (held_until <= sa.literal(today + EXPIRING, Day), Standing.EXPIRING.value),
                else_=Standing.VALID.value,
            ),
        ),
        (is_late, Standing.OVERDUE.value),
        (due_on <= soon, Standing.DUE_SOON.value),
        (is_started, Standing.IN_PROGRESS.value),
        else_=Standing.NOT_STARTED.value,
    )


def urgency_in_sql(standing: sa.ColumnElement[str]) -> sa.Case[int]:
    """Return the place of a standing in training's order of urgency."""
    places = {one.value: place for place, one in enumerate(URGENCY)}
    return sa.case(places, value=standing)
