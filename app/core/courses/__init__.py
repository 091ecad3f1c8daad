"""Courses: what is taught, as drafts, published versions and lessons."""

from app.core.courses.outline import Caption, CompletionRule, LessonPlan, Outline, Variant
from app.core.courses.releases import PublishedCourse, ReleasedVersion, Releases
from app.core.courses.sources import Finding, LessonDraft, LessonSource, SourceFile

__all__ = [
    "Caption",
    "CompletionRule",
    "Finding",
    "LessonDraft",
    "LessonPlan",
    "LessonSource",
    "Outline",
    "PublishedCourse",
    "ReleasedVersion",
    "Releases",
    "SourceFile",
    "Variant",
]
