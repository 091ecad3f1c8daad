"""How far somebody is in a lesson: one tracker for each way of being in one, all in this tuple."""

from app.core.learning.trackers.acts import ActTracker
from app.core.learning.trackers.documents import DocumentTracker
from app.core.learning.trackers.packages import PackageTracker
from app.core.learning.trackers.reading import ReadingTracker
from app.core.learning.trackers.recordings import RecordingTracker
from app.core.learning.trackers.tracker import Trace, Tracker

TRACKERS: tuple[Tracker, ...] = (
    RecordingTracker(),
    DocumentTracker(),
    ReadingTracker(),
    PackageTracker(),
    ActTracker(),
)


def tracker_of(kind: str) -> Tracker:
    """Return the tracker of a lesson kind. Raises KeyError for a kind without one."""
    for tracker in TRACKERS:
        if kind in tracker.kinds:
            return tracker
    raise KeyError(kind)


__all__ = ["TRACKERS", "Trace", "Tracker", "tracker_of"]
