"""Writing to a stick that may be full, false or pulled: only what was read back counts as written."""

import errno
import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.sync.envelope import Written
from app.core.sync.limits import MIB, MOST_FILE_BYTES
from app.core.sync.streams import BLOCK

PARTIAL = ".part"
SUFFIXES = (".dksb", ".dksv", ".dksr", ".dkst", ".dksi")

_MARGIN = 256 << 10
"""What a file system takes beside the file itself: a few clusters of a large stick."""
_LONGEST_NAME, _LONGEST_WORD = 200, 40
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_FIT_FOR_FAT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]*[A-Za-z0-9]")
_MIB_DIGITS = 1


class StickTrouble(UserFacingError):
    """A stick did not take what was to be written."""

    def __init__(self, happened: str, *, remedy: str, reason: str = "") -> None:
        super().__init__(
            happened,
            safe=_("Everything on this PC is safe; the file on the stick is not finished."),
            remedy=remedy,
        )
        self.reason = reason
        """Why, in words that hold for a folder as well."""


class NameRefused(StickTrouble):
    """Somebody named a file as not every stick takes it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Not every stick takes a file called “{name}”.").format(name=name[:_LONGEST_WORD]),
            remedy=_("Name it with plain letters and digits, or name the folder alone."),
        )


class StickTooSmall(StickTrouble):
    """There is less room than the file takes."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(
            _("The stick has {free} MB free; {needed} MB are needed.").format(
                free=round(free / MIB, _MIB_DIGITS), needed=round(needed / MIB, _MIB_DIGITS)
            ),
            remedy=_("Delete something on the stick, or take another one."),
            reason=_("{free} MB are free; {needed} MB are needed.").format(
                free=round(free / MIB, _MIB_DIGITS), needed=round(needed / MIB, _MIB_DIGITS)
            ),
        )


class StickFailed(StickTrouble):
    """The system refused a step: the stick was pulled, is full, or may not be written to."""

    def __init__(self, refusal: OSError) -> None:
        super().__init__(
            _("The stick could not be written. {reason}").format(reason=why_refused(refusal)),
            remedy=_("Put it back in and do it again, or take another stick."),
            reason=why_refused(refusal),
        )
        self.full = refusal.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StickForgets(StickTrouble):
    """What was read back is not what was written."""

    def __init__(self) -> None:
        super().__init__(
            _("The stick did not keep what was written to it."),
            remedy=_("Do not use this stick any more; take another one."),
            reason=_("It does not keep what is written to it."),
        )


class Stick:
    """A folder on a drive that goes from hand to hand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def room(self) -> int:
        """Return how many bytes are free."""
        return shutil.disk_usage(self._folder).free

    def names(self) -> list[str]:
        """Return the names of the files."""
        return sorted(each.name for each in self._folder.iterdir() if each.is_file())

    def create(self, name: str) -> BinaryIO:
        """Return a new file, written from its beginning whether or not there was one."""
        return (self._folder / name).open("wb")

    def bring_down(self, file: BinaryIO) -> None:
        """Have everything that was written on the stick before this returns."""
        file.flush()
        os.fsync(file.fileno())

    def read_back(self, name: str) -> BinaryIO:
        """Return a file as the stick has it, not as this PC remembers it, where the system can tell them apart."""
        file = (self._folder / name).open("rb", buffering=0)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file

    def rename(self, old: str, new: str) -> None:
        """Give a file its name; one that had it is gone."""
        (self._folder / old).replace(self._folder / new)

    def bring_down_names(self) -> None:
        """Have renamings on the stick before this returns (Windows sees to that by itself)."""
        if os.name == "nt":
            return
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        (self._folder / name).unlink(missing_ok=True)


def write_to_stick(
    stick: Stick,
    name: str,
    needed: int,
    fill: Callable[[BinaryIO], Written],
    progress: Progress,
    note: Callable[[Written], None] | None = None,
) -> Written:
    """Have `fill` write a file on the stick; when this returns, the stick may be taken out.

    `needed` is about how long the file will be. `note` is told once all of it is there and before it has
    its name: a power cut leaves a line too many in a register, never a file too many on a stick. Raises
    StickTrouble, and what `fill`, `note` and `progress` raise; a file that is not whole never has the name.
    """
    _check_name(name)
    if needed > MOST_FILE_BYTES:
        raise StickFailed(OSError(errno.EFBIG, os.strerror(errno.EFBIG)))
    partial = name + PARTIAL
    try:
        with _told_of_the_stick():
            _check_room(stick, needed, partial)
            written = _filled(stick, partial, fill, progress)
        if note is not None:
            note(written)
        with _told_of_the_stick():
            stick.rename(partial, name)
            stick.bring_down_names()
    except BaseException:
        with suppress(OSError):
            stick.delete(partial)
        raise
    return written


def require_there(folder: Path) -> None:
    """Raise StickFailed where the stick's folder is gone: its name is no file's."""
    if not folder.is_dir():
        raise StickFailed(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def leftovers(stick: Stick) -> list[str]:
    """Return files of ours that were never finished, for deletion. Raises StickTrouble."""
    endings = tuple(suffix + PARTIAL for suffix in SUFFIXES)
    with _told_of_the_stick():
        return [name for name in stick.names() if name.endswith(endings)]


def delete_leftovers(stick: Stick) -> list[str]:
    """Delete files of ours that were never finished; return their names. Raises StickTrouble."""
    names = leftovers(stick)
    with _told_of_the_stick():
        for name in names:
            stick.delete(name)
    return names


def stick_name(*words: str, suffix: str) -> str:
    """Return a file name made of words that every file system takes, however they are written."""
    plain = [_plain(word) for word in words]
    return "-".join(word for word in plain if word)[:_LONGEST_NAME] + suffix


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare)[:_LONGEST_WORD].strip("-")


def _check_name(name: str) -> None:
    is_short = len(name) <= _LONGEST_NAME + max(map(len, SUFFIXES))
    if not is_short or not _FIT_FOR_FAT.fullmatch(name) or _RESERVED.fullmatch(name):
        raise NameRefused(name)


def _check_room(stick: Stick, needed: int, partial: str) -> None:
    stick.delete(partial)
    free = stick.room()
    if free < needed + _MARGIN:
        raise StickTooSmall(needed + _MARGIN, free)


def _filled(
    stick: Stick, partial: str, fill: Callable[[BinaryIO], Written], progress: Progress
) -> Written:
    with stick.create(partial) as file:
        written = fill(file)
        stick.bring_down(file)
    if _read_back(stick, partial, written.size, progress) != written.sha256:
        raise StickForgets
    return written


def _read_back(stick: Stick, name: str, size: int, progress: Progress) -> bytes:
    digest, done = hashlib.sha256(), 0
    with stick.read_back(name) as file:
        while block := file.read(BLOCK):
            digest.update(block)
            done += len(block)
            progress.step(done, size)
    return digest.digest()


@contextmanager
def _told_of_the_stick() -> Iterator[None]:
    try:
        yield
    except OSError as refusal:
        raise StickFailed(refusal) from refusal
