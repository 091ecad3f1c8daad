"""The virus scanner of the house, run over a file that travels: its exit code and its words are told as they are.

What is sealed in a file no scanner sees: it looks at the outside, and at what rides along with it.
"""

import os
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.outside import TakesTooLong, run_to_end
from app.core.base.refusals import why_refused
from app.core.base.words import _, mark

CHOSEN_SCANNER = "DAKSHA_SCANNER"
"""Environment variable with the scanner's command line; the file's name is put for {file}, or at its end."""
_FILE = "{file}"
_KNOWN = (("clamdscan", "--fdpass", "--no-summary"), ("clamscan", "--no-summary"))
_SECONDS = 1800
_MOST_SAID = 1000


class ScanResult(StrEnum):
    """What a virus scanner said of a file."""

    CLEAN = "clean"
    FOUND = "found"
    FAILED = "failed"
    """It did not come to an end that says anything."""
    UNSCANNED = "unscanned"
    """There is no scanner on the PC."""


SCAN_RESULTS = {
    ScanResult.CLEAN: mark("The virus scanner found nothing"),
    ScanResult.FOUND: mark("The virus scanner found something"),
    ScanResult.FAILED: mark("The virus scanner did not come to an end"),
    ScanResult.UNSCANNED: mark("Nobody scanned it: there is no virus scanner on that PC"),
}
"""Marked words for each."""
_BY_CODE = {0: ScanResult.CLEAN, 1: ScanResult.FOUND}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What came of scanning a file."""

    result: ScanResult
    scanner: str = ""
    """The program, as it is called."""
    exit_code: int | None = None
    said: str = ""

    @property
    def words(self) -> str:
        """Return it in one line: the result, by which program, its exit code."""
        told = _(SCAN_RESULTS[self.result])
        if not self.scanner:
            return told
        code = "–" if self.exit_code is None else str(self.exit_code)
        return _("{told} ({scanner}, exit code {code})").format(
            told=told, scanner=self.scanner, code=code
        )


class NotScanned(UserFacingError):
    """A stamp was to be put where nothing was scanned, and nobody said that this is meant."""

    def __init__(self) -> None:
        super().__init__(
            _("No stamp was put: there is no virus scanner on this PC, so nothing was scanned."),
            safe=_("The file itself was not changed."),
            remedy=_(
                "Install ClamAV or name a scanner in DAKSHA_SCANNER; or say that the stamp is to tell "
                "that nobody scanned it (--unscanned)."
            ),
        )


def require_scanned(found: Scan, *, unscanned: bool) -> None:
    """Raise NotScanned where no scanner ran, unless the person said that it goes unscanned."""
    if found.result is ScanResult.UNSCANNED and not unscanned:
        raise NotScanned


def scan(path: Path) -> Scan:
    """Run the scanner that the setting names, else one of the PATH, over a file."""
    done = Scan(result=ScanResult.UNSCANNED)
    for command in _commands(path.absolute()):
        done = _run(command)
        if done.result is not ScanResult.FAILED:
            break
    return done


def _commands(path: Path) -> Iterator[Sequence[str]]:
    chosen = os.environ.get(CHOSEN_SCANNER, "").strip()
    if chosen:
        words = [word.strip('"') for word in shlex.split(chosen, posix=os.name != "nt")]
        filled = [word.replace(_FILE, str(path)) for word in words]
        yield filled if filled != words else [*words, str(path)]
        return
    for name, *options in _KNOWN:
        program = shutil.which(name)
        if program is not None:
            yield [program, *options, str(path)]


def _run(command: Sequence[str]) -> Scan:
    name = Path(command[0]).name
    try:
        ended = run_to_end(command, seconds=_SECONDS)
    except OSError as refusal:
        return Scan(result=ScanResult.FAILED, scanner=name, said=why_refused(refusal))
    except TakesTooLong:
        said = _("It was stopped after {minutes} minutes.").format(minutes=_SECONDS // 60)
        return Scan(result=ScanResult.FAILED, scanner=name, said=said)
    return Scan(
        result=_BY_CODE.get(ended.code, ScanResult.FAILED),
        scanner=name,
        exit_code=ended.code,
        said=" ".join(ended.said.split())[:_MOST_SAID],
    )
