"""Packages: how much of it they say is done. Theirs to say; what is said once stays said.

Trace: `share` ("2/3"), `done` true once it is, `score` ("17/20", the newest), `passed`.
"""

from fractions import Fraction

from app.core.courses import LessonPlan
from app.core.learning.trackers.tracker import Trace


class PackageTracker:
    """Follows what a package reports as a whole."""

    kinds = frozenset({"package"})

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return the state with what is newly said; a share never falls."""
        share = max(_share(state), _share(trace))
        return {**state, **trace, "share": f"{share.numerator}/{share.denominator}"}

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:  # noqa: ARG002  the state says it all
        """Return the share that it reports; less than 1 until it says that it is done."""
        if state.get("done") is True:
            return Fraction(1)
        return min(_share(state), Fraction(99, 100))


def _share(trace: Trace) -> Fraction:
    return min(max(Fraction(trace.get("share", "0")), Fraction(0)), Fraction(1))
