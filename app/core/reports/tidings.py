"""Which changes touch which figures of the overview, and whose."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of, to_microseconds
from app.core.journal.changes import Change, Edited
from app.core.learning.models import CourseStartRow
from app.core.people.models import PlacementRow
from app.core.training.models import AbsenceRow, AssignmentRow

Touched = frozenset[UUID] | None
"""People; None for everybody."""

_HAPPENED = {
    "assignment": "assigned_at",
    "course_completion": "at",
    "requirement_credit": "at",
    "learning_session": "ended_at",
}
"""The column that says from when on a new row of a table counts."""
_CLOSING = frozenset({"closed_at", "completion_id", "credit_id", "cancelled_reason", "outcome"})
_PEOPLE_OF: dict[str, tuple[Any, Any]] = {
    "placement": (PlacementRow.person_id, PlacementRow.id),
    "assignment": (AssignmentRow.person_id, AssignmentRow.id),
    "course_start": (CourseStartRow.person_id, CourseStartRow.id),
    "absence": (AbsenceRow.person_id, AbsenceRow.id),
}
"""Whose a row is, and its key."""
_FEW = 500


def changes_standing(change: Change) -> bool:
    """Tell whether a change may alter how somebody stands today, and where."""
    if change.table == "placement":
        return True
    return _changes_pairs(change)


def changes_past_standing(change: Change, today: date, *, by_place: bool) -> bool:
    """Tell whether a change may alter how people stood before today."""
    if change.table == "placement":
        return by_place
    return _changes_pairs(change) and not _is_of_today(change, today)


def changes_learning(change: Change) -> bool:
    """Tell whether a change may alter who has learned lately."""
    return change.table == "learning_session"


def changes_past_learning(change: Change, today: date, *, by_place: bool) -> bool:
    """Tell whether a change may alter how many had learned before today."""
    if change.table == "placement":
        return by_place
    return changes_learning(change) and not _is_of_today(change, today)


def people_of(
    session: Session, changes: Iterable[Change] | None, matters: Callable[[Change], bool]
) -> Touched:
    """Return whose figures are touched by those changes that matter; `changes` None: too many to read."""
    if changes is None:
        return None
    people: set[UUID] = set()
    unnamed: defaultdict[str, set[UUID]] = defaultdict(set)
    for change in filter(matters, changes):
        if change.table == "requirement":
            return None
        if change.table == "person":
            people.add(change.key)
        elif isinstance(change, Edited):
            unnamed[change.table].add(change.key)
        elif "person_id" in change.values:
            people.add(_id(change.values["person_id"]))
        else:
            unnamed["course_start"].add(_id(change.values["start_id"]))
    for table, keys in unnamed.items():
        people |= _owners(session, table, sorted(keys))
    return frozenset(people)


def _changes_pairs(change: Change) -> bool:
    """Tell whether a change may alter which pairs there are, or what they are."""
    if change.table in {"assignment", "course_completion", "requirement_credit", "absence"}:
        return True
    decides = {"person": "left_on", "requirement": "course_id"}.get(change.table)
    # nothing is required yet of whoever is new, nor by what is
    return decides is not None and isinstance(change, Edited) and decides in change.edits


def _owners(session: Session, table: str, keys: list[UUID]) -> set[UUID]:
    person, key = _PEOPLE_OF[table]
    return {
        owner
        for first in range(0, len(keys), _FEW)
        for owner in session.scalars(sa.select(person).where(key.in_(keys[first : first + _FEW])))
    }


def _id(wire: Any) -> UUID:  # bytes, as Id keeps it
    return UUID(bytes=wire)


def _is_of_today(change: Change, today: date) -> bool:
    """Tell whether a change says only what came to be today: most do."""
    midnight = to_microseconds(start_of(today))
    if isinstance(change, Edited):
        closed = change.edits.get("closed_at")
        return (
            change.table == "assignment"
            and set(change.edits) <= _CLOSING
            and closed is not None
            and closed.old is None
            and isinstance(closed.new, int)
            and closed.new >= midnight
        )
    at = change.values.get(_HAPPENED.get(change.table, ""))
    return isinstance(at, int) and at >= midnight
