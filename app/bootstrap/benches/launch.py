"""From the click on a package to its first Initialize, beside a bare web engine with the same page."""

import tempfile
from functools import partial
from pathlib import Path
from typing import ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, timed
from app.core.base.measuring import Measured
from app.core.base.progress import Progress

_GOAL = "at most 1.3 x raw"


class LaunchBench:
    """The player with both SCORMs, and a view with a profile of its own; the last page stays open."""

    name: ClassVar[str] = "launch"
    about: ClassVar[str] = "a click on a package, to its first Initialize; n times"
    default_n: ClassVar[int] = 9

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` launches of each, in turn, after one that loads the engine. Raises NoSandbox."""
        from app.bootstrap.benches.bare_page import BarePage  # both load the web engine
        from app.bootstrap.benches.learner_window import LearnerWindow
        from app.bootstrap.benches.sco_packages import write_page

        ours: dict[str, list[Taken]] = {}
        theirs: list[Taken] = []
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            window = LearnerWindow(folder)
            page = write_page(folder)
            for turn in range(n + 1):
                progress.step(turn, n)
                for name, course_id in window.courses.items():
                    taken, session = timed(partial(window.begin, course_id))
                    window.leave(session)
                    ours.setdefault(name, []).append(taken)
                taken, bare = timed(partial(BarePage, page))
                bare.close()
                theirs.append(taken)
            window.close()
        of_each = {name: median(times[1:]) for name, times in ours.items()}
        return compared(
            self,
            n,
            max((times[1:] for times in ours.values()), key=lambda times: median(times).wall),
            theirs[1:],
            goal=_GOAL,
            details={f"{name}, ms": one.wall * 1000 for name, one in of_each.items()},
        )
