"""Courses and their versions in words and for scripts, with how each came to be used."""

from app.core.approvals import subject_state_in_words
from app.core.base.figures import day
from app.core.base.words import _
from app.core.courses import CourseDetail, VersionSummary


def version_line(version: VersionSummary) -> str:
    """Say how a version came to be used: approved, or without, since the site did not ask for it."""
    stands = _("published without approval: this site did not ask for it")
    if version.state is not None:
        stands = subject_state_in_words(version.state)
    if version.effective_on is not None:
        since = _("effective from {day}").format(day=day(version.effective_on))
        stands = f"{stands}, {since}"
    return _("Version {number}: {stands}").format(number=version.number, stands=stands)


def version_data(version: VersionSummary) -> dict[str, object]:
    """Return a version for scripts."""
    return {
        "id": str(version.id),
        "number": version.number,
        "sha256": version.sha256,
        "published_at": version.published_at.isoformat(),
        "note": version.note,
        "confirmed": [warning.sentence for warning in version.confirmed],
        "approval": version.state.value if version.state else None,
        "effective_on": version.effective_on,
    }


def course_data(detail: CourseDetail) -> dict[str, object]:
    """Return a course with its lessons and versions for scripts."""
    return {
        "id": str(detail.id),
        "code": detail.code,
        "title": detail.outline.title,
        "version": detail.versions[0].number if detail.versions else None,
        "state": detail.state.value,
        "lessons": [
            {"id": str(lesson.key), "kind": lesson.kind, "title": lesson.title}
            for lesson in detail.outline.lessons
        ],
        "versions": [version_data(version) for version in detail.versions],
        "submitted": [version_data(version) for version in detail.submitted],
    }
