"""Before a course is published: what in it still has places that only the plant can fill in."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.content import AssetMissing, AssetStore, probe_pdf
from app.core.courses.outline import LessonPlan, Outline
from app.core.courses.publishing import Amiss, PublishWarning
from app.core.courses.sample_places import places_left
from app.core.documents import places_in


class PlacesLeft:
    """Looks into titles and statements, pages and papers. Questions are looked into above."""

    def __init__(self, assets: AssetStore) -> None:
        self._readers: Mapping[str, Callable[[str], tuple[str, ...]]] = {
            "page": lambda asset: places_in(assets.read(asset).decode()),
            "document": lambda asset: probe_pdf(assets.path(asset)).places,
        }

    def warnings_of(
        self,
        session: Session,  # noqa: ARG002  the store knows its files without
        outline: Outline,
    ) -> Iterable[PublishWarning]:
        """Yield each text that still has places to be filled in (hook of courses)."""
        said = (outline.title, outline.titles, outline.description, outline.descriptions)
        yield from warning_of_places(outline.title, "", places_within(said))
        for lesson in outline.lessons:
            own = (lesson.title, lesson.titles, lesson.body)
            yield from warning_of_places(lesson.title, "", places_within(own))
            yield from self._of_files(lesson)

    def _of_files(self, lesson: LessonPlan) -> Iterator[PublishWarning]:
        read = self._readers.get(lesson.kind)
        for variant in lesson.variants if read is not None else ():
            try:
                places = read(variant.asset) if read is not None else ()
            except AssetMissing:
                continue  # told by what keeps it from being published
            yield from warning_of_places(lesson.title, variant.title, places)


def places_within(document: object) -> tuple[str, ...]:
    """Return the places of samples that are still open in what can be written as JSON."""
    return places_left(msgspec.json.encode(document).decode())


def warning_of_places(lesson: str, file: str, places: tuple[str, ...]) -> Iterator[PublishWarning]:
    """Yield the warning that places are still open; nothing where none is."""
    if places:
        yield PublishWarning(
            amiss=Amiss.PLACES,
            lesson=lesson,
            file=file or lesson,
            why=_("Still to be filled in: {places}.").format(places=", ".join(places)),
        )
