"""Pure decisions of training: where somebody stands with what they must hold (product, Definitions)."""

from datetime import date, timedelta
from enum import StrEnum

DUE_SOON = timedelta(days=7)
EXPIRING = timedelta(days=30)


class Standing(StrEnum):
    """Where a person stands with one requirement. Derived from dates, never stored."""

    OVERDUE = "overdue"
    LAPSED = "lapsed"
    DUE_SOON = "due_soon"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    EXPIRING = "expiring"
    VALID = "valid"


HELD = frozenset({Standing.VALID, Standing.EXPIRING})
"""Standings of what somebody holds: these count as compliant."""


def standing(
    *,
    today: date,
    due_on: date | None,
    is_started: bool,
    is_completed: bool,
    valid_until: date | None,
    late_after: date | None = None,
    is_open: bool = True,
    is_renewal: bool = False,
) -> Standing:
    """Return where a person stands on `today`, their local day.

    Completed, and until when, is what the newest completion says, whichever cycle that was in: who
    begins a course again stays valid, or lapsed, until they complete it anew.
    `late_after` is the last day of grace; without one, that is the due date.
    `is_open` tells whether it is asked of them now, `is_renewal` whether that renews what they hold:
    then it is overdue by its due date, whether what they hold has expired or not.
    A due date is kept through its whole day, and an expiry date is valid through its whole day.
    """
    has_expired = is_completed and _is_over(valid_until, today)
    is_wanting = not is_completed or (is_open and (is_renewal or has_expired))
    if is_wanting and due_on is not None and _is_over(late_after or due_on, today):
        return Standing.OVERDUE
    if is_completed:
        return _of_what_is_held(today, valid_until)
    return _of_what_is_to_do(today, due_on, is_started=is_started)


def _of_what_is_held(today: date, valid_until: date | None) -> Standing:
    if _is_over(valid_until, today):
        return Standing.LAPSED
    return Standing.EXPIRING if _is_near(valid_until, today, EXPIRING) else Standing.VALID


def _of_what_is_to_do(today: date, due_on: date | None, *, is_started: bool) -> Standing:
    if _is_near(due_on, today, DUE_SOON):
        return Standing.DUE_SOON
    return Standing.IN_PROGRESS if is_started else Standing.NOT_STARTED


def _is_over(last_day: date | None, today: date) -> bool:
    """Tell whether a last day is behind us; without one, nothing ends."""
    return last_day is not None and today > last_day


def _is_near(last_day: date | None, today: date, ahead: timedelta) -> bool:
    return last_day is not None and today + ahead >= last_day


URGENCY = (
    Standing.OVERDUE,
    Standing.LAPSED,
    Standing.DUE_SOON,
    Standing.IN_PROGRESS,
    Standing.NOT_STARTED,
    Standing.EXPIRING,
    Standing.VALID,
)
"""Standings in the order in which a learner should see to them."""
