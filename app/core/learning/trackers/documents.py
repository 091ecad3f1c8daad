"""Paged documents: the pages seen, and for how long.

Trace: `pages` {page number from 1, as text: seconds}, `page` shown last, `count` of pages.
"""

from fractions import Fraction

from app.core.courses import LessonPlan
from app.core.learning.trackers.tracker import Trace, newest

_GLANCE_SECONDS = 1
"""A page shown for less was leafed past."""


class DocumentTracker:
    """Follows which pages stayed on screen."""

    kinds = frozenset({"document"})

    def merged(self, state: Trace, trace: Trace) -> Trace:
        """Return the state with the time spent on each page added."""
        pages = {str(page): int(seconds) for page, seconds in state.get("pages", {}).items()}
        for page, seconds in trace.get("pages", {}).items():
            pages[str(int(page))] = pages.get(str(int(page)), 0) + max(int(seconds), 0)
        return {
            "pages": pages,
            "page": newest("page", trace, state, 1),
            "count": newest("count", trace, state, 0),
        }

    def share(self, lesson: LessonPlan, state: Trace) -> Fraction:  # noqa: ARG002  the state says it all
        """Return the share of pages that were seen for longer than a glance."""
        count = int(state.get("count", 0))
        seen = sum(
            1
            for page, seconds in state.get("pages", {}).items()
            if seconds >= _GLANCE_SECONDS and 1 <= int(page) <= count
        )
        return Fraction(seen, count) if count else Fraction(0)
