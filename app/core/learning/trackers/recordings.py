"""Video and audio: the union of the stretches that were really played.

Trace: `watched` [[start, end], …] in milliseconds, `position` and `duration` in milliseconds.
"""

from fractions import Fraction

from app.core.courses import LessonPlan
from app.core.learning.intervals import WatchedIntervals
from app.core.learning.trackers.tracker import Trace, newest

_ALMOST_ALL = Fraction(97, 100)
"""Players skip the last frames; a recording watched to here counts as watched."""


class RecordingTracker:
    """Follows what was watched, not how far somebody jumped."""

    kinds = frozenset({"video", "audio"})

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return the state with further stretches and the newest position."""
        watched = WatchedIntervals.of(
            (int(start), int(end))
            for start, end in (*state.get("watched", ()), *trace.get("watched", ()))
        )
        return {
            "watched": [list(span) for span in watched.spans],
            "position": newest("position", trace, state, 0),
            "duration": newest("duration", trace, state, 0),
        }

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:  # noqa: ARG002  the state says it all
        """Return the share of the recording that was played."""
        watched = WatchedIntervals.of((start, end) for start, end in state.get("watched", ()))
        share = watched.share(int(state.get("duration", 0)))
        return Fraction(1) if share >= _ALMOST_ALL else share
