"""Programs that are not ours, run beside us: without a window, without anything to type, their words as text."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_HIDDEN = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a console program would flash a black window."""


class TakesTooLong(Exception):
    """A program had not ended in its time, and was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended, and what it said."""

    code: int
    said: str


def start(
    command: Sequence[str],
    *,
    stdin: int = subprocess.DEVNULL,
    stderr: int = subprocess.STDOUT,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Start a program whose words come in a pipe. Raises OSError.

    `command` names the program first; it is never a shell's line.
    """
    return subprocess.Popen(  # noqa: S603  the administrator chose the program, or headquarters signed it
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        creationflags=_HIDDEN,
    )


def run_to_end(command: Sequence[str], *, seconds: float, stderr: int = subprocess.STDOUT) -> Ended:
    """Run a program until it ends, and stop it after so many seconds. Raises OSError, TakesTooLong."""
    with start(command, stderr=stderr) as program:
        try:
            said, _errors = program.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as late:
            program.kill()
            raise TakesTooLong from late
        except BaseException:
            program.kill()  # it must not outlive who waits for it
            raise
    return Ended(code=program.returncode, said=said)
