"""A sample becomes a course of the plant's own: its places are filled in, then it is imported as a draft."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.courses.codes import code_free_now
from app.core.courses.folder import Limits
from app.core.courses.folder_check import check_folder
from app.core.courses.folder_import import FolderImport
from app.core.courses.sample_places import filled_copy
from app.core.courses.samples import CourseSample, as_begun
from app.core.courses.sources import LessonSource
from app.core.courses.types import ImportReport
from app.core.journal import Site

_ORGANISATION = "organisation"


class Beginning:
    """Begins courses from samples. What nobody filled in stays in brackets, and publishing asks about it."""

    def __init__(
        self,
        site: Site,
        sources: Sequence[LessonSource],
        limits: Limits,
        importing: FolderImport,
    ) -> None:
        self.organisation: Callable[[], str] = str
        """What the site calls itself; bootstrap knows."""
        self._site = site
        self._sources = sources
        self._limits = limits
        self._importing = importing

    def check(self, actor: Actor, sample: CourseSample, progress: Progress) -> ImportReport:
        """Say what would become of a sample, its places open. Writes nothing."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        report = check_folder(sample.path, self._sources, self._limits, progress)
        return self._begun(report, sample)

    def known(self, actor: Actor, sample: CourseSample) -> Mapping[str, str]:
        """Return by key what this site knows of the places of a sample by itself."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        return {
            key: name
            for place in sample.places
            if place.key == _ORGANISATION and (name := self.organisation())
            for key in place.keys().values()
        }

    def begin(
        self,
        actor: Actor,
        sample: CourseSample,
        untrusted_values: Mapping[str, str],
        progress: Progress,
    ) -> UUID:
        """Make a draft of a sample with these values in its places; return its id.

        Raises PlaceRefused, NotEnoughRoom.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with filled_copy(sample.path, untrusted_values) as folder:
            report = check_folder(folder, self._sources, self._limits, progress)
            return self._importing.apply(actor, self._begun(report, sample), progress)

    def _begun(self, report: ImportReport, sample: CourseSample) -> ImportReport:
        with self._site.read() as session:
            return as_begun(report, sample, code_free_now(session, report.code))
