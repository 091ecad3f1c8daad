"""Where an assignment stands on a day, derived from what is stored: in Python, and the same as SQL.

Stored are events: assigned, waived until, away, cancelled, superseded, completed. That it is overdue,
due soon or lapsed follows from the day, so that a look back is right.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.core.storage.columns import Day
from app.core.training.kinds import Outcome
from app.core.training.rules import DUE_SOON


class State(StrEnum):
    """The state of one cycle (features, 5.2)."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    PENDING_EVIDENCE = "pending_evidence"
    """Evidence was entered and somebody else has to confirm it."""
    BLOCKED = "blocked"
    """Something that comes before it is not held, or no attempt is left at its quiz."""
    WAIVED = "waived"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


AT_WORK = (State.ASSIGNED, State.IN_PROGRESS, State.PENDING_EVIDENCE, State.BLOCKED)
"""States in which the due date counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of a cycle, and of what decides about it."""

    is_closed: bool = False
    outcome: Outcome | None = None
    is_cancelled: bool = False
    has_later_cycle: bool = False
    due_on: date | None = None
    late_after: date | None = None
    waived_until: date | None = None
    is_away: bool = False
    held_until: date | None = None
    """Of the newest evidence that counts; `date.max` for good; None where there is none."""
    is_pending: bool = False
    is_blocked: bool = False
    is_started: bool = False
    is_renewal: bool = False
    """What is still held from the cycle before does not complete a renewal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Where a cycle stands on a day."""

    state: State
    is_overdue: bool = False
    is_due_soon: bool = False
    is_lapsed: bool = False


def stands(known: Known, day: date) -> Stands:
    """Return where a cycle stands on a day, the local day of the person."""
    state = _state(known, day)
    if state is State.COMPLETED:
        until = known.held_until
        return Stands(state=state, is_lapsed=until is not None and until < day)
    if state not in AT_WORK or known.due_on is None:
        return Stands(state=state)
    is_overdue = day > (known.late_after or known.due_on)
    is_due_soon = not is_overdue and day + DUE_SOON >= known.due_on
    return Stands(state=state, is_overdue=is_overdue, is_due_soon=is_due_soon)


def _state(known: Known, day: date) -> State:
    is_held = known.held_until is not None and known.held_until >= day
    holds = is_held and not known.is_renewal
    is_waived = known.waived_until is not None and known.waived_until >= day
    said = (
        (is_waived, State.WAIVED),
        (known.is_away, State.PAUSED),
        (holds, State.COMPLETED),
        (known.is_pending, State.PENDING_EVIDENCE),
        (known.is_blocked, State.BLOCKED),
        (known.is_started, State.IN_PROGRESS),
    )
    open_as = next((state for is_so, state in said if is_so), State.ASSIGNED)
    return _closed_as(known) or open_as


def _closed_as(known: Known) -> State | None:
    if known.is_cancelled:
        return State.CANCELLED
    if known.outcome is not None:
        return State(known.outcome.value)
    if known.is_closed:
        return State.COMPLETED
    return State.SUPERSEDED if known.has_later_cycle else None


def state_in_sql(row: Any, day: date) -> sa.Case[str]:
    """Return the state as SQL. `row` has the fields of `Known` as columns."""
    today = sa.literal(day, Day)
    return sa.case(
        (row.is_cancelled, State.CANCELLED.value),
        (row.outcome.is_not(None), row.outcome),
        (row.is_closed, State.COMPLETED.value),
        (row.has_later_cycle, State.SUPERSEDED.value),
        (row.waived_until >= today, State.WAIVED.value),
        (row.is_away, State.PAUSED.value),
        (sa.and_(row.held_until >= today, sa.not_(row.is_renewal)), State.COMPLETED.value),
        (row.is_pending, State.PENDING_EVIDENCE.value),
        (row.is_blocked, State.BLOCKED.value),
        (row.is_started, State.IN_PROGRESS.value),
        else_=State.ASSIGNED.value,
    )
