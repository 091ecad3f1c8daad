"""Many SetValue in one breath and a Commit, in the real player; and how long the window stood still."""

import tempfile
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, timed
from app.core.base.measuring import Measured
from app.core.base.progress import Progress

if TYPE_CHECKING:
    from app.ui.learning.web.session import PackageSession

_ROUNDS = 5
_ANSWERS = 100
"""Elements that are set for the first time: each is looked at, and answered, by itself."""
_TICK_MS = 1


class SetValueBench:
    """A page that sets its bookmarks `n` times; beside it, one that does nothing but to commit."""

    name: ClassVar[str] = "setvalue"
    about: ClassVar[str] = "n SetValue in one breath and a Commit, by a page in the player"
    default_n: ClassVar[int] = 2_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure both SCORMs; the figure is the slower one's. Raises NoSandbox."""
        from app.bootstrap.benches.learner_window import LearnerWindow  # loads the web engine

        found: dict[str, list[Taken]] = {}
        details: dict[str, float] = {}
        raw: list[Taken] = []
        with tempfile.TemporaryDirectory() as held:
            window = LearnerWindow(Path(held))
            for done, (standard, course_id) in enumerate(window.courses.items()):
                progress.step(done, len(window.courses))
                session = window.begin(course_id)
                stalls = []
                for _turn in range(_ROUNDS):
                    taken, stall = timed(partial(_set, session, "bookmarks", n))
                    found.setdefault(standard, []).append(taken)
                    stalls.append(stall)
                    raw.append(timed(partial(_set, session, "bookmarks", 0))[0])
                answers = timed(partial(_set, session, "answers", _ANSWERS))[0]
                window.leave(session)
                details[f"{standard}, ms"] = median(found[standard]).wall * 1000
                details[f"{standard}, longest stall of the window, ms"] = max(stalls) * 1000
                details[f"{standard}, one new element, ms"] = answers.wall / _ANSWERS * 1000
            window.close()
        slower = max(found.values(), key=lambda times: median(times).wall)
        return compared(
            self,
            n,
            slower,
            raw,
            goal="at most 500 ms, and no stall of more than 50 ms",
            details=details,
        )


def _set(session: "PackageSession", way: str, n: int) -> float:
    """Let the page set `n` values and commit; return the window's longest pause, in seconds."""
    from PySide6.QtCore import QTimer

    from app.bootstrap.benches.learner_window import wait_for

    ticks = [time.perf_counter()]
    clock = QTimer(interval=_TICK_MS)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start()
    frame = "document.getElementById('course').contentWindow"
    session.web.page.runJavaScript(f"{frame}.setMany({way!r}, {n})")
    (words,) = wait_for(session.web.said, lambda said: said.startswith(("DONE", "REFUSED")))
    clock.stop()
    if words.startswith("REFUSED"):
        raise RuntimeError("a value was refused")
    return max(after - before for before, after in pairwise(ticks))
