"""Which changes touch which figures of the overview."""

from datetime import date

from app.core.base.clock import start_of, to_microseconds
from app.core.journal.changes import Change, Edited

_PLACES = frozenset({"person", "placement", "org_unit"})
_STANDING = _PLACES | {"assignment", "requirement", "course_completion", "course_start"}
_LEARNING = _PLACES | {"learning_session"}
_HAPPENED = {
    "assignment": "assigned_at",
    "course_completion": "at",
    "learning_session": "ended_at",
}
"""The column that says from when on a new row of a table counts."""
_CLOSING = frozenset({"closed_at", "completion_id", "cancelled_reason"})


def changes_standing(change: Change) -> bool:
    """Tell whether a change may alter how somebody stands today."""
    return change.table in _STANDING


def changes_learning(change: Change) -> bool:
    """Tell whether a change may alter who has learned lately."""
    return change.table in _LEARNING


def changes_past_standing(change: Change, today: date) -> bool:
    """Tell whether a change may alter how people stood before today."""
    is_concerned = change.table in _STANDING - {"course_start"}
    return is_concerned and not _is_of_today(change, today)


def changes_past_learning(change: Change, today: date) -> bool:
    """Tell whether a change may alter who had learned before today."""
    return change.table in _LEARNING and not _is_of_today(change, today)


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
