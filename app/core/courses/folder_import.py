"""A folder becomes a course: files are copied in first, then one short transaction names them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, plural
from app.core.content import AssetStore, Staging
from app.core.courses.codes import free_code, require_free
from app.core.courses.course_file import CourseFile
from app.core.courses.editing import with_fresh_keys
from app.core.courses.folder import FoundFile, Limits
from app.core.courses.joining import LessonGroup, ReadFile, joined
from app.core.courses.models import CourseRow
from app.core.courses.names import visible
from app.core.courses.outline import LessonPlan, Outline, assets_of, to_json
from app.core.courses.rules import require_valid
from app.core.courses.samples import BegunSample, sample_called
from app.core.courses.search import CourseIndex
from app.core.courses.sources import LessonDraft, PackedFiles, SourceFile
from app.core.courses.types import ImportReport
from app.core.journal import Site, Unit
from app.core.storage.room import NoRoom

_Drafts = dict[Path, LessonDraft]


class ImportBlocked(UserFacingError):
    """Some files cannot be imported, and nobody has said yet that the rest should be."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        count = len(report.problems)
        what = plural("{count} problem was found", "{count} problems were found", count)
        super().__init__(
            f"{what}: {report.problems[0].told}",
            safe=_("Nothing was imported."),
            remedy=_("Mend what the report names, or confirm that the rest is imported.")
            if report.can_import
            else _("Mend it and import again."),
        )


class FolderChanged(UserFacingError):
    """A file is not what it was when the folder was checked."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} was changed or removed after the check.").format(name=name),
            safe=_("Nothing was imported."),
            remedy=_("Check the folder again."),
        )


class NotEnoughRoom(NoRoom):
    """The disk of the data folder is too small for what would be copied."""

    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(folder, needed, free, safe=_("Nothing was imported."))


@dataclass(frozen=True, slots=True)
class _Share:
    """The progress of one file, told as part of the whole."""

    progress: Progress
    before: int
    whole: int

    def step(self, done: int, total: int, note: str = "") -> None:  # noqa: ARG002  the whole's total is told
        self.progress.step(self.before + done, self.whole, note)


SampleHook = Callable[[Unit, BegunSample], None]
"""Brings along what belongs to a sample, within the unit that makes its course."""


class FolderImport:
    """Carries out what a check found."""

    def __init__(self, site: Site, assets: AssetStore, index: CourseIndex, limits: Limits) -> None:
        self._site = site
        self._assets = assets
        self._index = index
        self._limits = limits
        self.on_sample: list[SampleHook] = []

    def apply(self, actor: Actor, report: ImportReport, progress: Progress) -> UUID:
        """Make the course as a draft, without the files that are blocked; return its id.

        Raises ImportBlocked.
        """
        if not report.can_import:
            raise ImportBlocked(report)
        plan = report.plan
        with self._site.read() as session:
            if plan.course.code:
                require_free(session, plan.course.code)
        with self._assets.staging() as staging:
            drafts = self._copy(report, staging, progress)
            with self._site.transaction(actor, "course.import", reason=_origin(report)) as unit:
                outline = _outline(unit, staging, report, drafts)
                require_valid(outline)
                row = _new_course(unit, report, outline)
                self._bring_along(unit, actor, report, row, outline.valid_months)
                staging.settle()
        self._read_words(outline, progress)
        return row.id

    def lessons(
        self, actor: Actor, report: ImportReport, progress: Progress
    ) -> tuple[LessonPlan, ...]:
        """Keep the files of lessons that an author adds to a course; return their plans.

        Raises ImportBlocked.
        """
        if not report.can_import:
            raise ImportBlocked(report)
        with self._assets.staging() as staging:
            drafts = self._copy(report, staging, progress)
            with self._site.transaction(actor, "lesson.add", reason=_origin(report)) as unit:
                outline = _outline(unit, staging, report, drafts)
                staging.settle()
        self._read_words(outline, progress)
        return outline.lessons

    def _bring_along(
        self, unit: Unit, actor: Actor, report: ImportReport, row: CourseRow, months: int | None
    ) -> None:
        sample = sample_called(report.sample)
        if sample is None:
            return
        begun = BegunSample(
            sample=sample,
            actor=actor,
            course_id=row.id,
            code=row.code,
            title=row.title,
            valid_months=months,
        )
        for hook in self.on_sample:
            hook(unit, begun)

    def _read_words(self, outline: Outline, progress: Progress) -> None:
        try:
            self._index.take_in(assets_of(outline), progress)
        except Cancelled:
            # The course is in the records already; publishing reads the words that are missing.
            return

    def _copy(self, report: ImportReport, staging: Staging, progress: Progress) -> _Drafts:
        """Copy in what the lessons need, before any lock is taken.

        Return the drafts whose own files were unpacked, with what that gave.
        """
        needed, packed = _needed(report), _packed(report)
        whole = sum(file.size for file in needed) + sum(held.size for _read, held in packed)
        free = self._assets.room()
        if free < whole + self._limits.room_left:
            raise NotEnoughRoom(self._assets.folder, whole + self._limits.room_left, free)
        for file in (*needed, *_archives(report)):
            _require_unchanged(file)
        for content in _contents(report):
            staging.keep(content)
        before = 0
        for file in needed:
            staged = staging.copy(file.path, _Share(progress, before, whole))
            if staged.size != file.size:
                raise FolderChanged(file.name)
            before += file.size
        drafts: _Drafts = {}
        for read, held in packed:
            parsed = held.copy_in(staging, _Share(progress, before, whole))
            drafts[read.file.path] = replace(read.draft, parsed=parsed)
            before += held.size
        staging.flush()
        return drafts


def _origin(report: ImportReport) -> str:
    return visible(report.path.name)


def _needed(report: ImportReport) -> list[FoundFile]:
    plan = report.plan
    paths = {
        path
        for lesson in plan.lessons
        for path in (
            *(kept.path for read in lesson.reads for kept in read.draft.files),
            *(caption.path for caption in lesson.captions),
        )
    }
    return [file for file in plan.found.files if file.path in paths]


def _packed(report: ImportReport) -> list[tuple[ReadFile, PackedFiles]]:
    return [
        (read, read.draft.packed)
        for lesson in report.plan.lessons
        for read in lesson.reads
        if read.draft.packed is not None
    ]


def _archives(report: ImportReport) -> list[FoundFile]:
    paths = {read.file.path for read, _held in _packed(report)}
    return [file for file in report.plan.found.files if file.path in paths]


def _contents(report: ImportReport) -> Iterator[bytes]:
    for lesson in report.plan.lessons:
        for read in lesson.reads:
            yield from read.draft.contents


def _require_unchanged(file: FoundFile) -> None:
    try:
        facts = file.path.stat()
    except OSError as refusal:
        raise FolderChanged(file.name) from refusal
    if (facts.st_size, facts.st_mtime_ns) != (file.size, file.changed_ns):
        raise FolderChanged(file.name)


def _outline(unit: Unit, staging: Staging, report: ImportReport, drafts: _Drafts) -> Outline:
    """Keep what the lessons need and return the course's outline, with lesson keys of its own."""
    course = report.plan.course
    lessons = [_lesson(unit, staging, one, course, drafts) for one in report.plan.lessons]
    return with_fresh_keys(
        Outline(
            title=report.title,
            titles=dict(course.titles),
            description=course.description,
            descriptions=dict(course.descriptions),
            language=course.language,
            topic=course.topic,
            in_order=course.in_order,
            valid_months=course.valid_months,
            certificate=course.certificate,
            lessons=(*lessons, *report.plan.closing),
        )
    )


def _lesson(
    unit: Unit, staging: Staging, lesson: LessonGroup, course: CourseFile, drafts: _Drafts
) -> LessonPlan:
    plans = [
        read.source.store(unit, staging, file, drafts.get(read.file.path, read.draft))
        for read, file in zip(lesson.reads, _told_apart(lesson, course), strict=True)
    ]
    captions = {
        caption.path: staging.add_file(unit, caption.path, caption.media_type, NoProgress()).sha256
        for caption in lesson.captions
    }
    return joined(lesson, plans, course, captions)


def _told_apart(lesson: LessonGroup, course: CourseFile) -> Iterator[SourceFile]:
    """Yield the files of a lesson; those of one in several languages say in which they are."""
    for read in lesson.reads:
        spoken = read.file.language or course.language
        yield read.file if len(lesson.reads) == 1 else replace(read.file, told_apart=spoken)


def _new_course(unit: Unit, report: ImportReport, outline: Outline) -> CourseRow:
    wished = report.plan.course.code
    if wished:
        require_free(unit, wished)
    row = CourseRow(
        code=wished or free_code(unit, report.code),
        title=outline.title,
        topic=outline.topic,
        draft=to_json(outline),
    )
    unit.add(row)
    unit.flush()
    return row
