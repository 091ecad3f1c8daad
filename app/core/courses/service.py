"""Courses: imported or made, edited as drafts, published as versions that never change."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.approvals import ApprovalAsked
from app.core.base.actor import Actor, Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import AssetStore, absent_files
from app.core.courses.approving import CourseApproving, require_open
from app.core.courses.beginning import Beginning
from app.core.courses.codes import code_from, free_code, require_free
from app.core.courses.coming_back import bring_back_signed, end_retirements
from app.core.courses.course_files import courses_without_files
from app.core.courses.editing import with_fresh_keys
from app.core.courses.folder import Limits
from app.core.courses.folder_check import check_folder
from app.core.courses.folder_export import FolderExport
from app.core.courses.folder_import import FolderImport, ImportBlocked
from app.core.courses.models import CourseRow, CourseVersionRow
from app.core.courses.names import MAX_TITLE
from app.core.courses.outline import LessonPlan, Outline, assets_of, from_json, to_json
from app.core.courses.publishing import (
    PublishHooks,
    PublishWarning,
    problems_in,
    publish_reason,
    put_in_force,
    require_confirmed,
    warnings_in,
    write_confirmation,
    write_version,
)
from app.core.courses.queries import course_detail, course_page, course_row, newest_outline
from app.core.courses.releases import PublishedCourse, ReleasedVersion, Releases
from app.core.courses.reviews import CourseReviews, course_kinds
from app.core.courses.rules import (
    NothingToPublish,
    NotPublishable,
    require_valid,
)
from app.core.courses.samples import CourseSample
from app.core.courses.search import CourseIndex, withdraw
from app.core.courses.sources import LessonSource
from app.core.courses.types import (
    CourseDetail,
    CourseHits,
    CourseSummary,
    ImportReport,
    NewCourse,
)
from app.core.journal import Site, Unit
from app.core.signatures import Undersigned

_NO_LIMITS_GIVEN = Limits()


class Courses:
    """What is taught. Bootstrap fills the hooks; everything else is one thing somebody does."""

    def __init__(
        self,
        site: Site,
        assets: AssetStore,
        sources: Sequence[LessonSource],
        limits: Limits = _NO_LIMITS_GIVEN,
    ) -> None:
        hooks = PublishHooks()
        self.publish_checks = hooks.checks
        self.publish_warnings = hooks.warnings
        self.on_published = hooks.on_published
        self.also_written_by = hooks.authors
        self.index = CourseIndex(site, assets)
        self.reviews = CourseReviews(site, assets)
        self.approving = CourseApproving(site, assets, self.index, hooks, self.reviews.reviewed)
        self.approval_kinds = course_kinds(self.reviews, self.approving)
        self._site = site
        self._assets = assets
        self._sources = tuple(sources)
        self._limits = limits
        self._releases = Releases()
        self._importing = FolderImport(site, assets, self.index, limits)
        self.on_sample = self._importing.on_sample
        self.beginning = Beginning(site, self._sources, limits, self._importing)
        self.exporting = FolderExport(site, assets)

    def check_folder(
        self, actor: Actor, folder: Path | CourseSample, progress: Progress
    ) -> ImportReport:
        """Say what would become of a folder, a file or a sample. Writes nothing. Raises FolderRefused."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        if isinstance(folder, Path):
            return check_folder(folder, self._sources, self._limits, progress)
        return self.beginning.check(actor, folder, progress)

    def import_folder(self, actor: Actor, folder: Path | ImportReport, progress: Progress) -> UUID:
        """Make a draft course of a folder; return its id.

        A report in hand is the confirmation that what it blocks may be left out; of a path nothing
        may be. Raises ImportBlocked, FolderRefused, FolderChanged, NotEnoughRoom, CodeTaken.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        if isinstance(folder, ImportReport):
            return self._importing.apply(actor, folder, progress)
        report = check_folder(folder, self._sources, self._limits, progress)
        if report.problems:
            raise ImportBlocked(report)
        return self._importing.apply(actor, report, progress)

    def lessons_from_file(
        self, actor: Actor, file: Path | ImportReport, progress: Progress
    ) -> tuple[LessonPlan, ...]:
        """Keep a file and return what it is as a lesson, to be inserted into an outline.

        A report in hand is the confirmation that what it names may be left out. Raises ImportBlocked.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        if isinstance(file, ImportReport):
            return self._importing.lessons(actor, file, progress)
        report = check_folder(file, self._sources, self._limits, progress)
        if report.problems:
            raise ImportBlocked(report)
        return self._importing.lessons(actor, report, progress)

    def create(self, actor: Actor, new: NewCourse) -> UUID:
        """Begin an empty course; return its id. Raises OutlineInvalid, CodeTaken."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        outline = Outline(title=new.title.strip(), language=new.language, topic=new.topic)
        require_valid(outline)
        with self._site.transaction(actor, "course.create") as unit:
            return _add_course(unit, outline, new.code.strip())

    def duplicate(self, actor: Actor, course_id: UUID, title: str = "") -> UUID:
        """Begin another course with the same lessons; return its id."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        outline = self.draft_of(actor, course_id)
        name = title.strip() or _("{title} (copy)").format(title=outline.title)[:MAX_TITLE]
        copy = with_fresh_keys(replace(outline, title=name, titles={}))
        require_valid(copy)
        with self._site.transaction(actor, "course.duplicate") as unit:
            return _add_course(unit, copy, "")

    def save_draft(self, actor: Actor, course_id: UUID, outline: Outline) -> None:
        """Keep an outline as the course's draft. Raises OutlineInvalid, CourseRetired, CourseInReview."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        require_valid(outline)
        with self._site.transaction(actor, "course.edit") as unit:
            row = course_row(unit, course_id)
            require_open(unit, row, self.approving.today)
            current = _published_outline(unit, row)
            row.draft = None if current == outline else to_json(outline)
            if current is None:
                row.title = outline.title
                row.topic = outline.topic

    def discard_draft(self, actor: Actor, course_id: UUID) -> None:
        """Go back to what is published. Raises NothingToPublish where nothing is."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "course.discard-draft") as unit:
            row = course_row(unit, course_id)
            require_open(unit, row, self.approving.today)
            if row.current_version_id is None:
                raise NothingToPublish
            row.draft = None

    def list(self, actor: Actor, request: PageRequest) -> Page[CourseSummary]:
        """Return one stretch of the courses."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return course_page(session, request)

    def without_files(self, actor: Actor) -> dict[UUID, int]:
        """Return of each course of which files are not on this PC how many they are."""
        actor.require(Capability.MANAGE_SITE)
        with self._site.read() as session:
            absent = absent_files(session, self._assets)
            return courses_without_files(session, self._assets, absent)

    def detail(self, actor: Actor, course_id: UUID) -> CourseDetail:
        """Return one course in full. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return course_detail(session, course_id, self.approving.today)

    def draft_of(self, actor: Actor, course_id: UUID) -> Outline:
        """Return what an author goes on with: the draft, else the version in use."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        return self._newest(course_id)

    def preview(self, actor: Actor, course_id: UUID) -> Outline:
        """Return what a learner would see if it were published now; watching it leaves no record."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        return self._newest(course_id)

    def version(self, version_id: UUID) -> ReleasedVersion:
        """Return a published version, for features above, which have checked who asks."""
        with self._site.read() as session:
            return self._releases.version(session, version_id)

    def problems(self, actor: Actor, course_id: UUID) -> tuple[str, ...]:
        """Return what keeps a course from being published, as sentences; none when nothing does."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            outline = newest_outline(session, course_id)
            return problems_in(session, self._assets, outline, self.publish_checks)

    def warnings(self, actor: Actor, course_id: UUID) -> tuple[PublishWarning, ...]:
        """Return what must be confirmed before a course is published. May look into every file."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            return warnings_in(session, newest_outline(session, course_id), self.publish_warnings)

    def publish(
        self,
        actor: Actor,
        course_id: UUID,
        note: str = "",
        confirmed: Collection[PublishWarning] = (),
    ) -> PublishedCourse:
        """Make the draft the version that new learners begin; what is amiss must be confirmed.

        Raises NotPublishable, NothingToPublish, NotConfirmed, ApprovalAsked.
        """
        actor.require_anywhere(Capability.PUBLISH_COURSES)
        with self._site.read() as session:
            outline = newest_outline(session, course_id)
            reason = publish_reason(note, warnings_in(session, outline, self.publish_warnings))
        self.index.take_in(assets_of(outline), NoProgress())
        with self._site.transaction(actor, "course.publish", reason=reason) as unit:
            unit.take_turn("course", course_id)
            row = course_row(unit, course_id)
            require_open(unit, row, self.approving.today)
            self._require_unasked(unit)
            if row.draft is None:
                raise NothingToPublish
            outline = from_json(row.draft)
            if problems := problems_in(unit, self._assets, outline, self.publish_checks):
                raise NotPublishable(problems)
            warnings = warnings_in(unit, outline, self.publish_warnings)
            require_confirmed(warnings, confirmed)
            now = self._site.clock.now()
            published = write_version(unit, actor, row, outline, at=now, note=note)
            put_in_force(unit, row, published)
            write_confirmation(unit, actor, published.version_id, warnings, at=now)
            for hook in self.on_published:
                hook(unit, published)
            self.index.publish(unit.connection(), course_id, outline)
        return published

    def retire(self, actor: Actor, course_id: UUID, reason: str = "") -> None:
        """Take a course out of use: nobody begins it any more, its records stay.

        Raises CourseRetired, CourseInReview, and ApprovalAsked where it has to be proposed.
        """
        actor.require_anywhere(Capability.PUBLISH_COURSES)
        with self._site.transaction(actor, "course.retire", reason=reason) as unit:
            row = course_row(unit, course_id)
            require_open(unit, row, self.approving.today)
            self._require_unasked(unit)
            row.retired_at = self._site.clock.now()
            withdraw(unit.connection(), course_id)

    def bring_back(
        self,
        actor: Actor,
        course_id: UUID,
        reason: str = "",
        signed: Undersigned | None = None,
    ) -> None:
        """Let a retired course be begun again: signed where the site asks for approvals (`approving.return_text`).

        There raises NotSigned, ReasonMissing, OwnRetirement, ReadOtherwise, and what signing does.
        """
        actor.require_anywhere(Capability.PUBLISH_COURSES)
        with self._site.transaction(actor, "course.bring-back", reason=reason) as unit:
            unit.take_turn("course", course_id)
            row, now = course_row(unit, course_id), self._site.clock.now()
            if self.approving.is_asked(unit):
                bring_back_signed(unit, actor, row, reason, signed, now)
            else:
                row.retired_at = None
                end_retirements(unit, actor, course_id, reason=reason, now=now)
            current = _published_outline(unit, row)
            if current is not None:
                self.index.publish(unit.connection(), course_id, current)

    def search(self, actor: Actor, text: str) -> tuple[CourseHits, ...]:
        """Find published courses by words in titles, pages, captions and PDFs, as they are typed."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        return self.index.search(text)

    def _require_unasked(self, unit: Unit) -> None:
        if self.approving.is_asked(unit):
            raise ApprovalAsked

    def _newest(self, course_id: UUID) -> Outline:
        with self._site.read() as session:
            return newest_outline(session, course_id)


def _add_course(unit: Unit, outline: Outline, code: str) -> UUID:
    if code:
        require_free(unit, code)
    row = CourseRow(
        code=code or free_code(unit, code_from(outline.title)),
        title=outline.title,
        topic=outline.topic,
        draft=to_json(outline),
    )
    unit.add(row)
    unit.flush()
    return row.id


def _published_outline(session: Session, row: CourseRow) -> Outline | None:
    if row.current_version_id is None:
        return None
    return from_json(session.get_one(CourseVersionRow, row.current_version_id).outline)
