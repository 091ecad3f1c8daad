"""The folder of the asset store: files that lie under their SHA-256, moved there whole."""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.content.asset_files import flush_files, sync_folder, write_new

_SHA256 = re.compile(r"[0-9a-f]{64}")


class AssetMissing(UserFacingError):
    """A stored file is gone from the data folder, or is not what it was."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("A stored file is missing or damaged ({name}).").format(name=sha256[:12]),
            safe=_("Training records are not touched."),
            remedy=_("Import the course again, or restore a backup."),
        )


class AssetNotHere(AssetMissing):
    """A stored file is not on this PC: it has not come yet, or was lost."""

    def __init__(self, sha256: str) -> None:
        UserFacingError.__init__(
            self,
            _("This needs a file that is not on this PC ({name}).").format(name=sha256[:12]),
            safe=_("Training records are not touched."),
            remedy=_(
                "Ask whoever looks after this PC to bring the files of courses from another one,"
                " or to restore a backup."
            ),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A file that lies in the store's folder, but not yet under its hash."""

    path: Path
    sha256: str
    size: int


class AssetFolder:
    """Files in `folder/ab/abcd…`. What is under its hash is whole, and no power cut undoes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return where the store lies; what is made for it is made on the same disk."""
        return self._folder

    def path(self, sha256: str) -> Path:
        """Return where a file lies. Raises AssetMissing when it does not."""
        if not is_name(sha256) or not self._path(sha256).is_file():
            raise AssetNotHere(sha256)
        return self._path(sha256)

    def holds(self, sha256: str, size: int) -> bool:
        """Tell whether a file lies here in full length."""
        return _is_whole(self._path(sha256), size)

    def place_for(self, sha256: str) -> Path:
        """Return where a file of this hash is to lie; for what comes from other PCs (arrivals).

        Raises AssetNotHere.
        """
        if not is_name(sha256):
            raise AssetNotHere(sha256)
        return self._path(sha256)

    def read(self, sha256: str) -> bytes:
        """Return a file's bytes, checked against their hash. Raises AssetMissing."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise AssetMissing(sha256)
        return content

    def set_aside(self, sha256: str) -> None:
        """Let a file that is no longer what it was count as missing; it stays under another name."""
        path = self._path(sha256)
        path.replace(_aside(path))

    def room(self) -> int:
        """Return how many bytes the disk of the store still takes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _remove(self, sha256: str) -> bool:
        """Let a file lie here no more, nor what was set aside of it; tell whether it lay here."""
        path = self._path(sha256)
        lay_here = path.exists()
        path.unlink(missing_ok=True)
        _aside(path).unlink(missing_ok=True)
        return lay_here

    def _write(self, folder: Path, blocks: Iterator[bytes]) -> Written:
        path = folder / f"{os.getpid()}-{os.urandom(8).hex()}.part"
        return Written(path, *write_new(path, blocks))

    def _bring_down(self, written: Written) -> None:
        """Make sure that no power cut undoes what was written, before it is named."""
        try:
            flush_files((written.path,))
        except BaseException:
            written.path.unlink(missing_ok=True)
            raise

    def _place(self, written: Written) -> None:
        """Move a file under its hash, where it is not there already."""
        self._bring_down(written)
        final = self._path(written.sha256)
        if _is_whole(final, written.size):
            written.path.unlink(missing_ok=True)
            return
        try:
            os.replace(written.path, final)  # noqa: PTH105  ten thousand times in one transaction
        except FileNotFoundError:
            final.parent.mkdir(exist_ok=True)
            written.path.replace(final)
        self._moved_to(final)

    def _moved_to(self, final: Path) -> None:
        """Make sure that no power cut undoes the move."""
        sync_folder(final.parent)

    def _path(self, sha256: str) -> Path:
        return self._folder.joinpath(sha256[:2], sha256)


def is_name(sha256: str) -> bool:
    """Tell whether something is written as the hash of a file is."""
    return _SHA256.fullmatch(sha256) is not None


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _is_whole(path: Path, size: int) -> bool:
    try:
        facts = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and facts.st_size == size
