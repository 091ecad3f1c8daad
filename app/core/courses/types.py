"""What courses give and take: summaries, details, import reports. Plain frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from app.core.approvals import SubjectState
from app.core.content import LookedOver
from app.core.courses.course_file import CourseFile
from app.core.courses.folder import FoundFolder
from app.core.courses.joining import LessonGroup
from app.core.courses.outline import LessonPlan, Outline
from app.core.courses.publishing import PublishWarning
from app.core.courses.search_schema import TextSource
from app.core.courses.sources import Finding


class CourseState(StrEnum):
    """Where a course stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"
    """Published, and being worked on."""
    IN_REVIEW = "in_review"
    """Its draft waits for an approval."""
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """What a course is begun with."""

    title: str
    code: str = ""
    """Empty: one is made from the title."""
    topic: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSummary:
    """A course in a list."""

    id: UUID
    code: str
    title: str
    topic: str
    state: CourseState
    version: int | None
    """Number of the version that new learners begin; None before the first."""
    published_at: datetime | None
    lessons: int
    """Of that version; of the draft before the first."""
    seconds: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSummary:
    """A published version in a list."""

    id: UUID
    number: int
    title: str
    sha256: str
    published_at: datetime
    published_by: UUID | None
    note: str
    confirmed: tuple[PublishWarning, ...] = ()
    """What was known to be amiss when it was published, and confirmed by who did."""
    state: SubjectState | None = None
    """Where its approval stands; None where it was published without one."""
    effective_on: date | None = None
    approval_step: UUID | None = None
    """What the signature of its approval is under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDetail:
    """One course in full."""

    id: UUID
    code: str
    state: CourseState
    current_version_id: UUID | None
    outline: Outline
    """What learners begin; the draft before the first version."""
    draft: Outline | None
    """What is being worked on; None when there is nothing unpublished."""
    versions: tuple[VersionSummary, ...]
    """Those that could be begun at some time, the newest first."""
    submitted: tuple[VersionSummary, ...] = ()
    """Those that never could: in review, approved for a later day, rejected or withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLesson:
    """A lesson that an import would make."""

    title: str
    kind: str
    files: tuple[str, ...]
    languages: tuple[str, ...]
    caption_languages: tuple[str, ...]
    seconds: int
    package: LookedOver | None = field(default=None, repr=False)
    """What a package is; None for everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPlan:
    """What a check found and an import carries out."""

    found: FoundFolder
    course: CourseFile
    lessons: tuple[LessonGroup, ...]
    closing: tuple[LessonPlan, ...]
    """Lessons without a file, after those with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What would become of a folder. Nothing has been written."""

    path: Path
    title: str
    code: str
    topic: str
    lessons: tuple[PlannedLesson, ...]
    findings: tuple[Finding, ...]
    """What stays out first, then in the order of the files."""
    unused: tuple[str, ...]
    """Files of which nothing becomes a lesson."""
    size: int
    """Bytes of all files in the folder."""
    plan: FolderPlan = field(repr=False, compare=False)
    package: LookedOver | None = field(default=None, repr=False)
    """What was looked at, when it is one file that is a package, also one that is blocked."""
    sample: str = ""
    """Key of the sample that it is; "" for what comes from elsewhere."""

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Return what keeps files, or parts of them, out; the rest can be imported all the same."""
        return tuple(finding for finding in self.findings if finding.keeps_out)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what should be known and keeps nothing out."""
        return tuple(finding for finding in self.findings if not finding.keeps_out)

    @property
    def can_import(self) -> bool:
        """Tell whether there is at least one lesson to import."""
        return bool(self.lessons)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A place where the words stand."""

    lesson_key: UUID | None
    """None: in the course's own title."""
    lesson_title: str
    position: int
    """Of the lesson, from 1; 0 for the course itself."""
    source: TextSource
    place: int
    """The page of a PDF, the second of a recording, else 0."""
    language: str
    snippet: str
    """Plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseHits:
    """What was found in one course."""

    course_id: UUID
    code: str
    title: str
    hits: tuple[SearchHit, ...]
