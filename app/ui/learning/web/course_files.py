"""What a package's address gives: one of its files from the store, under the name the package uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.core.base.errors import UserFacingError
from app.core.content import PLAYLIST, AssetStore, PackageFile, PackageIndex

_INDEXES = ("index.html", "index.htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFile:
    """A file on this disk, and what a page is told that it is."""

    path: Path
    media_type: str


class Files(Protocol):
    """What an engine is given to serve."""

    def find(self, untrusted_path: str) -> ServedFile | None:
        """Return the file at a percent-encoded path; None when there is none or it is damaged."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFiles:
    """The files of one package. No address becomes a path: it is looked up among the package's names."""

    index: PackageIndex
    assets: AssetStore
    substitutes: Mapping[str, PackageFile] = field(default_factory=dict)
    """By the place of a recording that this engine cannot play: the converted one, which is served
    in its stead."""

    def find(self, untrusted_path: str) -> ServedFile | None:
        """Return the file at a percent-encoded path; None when there is none or it is damaged."""
        place = untrusted_path.lstrip("/")
        found = self.index.file_at(place) if place else None
        if found is None:
            folder = place.rstrip("/")
            prefix = f"{folder}/" if folder else ""
            inside = (self.index.file_at(prefix + name) for name in _INDEXES)
            found = next((file for file in inside if file is not None), None)
        return None if found is None else self._served(found)

    def _served(self, file: PackageFile) -> ServedFile | None:
        kept = self.substitutes.get(file.name, file)
        try:
            path = self.assets.path(kept.sha256)
        except UserFacingError:  # the page shows a gap; the health page names the file
            return None
        return ServedFile(path=path, media_type=kept.media_type)


def scripts_for(substitutes: Iterable[str]) -> tuple[str, ...]:
    """Return the player's scripts that pages need, where recordings at some places are served as WebM.

    What stands for a film in pieces is opened by the engine itself, so no player of a page may take it.
    """
    places = tuple(substitutes)
    has_films = any(place.casefold().endswith(PLAYLIST) for place in places)
    return (*(("media.js",) if places else ()), *(("pieces.js",) if has_films else ()))
