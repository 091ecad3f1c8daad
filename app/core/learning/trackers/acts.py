"""Quizzes and acknowledgements: done in one act, which is a fact of its own.

Trace: `done` true, and what it was (`attempt`, `statement`), kept as evidence.
"""

from fractions import Fraction

from app.core.courses import LessonPlan
from app.core.learning.trackers.tracker import Trace


class ActTracker:
    """Done or not done."""

    kinds = frozenset({"quiz", "acknowledgement"})

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return the act once it has happened."""
        return {**state, **trace}

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:  # noqa: ARG002  the state says it all
        """Return 1 once the act has happened."""
        return Fraction(1) if state.get("done") is True else Fraction(0)
