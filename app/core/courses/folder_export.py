"""A course as a folder that an import makes the same course of: its files, and `course.toml` beside them."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.content import ASSET_SCHEME, AssetStore, StoredAsset, read_package_index, suffix_of
from app.core.courses.course_file import COURSE_FILE
from app.core.courses.course_file_writing import course_file, plain_name
from app.core.courses.lesson_sources.statement import STATEMENT_SUFFIX, statement_file
from app.core.courses.outline import LessonPlan, Outline, Variant, assets_of
from app.core.courses.queries import course_row, newest_outline
from app.core.egress import Egress, FileKind, Leaving
from app.core.journal import Site

Given = tuple[str, bytes | Path]
"""A file of the folder: its name there, and what it holds or where that lies."""
_PICTURES = "pictures"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can tell: the same course gives the same bytes."""


@dataclass(frozen=True, slots=True)
class GivenLesson:
    """A lesson of a kind that other features keep, as files."""

    base: str
    """What the names of its files share: what `course.toml` calls it."""
    files: tuple[Given, ...]


LessonGiver = Callable[[Session, LessonPlan, str], GivenLesson]
"""Gives a lesson as files whose names begin with what it is handed."""


class FolderExport:
    """Writes courses out."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        self._egress = Egress(site)
        self.givers: dict[str, LessonGiver] = {"acknowledgement": _statement}
        """By kind of lesson, for those that are no stored files; filled by bootstrap."""

    def export(self, actor: Actor, course_id: UUID, folder: Path, progress: Progress) -> int:
        """Write the course as its authors have it now into a new folder; return how many files there are.

        Raises NotFound, AssetMissing, FileTaken, CannotSave, DiskFull, PlaceGone, PlaceReadOnly.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with tempfile.TemporaryDirectory(prefix="daksha-course-") as room:
            with self._site.read() as session:
                row, outline = course_row(session, course_id), newest_outline(session, course_id)
                work = _Writing(session, self._assets, self.givers, Path(room), outline)
                files = list(work.files(row.code, row.topic, progress))
            leaving = Leaving(kind=FileKind.COURSE, title=outline.title, records=len(files))
            return self._egress.save_set(actor, folder, files, leaving)


class _Writing:
    """One course on its way out."""

    def __init__(
        self,
        session: Session,
        assets: AssetStore,
        givers: dict[str, LessonGiver],
        room: Path,
        outline: Outline,
    ) -> None:
        self._session, self._assets, self._givers = session, assets, givers
        self._room, self._outline = room, outline
        self._stored = assets.stored(session, assets_of(outline))

    def files(self, code: str, topic: str, progress: Progress) -> Iterator[Given]:
        """Yield every file, each name once; the course's own comes last."""
        bases: list[str] = []
        seen: set[str] = set()
        for place, lesson in enumerate(self._outline.lessons, start=1):
            progress.step(place, len(self._outline.lessons), lesson.title)
            given = self._lesson(lesson, f"{place:02}-{plain_name(lesson.title)}")
            bases.append(given.base)
            # a picture of a question stands in each language of its quiz
            for name, content in given.files:
                if name not in seen:
                    seen.add(name)
                    yield name, content
        yield COURSE_FILE, course_file(self._outline, code, topic, bases).encode()

    def _lesson(self, lesson: LessonPlan, base: str) -> GivenLesson:
        giver = self._givers.get(lesson.kind)
        if giver is not None:
            return giver(self._session, lesson, base)
        return GivenLesson(base, tuple(self._variants(lesson, base)))

    def _variants(self, lesson: LessonPlan, base: str) -> Iterator[Given]:
        for variant in lesson.variants:
            is_main = variant.language == self._outline.language
            name = base if is_main else f"{base}.{variant.language}"
            yield from self._variant(lesson.kind, variant, name)
            for caption in variant.captions:
                track = self._stored[caption.asset]
                yield f"{base}.{caption.language}{_suffix(track)}", self._path(caption.asset)

    def _variant(self, kind: str, variant: Variant, name: str) -> Iterable[Given]:
        if kind == "page":
            return self._page(variant, name)
        if kind == "package":
            return [self._package(variant, name)]
        return [(name + _suffix(self._stored[variant.asset]), self._path(variant.asset))]

    def _page(self, variant: Variant, name: str) -> Iterator[Given]:
        """Yield a page and its pictures, which it names by where they lie now."""
        html = self._assets.read(variant.asset).decode()
        for part in variant.parts:
            place = f"{_PICTURES}/{part[:16]}{_suffix(self._stored[part])}"
            html = html.replace(f"{ASSET_SCHEME}{part}", place)
            yield place, self._path(part)
        yield f"{name}.html", html.encode()

    def _package(self, variant: Variant, name: str) -> Given:
        """Return a package as the archive that it came in: the same files under the same names."""
        stored = self._stored[variant.asset]
        suffix = ".h5p" if stored.name.casefold().endswith(".h5p") else ".zip"
        packed = self._room / variant.asset
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in read_package_index(self._assets, variant.asset).files:
                told = ZipInfo(file.name, _LONG_AGO)
                told.compress_type, told.file_size = ZIP_DEFLATED, file.size
                with (
                    self._path(file.sha256).open("rb") as content,
                    archive.open(told, "w") as place,
                ):
                    while block := content.read(1 << 20):
                        place.write(block)
        return name + suffix, packed

    def _path(self, sha256: str) -> Path:
        return self._assets.path(sha256)


def _suffix(stored: StoredAsset) -> str:
    """Return how the name of a file ends: as it came, unless that says something else."""
    came = PurePosixPath(stored.name).suffix.casefold()
    return suffix_of(stored.media_type, came)


def _statement(_session: Session, lesson: LessonPlan, base: str) -> GivenLesson:
    return GivenLesson(base, ((base + STATEMENT_SUFFIX, statement_file(lesson.body)),))
