"""The external ffmpeg program: found, asked what it can, run as a process of its own.

It stays outside the product (its licence, and the patents of what it decodes): a PC without it
plays everything else, and the import report says which files will not play.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from app.core.base.errors import UserFacingError
from app.core.base.outside import TakesTooLong, run_to_end, start
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content.conversion.recipes import Recipe

log = logging.getLogger(__name__)

CHOSEN_FFMPEG = "DAKSHA_FFMPEG"
"""Names the program where it is not on the PATH."""

_NEEDED_ENCODERS = ("libvpx-vp9", "libopus")
_CONTAINERS = "mov,matroska,webm,avi,asf,mpegts,mpeg,flv,ogg,mp3,aac,wav,flac"
"""What may be read: playlists and scripts would make the program open other files of this PC."""
_ASK_SECONDS = 20
_LAST_WORDS = 4


class ConverterMissing(UserFacingError):
    """There is no ffmpeg on this PC that can do it."""

    def __init__(self) -> None:
        super().__init__(
            _("This PC has no ffmpeg program that can convert videos."),
            safe=_("The course is unchanged; everything else in it plays."),
            remedy=_("Install ffmpeg, or name it in {name}, and convert again.").format(
                name=CHOSEN_FFMPEG
            ),
        )


class ConversionFailed(Exception):
    """The program gave up on a file; holds the last it said."""


class Converter(Protocol):
    """Turns one recording into WebM."""

    @property
    def name(self) -> str:
        """Return what the records keep of it: its name with its version."""
        ...

    def convert(
        self,
        sources: Sequence[Path],
        target: Path,
        recipe: Recipe,
        duration_ms: int,
        progress: Progress,
    ) -> None:
        """Write `target`, telling the progress in milliseconds. Raises ConversionFailed, Cancelled.

        `sources`: a recording; or one of the picture, and one of the sound.
        """
        ...


def find_ffmpeg() -> "Ffmpeg | None":
    """Return the program that the setting names, else the PATH's; None when none can do it."""
    chosen = os.environ.get(CHOSEN_FFMPEG) or shutil.which("ffmpeg")
    if not chosen:
        return None
    encoders, version = _asked(chosen, "-encoders"), _asked(chosen, "-version")
    if encoders is None or version is None:
        log.warning("the ffmpeg program does not run")
        return None
    if not all(encoder in encoders for encoder in _NEEDED_ENCODERS):
        log.warning("the ffmpeg program lacks an encoder that is needed")
        return None
    return Ffmpeg(program=chosen, name=" ".join(version.partition("\n")[0].split()[:3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ffmpeg:
    """The ffmpeg program of this PC."""

    program: str
    name: str

    def convert(
        self,
        sources: Sequence[Path],
        target: Path,
        recipe: Recipe,
        duration_ms: int,
        progress: Progress,
    ) -> None:
        """Write `target` as WebM. A stop by the progress ends the process and removes the file."""
        command = [*_ended_with_us(), self.program, *_arguments(sources, target, recipe)]
        try:
            with start(command) as process:
                _follow(process, duration_ms, progress)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _ended_with_us() -> Iterator[str]:
    """Yield what lets Linux end a program with the one that started it, killed without a word or not.

    The program itself would convert to the end, for nobody. Other systems have no such command.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    if setpriv is not None:
        yield from (setpriv, "--pdeathsig", "KILL", "--")


def _follow(process: subprocess.Popen[str], duration_ms: int, progress: Progress) -> None:
    last: deque[str] = deque(maxlen=_LAST_WORDS)
    try:
        for line in _lines(process.stdout):
            name, is_figure, value = line.partition("=")
            if not is_figure:
                last.append(line)
            elif name == "out_time_us" and value.isdecimal():
                done = int(value) // 1000
                progress.step(min(done, duration_ms) if duration_ms else done, duration_ms)
    except BaseException:
        process.kill()  # a stop, or a bug: the process must not outlive the job
        raise
    if process.wait():
        raise ConversionFailed(" ".join(last))


def _lines(pipe: IO[str] | None) -> Iterator[str]:
    for line in pipe or ():
        if text := line.strip():
            yield text


def _arguments(sources: Sequence[Path], target: Path, recipe: Recipe) -> Iterator[str]:
    """VP9 for real time and Opus: several times as fast as the film runs, on two cores."""
    yield from ("-hide_banner", "-nostdin", "-loglevel", "error", "-progress", "pipe:1", "-y")
    for source in sources:
        # the file is foreign: it must not make the program open another one, or an address
        yield from ("-protocol_whitelist", "file", "-format_whitelist", _CONTAINERS)
        yield from ("-i", str(source))
    yield from (
        "-map",
        "0:v:0?",
        "-map",
        f"{len(sources) - 1}:a:0?",
        "-sn",
        "-dn",
        "-map_metadata",
        "-1",
    )
    if not recipe.has_video:
        yield "-vn"
    elif recipe.copies_video:
        yield from ("-c:v", "copy")
    else:
        yield from ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")
        yield from ("-row-mt", "1", "-b:v", str(recipe.video_bits), "-g", "240")
        yield from ("-pix_fmt", "yuv420p")
    if recipe.copies_audio:
        yield from ("-c:a", "copy")
    elif recipe.has_audio:
        yield from ("-c:a", "libopus", "-b:a", "96k", "-ac", "2")
    yield from ("-f", "webm", str(target))


def _asked(program: str, question: str) -> str | None:
    """Return what the program answers; None where it does not run."""
    command = [program, "-hide_banner", question]
    try:
        answer = run_to_end(command, seconds=_ASK_SECONDS, stderr=subprocess.DEVNULL)
    except (OSError, TakesTooLong):
        return None
    return None if answer.code else answer.said
