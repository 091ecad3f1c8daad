"""The documents of QTI, of whatever version: told by what they begin with, alone or in an archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from app.core.assessments.formats.addresses import unquote
from app.core.assessments.formats.base import ZIP, NotThisFormat
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.markup_xml import Rename
from app.core.assessments.formats.xml_reading import looks_like
from app.core.assessments.markup import PLUGIN_FILE
from app.core.content import Archive, ArchiveRefused, Entry

_HEAD = 4096
_MEDIA_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """What the documents of a version are known by."""

    roots: tuple[str, ...]
    """Elements with which one begins."""
    alone: tuple[str, ...]
    """Ends of the name of one that is a file by itself."""
    packed: tuple[str, ...]
    """Ends of the name of one that lies in an archive."""

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is a document, or an archive in which one lies."""
        lower = name.lower()
        if lower.endswith(self.alone):
            return looks_like(untrusted, *self.roots)
        if not lower.endswith(".zip") or not untrusted.startswith(ZIP):
            return False
        try:
            with Archive(BytesIO(untrusted), name=name) as archive:
                return next(self.entries(archive), None) is not None
        except ArchiveRefused:
            return False

    def entries(self, archive: Archive) -> Iterator[Entry]:
        """Yield those that lie in an archive. Raises ArchiveRefused."""
        for entry in archive.entries.values():
            if entry.name.lower().endswith(self.packed) and looks_like(
                archive.head(entry, _HEAD), *self.roots
            ):
                yield entry


@contextmanager
def opened(untrusted: bytes, title: str) -> Iterator[Archive]:
    """Open an archive for a while. Raises NotThisFormat naming `title`, at whatever cannot be read."""
    try:
        with Archive(BytesIO(untrusted)) as archive:
            yield archive
    except ArchiveRefused as error:
        raise NotThisFormat(title) from error


def renamer(archive: Archive, place: str, found: FilesFound) -> Rename:
    """Return how the texts of the document at a place name the files beside it, which are kept."""
    folder = PurePosixPath(place).parent

    def rename(address: str) -> str:
        media = archive.find(_normal(folder / unquote(address.partition("?")[0])))
        if media is None or "://" in address:
            return address
        return PLUGIN_FILE + found.keep(media.name, archive.read(media, _MEDIA_BYTES))

    return rename


def as_it_stands(address: str) -> str:
    """Return an address unchanged: the texts of a document that is alone have no files beside them."""
    return address


def _normal(path: PurePosixPath) -> str:
    """Return a place in an archive without `.` and `..`; what leads out of it finds nothing."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
