"""What is overdue: one definition, as SQL, for lists, boards, reports and figures (features.md §5.3).

Open work is overdue from the day after its last day of grace on, unless it is held, waived or the
person is away. What a renewal renews may be held for a while yet: the renewal is overdue all the same.
`rules.standing` and `states.stands` say the same of one pair.
"""

from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.core.storage.columns import Day
from app.core.training.held import held_until_of, is_met, newest_evidence
from app.core.training.in_force import has_later_cycle, is_paused, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow


@lru_cache(maxsize=2)
def is_overdue(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that an open assignment is overdue: `states.stands` says the same; kept.

    What few rows are comes first; the index of open work by due date leads to them.
    """
    return (
        *_is_past(today),
        AssignmentRow.cancelled_reason == "",
        ~has_later_cycle(),
        ~is_waived(today),
        ~is_paused(today),
        is_wanting(today),
    )


def is_wanting(today: date) -> sa.ColumnElement[bool]:
    """Return the condition that open work has to be done yet: it renews, or nothing valid is held."""
    held = newest_evidence(held_until_of)
    day = sa.literal(today, Day)
    return sa.or_(is_renewal(), sa.func.coalesce(held < day, sa.true()))


def is_renewal() -> sa.ColumnElement[bool]:
    """Return the condition that an assignment renews what was held before."""
    return AssignmentRow.source == Source.RENEWAL


def is_pair_overdue(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a pair that is required today is overdue (`reports.pairs`).

    Of a pair that is closed, only where what met it does not count any more.
    """
    is_closed = AssignmentRow.closed_at.is_not(None)
    is_left = sa.case((is_closed, ~is_met()), else_=is_wanting(today))
    return (*_is_past(today), ~is_paused(today), is_left)


def _is_past(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    day = sa.literal(today, Day)
    # Any: mapped attributes
    due_on: Any = AssignmentRow.due_on
    return due_on < day, sa.func.coalesce(AssignmentRow.late_after, due_on) < day
