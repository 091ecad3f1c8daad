"""Pages and images: how far down they were read.

Trace: `reached` and `position` in thousandths of the page's length (an image is reached at once).
"""

from fractions import Fraction

from app.core.courses import LessonPlan
from app.core.learning.trackers.tracker import Trace, newest

_WHOLE = 1000


class ReadingTracker:
    """Follows how far down a page somebody came."""

    kinds = frozenset({"page", "image"})

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return the state with the furthest point reached and the newest position."""
        reached = max(int(state.get("reached", 0)), int(trace.get("reached", 0)))
        return {
            "reached": min(max(reached, 0), _WHOLE),
            "position": newest("position", trace, state, 0),
        }

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:  # noqa: ARG002  the state says it all
        """Return the share of the page that was reached."""
        return Fraction(int(state.get("reached", 0)), _WHOLE)
