"""From the click on a package to its first Initialize, beside a bare web engine with the same page.

What is measured, in turn, in one window, after a round that loads the engine for both:

- *ours*: a learner looks at a course's page, and presses its button. From there to the answer of
  the page's first Initialize: the player and its lesson are put on screen, the launch is opened from
  the records and written into them, the package is served from the store behind its walls. The
  course's page had time to prepare (app/ui/learning/foresight.py): what that takes is not in the
  figure, as it is before the click. "First time" is the same in a course that was not begun before:
  the click begins it. "Unprepared" is the same for another lesson than the one that was expected:
  straight from the home page, with the room that stands for whichever comes. "Renderer not started"
  is the same where not even that stands yet: within a second of signing in.
- *raw*: a view, a profile and a page are made and shown, and load the page from a file, to the same
  point of its script: it finds no API and asks nobody. Its renderer starts then. "Raw, renderer started" is
  the same with view, profile and renderer there before.
"""

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, timed
from app.core.base.measuring import Measured
from app.core.base.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bootstrap.benches.learner_window import LearnerWindow

_GOAL = "at most 1.3 x raw"
_RAW = "raw"


class LaunchBench:
    """The player with both SCORMs, and a view with a profile of its own; the last page stays open."""

    name: ClassVar[str] = "launch"
    about: ClassVar[str] = "a click on a package, to its first Initialize; n times"
    default_n: ClassVar[int] = 9

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` launches of each, in turn, after one that loads the engine. Raises NoSandbox."""
        from app.bootstrap.benches.learner_window import LearnerWindow  # loads the web engine
        from app.bootstrap.benches.sco_packages import write_page

        found: dict[str, list[Taken]] = {}
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            window = LearnerWindow(folder)
            page = write_page(folder)
            for turn in range(n + 1):
                progress.step(turn, n)
                for way, taken in _round(window, page):
                    found.setdefault(way, []).append(taken)
            window.close()
            slower = max(window.courses, key=lambda name: median(found[name][1:]).wall)
        counted = {way: times[1:] for way, times in found.items()}
        told = {way: median(times).wall * 1000 for way, times in counted.items() if way != _RAW}
        return compared(
            self,
            n,
            counted[slower],
            counted[_RAW],
            goal=_GOAL,
            details={f"{way}, ms": wall for way, wall in told.items()},
        )


def _round(window: "LearnerWindow", page: Path) -> "Iterator[tuple[str, Taken]]":
    """Launch each package prepared and not, and show the bare page started beforehand and not."""
    from app.bootstrap.benches.bare_page import BarePage  # loads the web engine

    def bare() -> BarePage:
        made = BarePage()
        made.show(page)
        return made

    for name, course_id in window.courses.items():
        window.look_at(course_id)
        taken, session = timed(partial(window.begin, course_id))
        window.leave(session)
        yield name, taken
        fresh = window.fresh_course(name)
        window.look_at(fresh)
        taken, session = timed(partial(window.begin, fresh))
        window.leave(session)
        yield f"{name}, first time", taken
        for way, warm in (("unprepared", True), ("unprepared, renderer not started", False)):
            window.look_away(warm=warm)
            taken, session = timed(partial(window.begin, course_id))
            window.leave(session)
            yield f"{name}, {way}", taken
    # What home prepares in a quiet moment must not fall into what follows
    window.look_at(course_id)
    taken, shown = timed(bare)
    shown.close()
    yield _RAW, taken
    started = BarePage()
    started.start_renderer()
    yield f"{_RAW}, renderer started", timed(partial(started.show, page))[0]
    started.close()
