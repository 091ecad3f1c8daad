"""Letting a new version prove itself before it is in force: its files, and the records of a backup in its form.

It is asked as any command is, so that what answers is the version itself, in the place where it will run.
"""

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.core.base.installation import Installation, clean_environment
from app.core.base.outside import start
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.operations.program.errors import NewVersionFails

_LOOK_EVERY = 0.5
"""Seconds between two looks whether somebody has stopped it."""
_MOST_WORDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a version is asked to prove itself with."""

    data_folder: Path
    backup: Path | None
    key: bytes | None
    """The data key of the backup; it is handed over in a pipe."""


def prove(
    installation: Installation, name: str, version: str, trial: Trial, progress: Progress
) -> int:
    """Let a version try itself; return how many journal entries it has proved. Raises NewVersionFails.

    It restores the backup on trial, brings it to its own form and proves the journal, as after a loss.
    """
    asked = [installation.executable(name), "--json", "--data", trial.data_folder, "program", "try"]
    if trial.backup is not None:
        asked += ["--backup", trial.backup]
    try:
        code, out, err = _run(asked, (trial.key or b"").hex(), progress)
    except OSError as refusal:
        raise NewVersionFails(version, str(refusal.strerror)) from refusal
    answer: dict[str, object] = {}
    with suppress(ValueError, IndexError):
        answer = json.loads(out.strip().splitlines()[-1])
    troubles = answer.get("troubles")
    if code or answer.get("ok") is not True:
        raise NewVersionFails(version, _why(troubles, err, code))
    if answer.get("version") != version:
        words = _("it says that it is {version}.")
        raise NewVersionFails(version, words.format(version=answer.get("version")))
    return int(str(answer.get("entries", 0)))


def _run(asked: Sequence[object], given: str, progress: Progress) -> tuple[int, str, str]:
    """Run a command to its end, or until somebody stops it."""
    with start(
        [str(word) for word in asked],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        environment=clean_environment() | {"PYTHONUTF8": "1"},
    ) as program:
        send: str | None = given + "\n"
        while True:
            try:
                out, err = program.communicate(send, timeout=_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                send = None
                try:
                    progress.step(0, 0, _("The new version tries itself"))
                except BaseException:
                    program.kill()
                    raise
            else:
                return program.returncode, out, err


def _why(troubles: object, err: str, code: int) -> str:
    if isinstance(troubles, list) and troubles:
        return "; ".join(map(str, troubles))[:_MOST_WORDS]
    said = err.strip().splitlines()
    return said[-1][:_MOST_WORDS] if said else _("it ended with {code}.").format(code=code)
