"""Which stored files a course needs, and which of them are not on this PC."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.content import (
    PACKAGE_TYPE,
    AssetMissing,
    AssetStore,
    PackageUnreadable,
    StoredAsset,
    converted_files,
    films_within,
    read_package_index,
    stored_files,
)
from app.core.courses.models import CourseRow, CourseVersionRow
from app.core.courses.outline import (
    Outline,
    OutlineUnreadable,
    assets_of,
    from_json,
    languages_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFiles:
    """The files of one course: of every version that learners began, and of what is in work."""

    id: UUID
    code: str
    title: str
    files: tuple[StoredAsset, ...]
    """Those that are on record; what lies within a package after its index."""
    languages: tuple[str, ...] = ()
    """That it can be learned in, its own first."""


@dataclass(slots=True)
class _Named:
    """What the outlines of a course name."""

    assets: set[str] = field(default_factory=set)
    languages: dict[str, None] = field(default_factory=dict)


def files_of_courses(session: Session, assets: AssetStore) -> Iterator[CourseFiles]:
    """Yield the files of every course, by code.

    What a package holds is known once its index is on this PC.
    """
    on_record = _OnRecord(session, assets)
    named = _named(session)
    courses = sa.select(CourseRow.id, CourseRow.code, CourseRow.title)
    for course_id, code, title in session.execute(courses.order_by(CourseRow.code, CourseRow.id)):
        names = named.get(course_id, _Named())
        yield CourseFiles(
            id=course_id,
            code=code,
            title=title,
            files=on_record.needed_by(names.assets),
            languages=tuple(names.languages),
        )


def files_of_versions(
    session: Session, assets: AssetStore, version_ids: Collection[UUID]
) -> dict[UUID, tuple[StoredAsset, ...]]:
    """Return the files of published versions, as `files_of_courses` does; of one unreadable here none."""
    on_record = _OnRecord(session, assets)
    rows = session.execute(
        sa.select(CourseVersionRow.id, CourseVersionRow.outline).where(
            CourseVersionRow.id.in_(version_ids)
        )
    )
    return {
        version_id: on_record.needed_by(assets_of(outline) if outline is not None else ())
        for version_id, document in rows
        for outline in (_readable(document),)
    }


def courses_without_files(
    session: Session, assets: AssetStore, absent: Collection[str]
) -> dict[UUID, int]:
    """Return of each course of which files are not on this PC how many they are."""
    if not absent:
        return {}
    counted = {
        course.id: sum(file.sha256 in absent for file in course.files)
        for course in files_of_courses(session, assets)
    }
    return {course_id: count for course_id, count in counted.items() if count}


class _OnRecord:
    """One look at the stored files."""

    def __init__(self, session: Session, assets: AssetStore) -> None:
        self._session = session
        self._assets = assets
        self._known = {asset.sha256: asset for asset in stored_files(session)}
        self._instead = converted_files(session)

    def needed_by(self, named: Collection[str]) -> tuple[StoredAsset, ...]:
        """Return the files with these hashes, with what lies within them and what is played instead."""
        found: dict[str, None] = {}
        for sha256 in sorted(named):
            within = _within(self._session, self._assets, self._known.get(sha256))
            for each in (sha256, *within):
                found[each] = None
                found.update(dict.fromkeys(self._instead.get(each, ())))
        return tuple(self._known[sha256] for sha256 in found if sha256 in self._known)


def _named(session: Session) -> dict[UUID, _Named]:
    """Return by course what its outlines name."""
    drafts = sa.select(CourseRow.id, CourseRow.draft).where(CourseRow.draft.is_not(None))
    versions = sa.select(CourseVersionRow.course_id, CourseVersionRow.outline)
    named: dict[UUID, _Named] = {}
    for course_id, document in (*session.execute(drafts), *session.execute(versions)):
        outline = _readable(document)
        if outline is not None:
            names = named.setdefault(course_id, _Named())
            names.assets |= assets_of(outline)
            names.languages.update(dict.fromkeys(languages_of(outline)))
    return named


def _readable(document: dict[str, Any] | None) -> Outline | None:
    try:
        return from_json(document) if document else None
    except OutlineUnreadable:
        # An outline of a later version: its files go with whoever can read it.
        return None


def _within(session: Session, assets: AssetStore, asset: StoredAsset | None) -> list[str]:
    """Return the files of a package, and what the conversions of its films in pieces are kept under."""
    if asset is None or asset.media_type != PACKAGE_TYPE:
        return []
    try:
        index = read_package_index(assets, asset.sha256)
        return sorted({*index.assets, *films_within(session, assets, index).values()})
    except (AssetMissing, PackageUnreadable):
        return []
