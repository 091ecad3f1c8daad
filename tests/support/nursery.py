"""Processes that tests kill, forked from one that has loaded the program.

A Python of its own for each took seconds, all but a few hundredths of them to load what the last had
loaded. What is forked has nothing open and no threads: the program was imported, and no more.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FORKING = """
import gc, json, os, sys
exec(compile(sys.argv[1], "the work", "exec"))
gc.freeze()
for line in sys.stdin:
    asked = json.loads(line)
    process = os.fork()
    if process == 0:
        os.environ.update(asked["environment"])
        work(*asked["arguments"])
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


class Nursery:
    """Lets one process after another do some work; each is waited for before the next begins."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self, *arguments: object) -> None:
        """Let a new process call `work` with the arguments, as text, in the environment of this moment."""
        assert self._process.stdin is not None
        asked = {"arguments": [str(one) for one in arguments], "environment": dict(os.environ)}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def heard(self) -> str:
        """Return the next line that the process prints."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process that forks has ended"
        return line.rstrip("\n")

    def ended(self) -> int:
        """Wait for the process, which prints nothing more, and return its exit code; -9 was killed."""
        return int(self.heard())


@contextmanager
def nursery(program: str) -> Iterator[Nursery]:
    """Give what forks processes of a program: text that imports what it needs and defines `work`."""
    with subprocess.Popen(
        [sys.executable, "-c", _FORKING, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield Nursery(process)
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # and one that a failed test left at work
