"""The first-view lock: on a first viewing a learner may go back freely, but not past what was watched."""

from app.core.learning.intervals import WatchedIntervals

TOLERANCE_MS = 1500
"""How far past the watched part a jump may land: players do not stop on the exact frame."""


def allowed_position(requested: int, watched: WatchedIntervals, *, unlocked: bool) -> int:
    """Return where a jump to `requested` may land, in milliseconds.

    Unlocked (already completed, or a course without the lock): wherever it was asked to. Locked: the
    place asked for if it was watched or lies within the tolerance; otherwise the end of the watched
    part before it, without the tolerance, so that repeated jumps do not creep forward.
    """
    requested = max(requested, 0)
    if unlocked:
        return requested
    reach = max((end for start, end in watched.spans if start <= requested), default=0)
    return requested if requested <= reach + TOLERANCE_MS else reach
