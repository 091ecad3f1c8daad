"""Where a file that somebody brought is copied to before anything of it is read: the stick may leave."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.storage.locks import FileLock
from app.core.storage.room import require_room
from app.core.sync.limits import MOST_FILE_BYTES
from app.core.sync.refusals import BundleOverLimits, FileUnreachable
from app.core.sync.streams import BLOCK


def require_room_to_take(folder: Path, needed: int) -> None:
    """Raise NoRoom where the disk of this PC does not take so many bytes of what was brought."""
    require_room(
        folder,
        needed,
        safe=_("Nothing of it was taken in, and the file was not changed."),
        remedy=_("Free some space on that disk and take the file in again."),
    )


class CopyFailed(UserFacingError):
    """The copy on this PC could not be written."""

    def __init__(self, refusal: OSError) -> None:
        super().__init__(
            _("The file could not be copied to this PC. {reason}").format(
                reason=why_refused(refusal)
            ),
            safe=_("Nothing was taken in, and the file was not changed."),
            remedy=_("See to the disk of this PC and take the file in again."),
        )


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy of a file on this PC."""

    path: Path
    sha256: str
    name: str
    """What the file was called where it came from."""


class Staging:
    """A folder of copies: of what is being taken in, and of what waits, which is named by its hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Keep other programs from taking for left over what is copied here in the meantime.

        What none of them is at work with was left by one that was killed, and goes. Raises OSError.
        """
        path = self.folder.with_name(f"{self.folder.name}.lock")
        with FileLock(path) as alone:
            if alone.take():
                self._tidy()
        with FileLock(path, alone=False) as lock:
            lock.take(wait=True)
            yield

    def copy(self, source: Path, progress: Progress) -> Staged:
        """Copy a file. Raises FileUnreachable, BundleOverLimits, NoRoom, CopyFailed."""
        try:
            size = source.stat().st_size
            file = source.open("rb")
        except OSError as refusal:
            raise FileUnreachable(refusal) from refusal
        if size > MOST_FILE_BYTES:
            file.close()
            raise BundleOverLimits
        with file:
            return self._copied(file, size, source.name, progress)

    def _copied(self, file: BinaryIO, size: int, name: str, progress: Progress) -> Staged:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            require_room_to_take(self.folder, size)
            partial = self.folder / f"copying-{os.urandom(8).hex()}"
            try:
                with partial.open("wb") as copy:
                    digest = _pour(file, copy, size, progress)
                    copy.flush()
                    os.fsync(copy.fileno())
            except BaseException:
                partial.unlink(missing_ok=True)
                raise
        except OSError as refusal:
            raise CopyFailed(refusal) from refusal
        return Staged(partial, digest, name)

    def keep(self, staged: Staged) -> Staged:
        """Keep a copy for later. Raises OSError."""
        kept = self.kept(staged.sha256)
        staged.path.replace(kept)
        return replace(staged, path=kept)

    def kept(self, sha256: str) -> Path:
        """Return where the copy of a file lies, if it is here."""
        return self.folder / f"{sha256}.kept"

    def drop(self, staged: Staged) -> None:
        """Let go of a copy, unless it is kept."""
        with suppress(PermissionError):  # Windows: another program reads it, and lets go of it then
            staged.path.unlink(missing_ok=True)

    def _tidy(self) -> None:
        for partial in self.folder.glob("copying-*"):
            partial.unlink(missing_ok=True)


def _pour(source: BinaryIO, copy: BinaryIO, size: int, progress: Progress) -> str:
    digest, done = hashlib.sha256(), 0
    while True:
        try:
            block = source.read(BLOCK)
        except OSError as refusal:
            raise FileUnreachable(refusal) from refusal
        if not block:
            return digest.hexdigest()
        copy.write(block)
        digest.update(block)
        done += len(block)
        progress.step(done, size, _("Copying"))
