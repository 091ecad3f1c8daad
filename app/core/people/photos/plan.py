"""What a folder of photos would do: looked at file by file, nothing written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _, mark
from app.core.people.photos.errors import FolderUnreadable, PhotoRefused, PictureTooLarge
from app.core.people.photos.squaring import MOST_BYTES, squared

_MOST_FILES = 5000
"""In one folder: what was looked at is kept in memory until it is taken, 20 kB each."""
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})


class PhotoTrouble(StrEnum):
    """Why a file of a folder is not taken."""

    UNKNOWN = "unknown"
    """Nobody has the number that it is named by, or two have it."""
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    TWICE = "twice"
    """Another file is named by the same number."""
    LEFT = "left"
    NOT_YOURS = "not_yours"


PHOTO_TROUBLES = {
    PhotoTrouble.UNKNOWN: mark("Nobody here has this number"),
    PhotoTrouble.TOO_LARGE: mark("Too large for a photo of a person"),
    PhotoTrouble.UNREADABLE: mark("Not a picture that can be read"),
    PhotoTrouble.TWICE: mark("Two files for one person"),
    PhotoTrouble.LEFT: mark("Has left"),
    PhotoTrouble.NOT_YOURS: mark("Not yours to manage"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A file of the folder, and what becomes of it."""

    name: str
    """The file's."""
    number: str
    """By which it is named, in capitals."""
    person_id: UUID | None = None
    person: str = ""
    trouble: PhotoTrouble | None = None
    is_same: bool = False
    """They have this photo already."""
    photo: bytes = field(default=b"", repr=False)
    """What would be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPlan:
    """The files of a folder by name."""

    folder: str
    files: tuple[PhotoFile, ...]

    @property
    def matched(self) -> tuple[PhotoFile, ...]:
        """Return those that are taken: of people who have no photo, or another."""
        return tuple(one for one in self.files if one.trouble is None and not one.is_same)

    @property
    def same(self) -> tuple[PhotoFile, ...]:
        """Return those that people have already."""
        return tuple(one for one in self.files if one.is_same)

    @property
    def troubled(self) -> tuple[PhotoFile, ...]:
        """Return those that are not taken."""
        return tuple(one for one in self.files if one.trouble is not None)

    def count(self, trouble: PhotoTrouble) -> int:
        """Return how many are not taken for one reason."""
        return sum(one.trouble is trouble for one in self.files)


def files_in(folder: Path) -> list[Path]:
    """Return the pictures that lie in a folder, by name; what is no picture by its ending is passed over.

    Raises FolderUnreadable.
    """
    try:
        found = [path for path in folder.iterdir() if _is_picture(path)]
    except OSError as refusal:
        raise FolderUnreadable(folder.name, why_refused(refusal)) from refusal
    if len(found) > _MOST_FILES:
        reason = _("It holds {count} pictures; at most {most} are taken at once.")
        raise FolderUnreadable(folder.name, reason.format(count=len(found), most=_MOST_FILES))
    return sorted(found, key=lambda path: path.name.casefold())


def read_files(paths: list[Path], progress: Progress) -> Iterator[PhotoFile]:
    """Yield each file with the photo it would give, or why it gives none."""
    for done, path in enumerate(paths):
        progress.step(done, len(paths), path.name)
        name, number = path.name, " ".join(path.stem.split()).upper()
        try:
            yield PhotoFile(name=name, number=number, photo=read_photo(path))
        except PictureTooLarge:
            yield PhotoFile(name=name, number=number, trouble=PhotoTrouble.TOO_LARGE)
        except PhotoRefused:
            yield PhotoFile(name=name, number=number, trouble=PhotoTrouble.UNREADABLE)
    progress.step(len(paths), len(paths))


def read_photo(path: Path) -> bytes:
    """Return a file as somebody's photo. Raises PhotoRefused."""
    try:
        with path.open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
    except OSError as refusal:
        raise PhotoRefused(
            path.name, _("{name} could not be read."), why_refused(refusal)
        ) from refusal
    return squared(untrusted, path.name)


def _is_picture(path: Path) -> bool:
    return path.suffix.casefold() in _SUFFIXES and not path.name.startswith(".") and path.is_file()
