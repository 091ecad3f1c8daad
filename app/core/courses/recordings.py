"""The recordings in a course's packages: which of them pages play, and converting the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.content import (
    PACKAGE_TYPE,
    AssetMissing,
    AssetStore,
    ConversionReport,
    Conversions,
    PackageIndex,
    PackageUnreadable,
    Recording,
    Standard,
    read_package_index,
)
from app.core.courses.outline import LessonPlan, Outline
from app.core.courses.publishing import PublishWarning
from app.core.courses.queries import newest_outline
from app.core.journal import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRecording:
    """A recording of a package, in the lesson that shows it."""

    lesson: str
    """The lesson's title."""
    recording: Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecordings:
    """How the recordings of a course stand."""

    recordings: tuple[LessonRecording, ...]
    can_convert: bool
    """Whether this PC has the program for it; not asked where nothing waits."""

    @property
    def silent(self) -> tuple[LessonRecording, ...]:
        """Return those that do not play."""
        return tuple(one for one in self.recordings if not one.recording.plays)

    @property
    def playing(self) -> int:
        """Return how many play."""
        return len(self.recordings) - len(self.silent)

    @property
    def waiting(self) -> tuple[LessonRecording, ...]:
        """Return those that could be converted."""
        return tuple(one for one in self.silent if one.recording.can_be_converted)


class Recordings:
    """What of a course's packages plays, and making the rest play."""

    def __init__(self, site: Site, assets: AssetStore, conversions: Conversions) -> None:
        self._site = site
        self._assets = assets
        self._conversions = conversions

    def of(self, actor: Actor, course_id: UUID) -> CourseRecordings:
        """Return the recordings of a course as its author goes on with it. Looks into each once."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            found = self._in_outline(session, newest_outline(session, course_id))
        waits = any(one.recording.can_be_converted for one in found)
        return CourseRecordings(
            recordings=found, can_convert=waits and self._conversions.is_possible
        )

    def standards(self, actor: Actor, lesson: LessonPlan) -> frozenset[Standard]:
        """Return what the packages of a lesson speak; of a damaged one nothing: publishing says so."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            packages = self._packages(session, lesson)
        indexes = (self._index(sha256) for sha256 in packages)
        return frozenset(index.manifest.standard for index in indexes if index is not None)

    def convert(self, actor: Actor, course_id: UUID, progress: Progress) -> ConversionReport:
        """Convert what does not play, file by file; what is done is kept when it is stopped.

        Raises ConverterMissing, NotEnoughRoomToConvert, Cancelled.
        """
        silent = (one.recording.sha256 for one in self.of(actor, course_id).silent)
        hashes = [sha256 for sha256 in dict.fromkeys(silent) if sha256]
        return self._conversions.convert(actor, hashes, progress)

    def warnings_of(self, session: Session, outline: Outline) -> Iterable[PublishWarning]:
        """Yield each recording that would not play if this were published."""
        for one in self._in_outline(session, outline):
            if not one.recording.plays:
                yield PublishWarning(
                    lesson=one.lesson, file=one.recording.name, why=one.recording.why
                )

    def _in_outline(self, session: Session, outline: Outline) -> tuple[LessonRecording, ...]:
        return tuple(
            LessonRecording(lesson=lesson.title, recording=recording)
            for lesson in outline.lessons
            for sha256 in self._packages(session, lesson)
            for recording in self._in_package(session, sha256)
        )

    def _packages(self, session: Session, lesson: LessonPlan) -> list[str]:
        named = list(dict.fromkeys(variant.asset for variant in lesson.variants))
        stored = self._assets.stored(session, named)
        return [one for one in named if one in stored and stored[one].media_type == PACKAGE_TYPE]

    def _in_package(self, session: Session, sha256: str) -> tuple[Recording, ...]:
        """Return the recordings of a package; of one that is damaged none: publishing says so."""
        index = self._index(sha256)
        return () if index is None else self._conversions.recordings(session, index)

    def _index(self, sha256: str) -> PackageIndex | None:
        try:
            return read_package_index(self._assets, sha256)
        except (AssetMissing, PackageUnreadable):
            return None
