"""Courses: what is taught, as drafts, published versions and lessons."""

from app.core.courses.approving import CourseApproving, Submitted
from app.core.courses.beginning import Beginning
from app.core.courses.codes import CodeTaken
from app.core.courses.course_files import CourseFiles, files_of_courses, files_of_versions
from app.core.courses.editing import (
    acknowledgement,
    change,
    insert,
    move,
    remove,
    rename,
    set_first_view_lock,
    set_required,
    set_rule,
    statement_body,
)
from app.core.courses.folder import FolderRefused, Limits
from app.core.courses.folder_export import GivenLesson
from app.core.courses.folder_import import FolderChanged, ImportBlocked, NotEnoughRoom
from app.core.courses.in_force import (
    RETIREMENT,
    VERSION,
    GivenCourse,
    GivenVersion,
    given_courses,
)
from app.core.courses.lesson_kinds import LESSON_KINDS, LessonKind, lesson_kind
from app.core.courses.lesson_sources import LESSON_SOURCES
from app.core.courses.outline import (
    Caption,
    CompletionRule,
    LessonPlan,
    Outline,
    Variant,
    assets_of,
    languages_of,
)
from app.core.courses.package_lessons import (
    PackageSettings,
    PackageWindow,
    package_settings,
    with_package_settings,
)
from app.core.courses.places_left import PlacesLeft, places_within, warning_of_places
from app.core.courses.publishing import Amiss, NotConfirmed, PublishWarning, amiss_words, by_kind
from app.core.courses.recordings import CourseRecordings, LessonRecording, Recordings
from app.core.courses.releases import PublishedCourse, ReleasedVersion, Releases
from app.core.courses.reviews import CourseReview, CourseReviews
from app.core.courses.rules import (
    CourseInReview,
    CourseRetired,
    NothingToPublish,
    NotPublishable,
    OutlineInvalid,
    OwnRetirement,
)
from app.core.courses.sample_places import (
    MOST_LETTERS,
    Place,
    PlaceRefused,
    filled_copy,
    places_left,
    sample_places,
)
from app.core.courses.samples import (
    BegunSample,
    CourseSample,
    brought_along,
    course_samples,
    sample_mark,
)
from app.core.courses.search import CourseIndex, indexed_words
from app.core.courses.search_schema import TextSource
from app.core.courses.service import Courses
from app.core.courses.sources import FileToKeep, Finding, LessonDraft, LessonSource, SourceFile
from app.core.courses.types import (
    CourseDetail,
    CourseHits,
    CourseState,
    CourseSummary,
    ImportReport,
    NewCourse,
    PlannedLesson,
    SearchHit,
    VersionSummary,
)
from app.core.courses.written_pages import PAGE_KIND, PageRefused, WrittenPages

__all__ = [
    "LESSON_KINDS",
    "LESSON_SOURCES",
    "MOST_LETTERS",
    "PAGE_KIND",
    "RETIREMENT",
    "VERSION",
    "Amiss",
    "Beginning",
    "BegunSample",
    "Caption",
    "CodeTaken",
    "CompletionRule",
    "CourseApproving",
    "CourseDetail",
    "CourseFiles",
    "CourseHits",
    "CourseInReview",
    "CourseIndex",
    "CourseRecordings",
    "CourseRetired",
    "CourseReview",
    "CourseReviews",
    "CourseSample",
    "CourseState",
    "CourseSummary",
    "Courses",
    "FileToKeep",
    "Finding",
    "FolderChanged",
    "FolderRefused",
    "GivenCourse",
    "GivenLesson",
    "GivenVersion",
    "ImportBlocked",
    "ImportReport",
    "LessonDraft",
    "LessonKind",
    "LessonPlan",
    "LessonRecording",
    "LessonSource",
    "Limits",
    "NewCourse",
    "NotConfirmed",
    "NotEnoughRoom",
    "NotPublishable",
    "NothingToPublish",
    "Outline",
    "OutlineInvalid",
    "OwnRetirement",
    "PackageSettings",
    "PackageWindow",
    "PageRefused",
    "Place",
    "PlaceRefused",
    "PlacesLeft",
    "PlannedLesson",
    "PublishWarning",
    "PublishedCourse",
    "Recordings",
    "ReleasedVersion",
    "Releases",
    "SearchHit",
    "SourceFile",
    "Submitted",
    "TextSource",
    "Variant",
    "VersionSummary",
    "WrittenPages",
    "acknowledgement",
    "amiss_words",
    "assets_of",
    "brought_along",
    "by_kind",
    "change",
    "course_samples",
    "files_of_courses",
    "files_of_versions",
    "filled_copy",
    "given_courses",
    "indexed_words",
    "insert",
    "languages_of",
    "lesson_kind",
    "move",
    "package_settings",
    "places_left",
    "places_within",
    "remove",
    "rename",
    "sample_mark",
    "sample_places",
    "set_first_view_lock",
    "set_required",
    "set_rule",
    "statement_body",
    "warning_of_places",
    "with_package_settings",
]
