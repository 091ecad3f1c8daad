"""What a tracker is: one lesson kind's way of telling how far somebody is."""

from fractions import Fraction
from typing import Any, Protocol

from app.core.courses import LessonPlan

Trace = dict[str, Any]
"""What happened since the last one, as JSON values; each kind says what it holds."""


class Tracker(Protocol):
    """Adds up traces of one or more lesson kinds. Pure: no clock, no database."""

    kinds: frozenset[str]

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return `state` with what happened in `trace`. Raises ValueError for what is no trace."""
        ...

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:
        """Return how far the lesson is, 0 to 1."""
        ...


def newest(name: str, trace: Trace, state: Trace, otherwise: int) -> int:
    """Return a whole number from the trace, else from the state, else `otherwise`."""
    for source in (trace, state):
        if name in source:
            return int(source[name])
    return otherwise
