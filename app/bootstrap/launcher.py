"""Starts the version of the program that is in force. Runs in the one installed first, for good: keep it small."""

import os
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.core.base.installation import (
    MOST_STARTS,
    GaveWay,
    Installation,
    Pointer,
    clean_environment,
)

_ENDED_WELL = frozenset({0, 2, 3})
"""Exit codes of a program that works: done, bad input, not allowed."""


def hand_over(installation: Installation | None, arguments: list[str]) -> int | None:
    """Run the version in force, and return its exit code; None where this is it.

    One that has yet to open the records is watched: where it ends badly before that, the version before
    it is in force again, and starts at once.
    """
    if installation is None or installation.running:
        return None
    pointer = installation.pointer()
    while pointer.current:
        program = installation.executable(pointer.current)
        if not program.is_file():
            pointer = installation.give_way(GaveWay.MISSING)
        elif not pointer.trial:
            return _become(program, arguments)
        else:
            code, pointer = _try(installation, pointer, program, arguments)
            if code is not None:
                return code
    return None


def _try(
    installation: Installation, pointer: Pointer, program: Path, arguments: list[str]
) -> tuple[int | None, Pointer]:
    """Start a version on trial; return its exit code, or None and which version is in force instead."""
    if pointer.starts >= MOST_STARTS:
        return None, installation.give_way(GaveWay.IN_VAIN)
    if not arguments:  # a window: not every command opens the records
        with suppress(OSError):  # not everybody may write there; whoever may decides
            installation.point(replace(pointer, starts=pointer.starts + 1))
    try:
        code = subprocess.call([program, *arguments], env=clean_environment())  # noqa: S603  a version of ours
    except OSError:
        return None, installation.give_way(GaveWay.NOT_STARTING)
    now = installation.pointer()
    if code in _ENDED_WELL or not (now.trial and now.current == pointer.current):
        return code, now
    return None, installation.give_way(GaveWay.ENDED)


def _become(program: Path, arguments: list[str]) -> int:
    if os.name == "posix":  # elsewhere a process cannot become another one
        os.execve(program, [str(program), *arguments], clean_environment())  # noqa: S606  likewise
    return subprocess.call([program, *arguments], env=clean_environment())  # noqa: S603  likewise
