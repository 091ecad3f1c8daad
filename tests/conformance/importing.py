"""Imports a package as people do, and tells what became of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.content import (
    AssetStore,
    Cmi5Activity,
    PackageManifest,
    look_over,
    read_package_index,
    standard_words,
)
from app.core.courses import Courses

ACTOR = system_actor()


@dataclass(frozen=True)
class Refused:
    """A package that is not taken."""

    reasons: tuple[str, ...]
    left_nothing: bool
    """Whether nothing of it was kept when somebody tried to import it all the same."""

    @property
    def words(self) -> str:
        """Return what the document says of it."""
        return f"refused: {self.reasons[0]}"


@dataclass(frozen=True)
class Taken:
    """A package that stands in a published course."""

    manifest: PackageManifest

    @property
    def words(self) -> str:
        """Return what the document says of it."""
        count = len(self.manifest.launchable)
        return f"taken: {standard_words(self.manifest)}, {count} {'part' if count == 1 else 'parts'} to open"

    @property
    def counts(self) -> dict[str, int]:
        """Return how many parts it has, in the words of the index of the corpora."""
        inner = list(self.manifest.root.walk())[1:]
        blocks = sum(one.read(Cmi5Activity).is_block for one in inner)
        return {
            "items": len(inner),
            "launchable": len(self.manifest.launchable),
            "AUs": len(inner) - blocks,
            "blocks": blocks,
        }


class Importer:
    """A site that packages are imported into."""

    def __init__(self, courses: Courses, assets: AssetStore, folder: Path) -> None:
        self.courses, self._assets, self._folder = courses, assets, folder

    def outcome(self, path: Path) -> Taken | Refused:
        """Import and publish a package, or find out that and why it cannot be."""
        seen = look_over(path, NoProgress())
        if seen.is_blocked:
            blocking = (one for one in seen.remarks if one.blocks)
            reasons = tuple(f"{one.file}: {one.text}".lstrip(": ") for one in blocking)
            return Refused(reasons, left_nothing=self._leaves_nothing(path))
        course_id = self.courses.import_folder(ACTOR, path, NoProgress())
        self.courses.publish(ACTOR, course_id)
        (lesson,) = self.courses.detail(ACTOR, course_id).outline.lessons
        (variant,) = lesson.variants
        index = read_package_index(self._assets, variant.asset)
        assert (lesson.kind, index.manifest) == ("package", seen.manifest)
        assert index.manifest.title
        assert index.manifest.launchable
        for activity in index.manifest.launchable:
            is_outside = "://" in activity.launch
            assert is_outside or index.file_at(activity.launch) is not None, activity.launch
        return Taken(index.manifest)

    def taken(self, path: Path) -> Taken:
        """Return what an acceptable package is."""
        outcome = self.outcome(path)
        assert isinstance(outcome, Taken), outcome.words
        return outcome

    def refused(self, path: Path) -> Refused:
        """Return why a package is refused; nothing of it is kept."""
        outcome = self.outcome(path)
        assert isinstance(outcome, Refused), outcome.words
        assert outcome.left_nothing
        return outcome

    def _leaves_nothing(self, path: Path) -> bool:
        before = self._files()
        if path.suffix in {".zip", ".h5p"}:  # other files may be lessons in their own right
            with pytest.raises(UserFacingError):
                self.courses.import_folder(ACTOR, path, NoProgress())
        return self._files() == before

    def _files(self) -> set[Path]:
        return {one for one in self._folder.rglob("*") if one.is_file()}
