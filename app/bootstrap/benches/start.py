"""From starting the program to a painted sign-in, beside a bare window with a table and sqlite3."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import ClassVar

from app.bootstrap.benches.rounds import Taken, compared, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.measuring import Measured
from app.core.base.progress import Progress

_ROOT = Path(__file__).resolve().parents[3]
_PEAK = """
def peak():  # of this process alone: getrusage would count what it was forked from
    try:
        status = open("/proc/self/status").read()
        return int(status.split("VmHWM:")[1].split()[0])
    except OSError:
        from app.core.base.usage import peak_memory_kib
        return peak_memory_kib()
"""
_PRODUCT = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pathlib import Path
from app.bootstrap.window import Shop
application = QApplication([])
shop = Shop(application, Path(sys.argv[1]))
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is shop.window.sign_in_page.number.line:
            import os
            print(time.monotonic(), peak(), flush=True); os._exit(0)
        return False
watch = Watch()
shop.window.sign_in_page.number.line.installEventFilter(watch)
shop.window.show()
application.exec()
"""
_RAW = """
import sqlite3, sys, time
from PySide6.QtCore import Qt
from PySide6.QtWidgets import *
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        import os
        print(time.monotonic(), peak(), flush=True); os._exit(0)
application = QApplication([])
window = Window(); window.resize(1000, 700)
sqlite3.connect(":memory:").execute("create table t (a)")
window.setCentralWidget(QTableView(window)); window.addToolBar(QToolBar("x", window))
window.setStatusBar(QStatusBar(window)); dock = QDockWidget("n", window)
dock.setWidget(QListWidget()); window.addDockWidget(Qt.LeftDockWidgetArea, dock)
window.show(); application.exec()
"""


class StartBench:
    """A fresh process each time, the two in turn; the clock starts before the process does."""

    name: ClassVar[str] = "start"
    about: ClassVar[str] = "to a painted, usable sign-in"
    default_n: ClassVar[int] = 9

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure `n` starts of each."""
        with tempfile.TemporaryDirectory() as folder:
            open_small_site(Path(folder)).services.close()
            ours: list[tuple[Taken, float]] = []
            theirs: list[tuple[Taken, float]] = []
            for turn in range(n + 1):
                for code, times in ((_PRODUCT, ours), (_RAW, theirs)):
                    taken = _start(code, Path(folder) / "site")
                    if turn:
                        times.append(taken)
                progress.step(turn, n)
        return compared(
            self,
            n,
            [taken for taken, _peak in ours],
            [taken for taken, _peak in theirs],
            memory=statistics.median(peak for _taken, peak in ours),
            goal="at most 1.5 x raw, at most 130 MB",
            details={"raw_memory_mb": statistics.median(peak for _taken, peak in theirs)},
        )


def _start(code: str, folder: Path) -> tuple[Taken, float]:
    """Return what it took to the first paint, and peak memory in MB."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(_ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a PC keeps what the first start compiled
    began = time.monotonic()
    taken, done = timed(
        lambda: subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-c", _PEAK + code, str(folder)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=120,
        )
    )
    moment, peak = done.stdout.split()
    # the process ends with its first paint: its CPU time is that to the paint, its end takes longer
    return Taken(float(moment) - began, taken.cpu), round(float(peak) / 1024, 1)
