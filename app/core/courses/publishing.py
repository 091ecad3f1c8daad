"""How a draft becomes a version: checked, written as facts, named by the hash of its outline."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.content import (
    AssetMissing,
    AssetStore,
    PackageUnreadable,
    StoredAsset,
    files_within,
)
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.courses.outline import Outline, assets_of, to_json
from app.core.courses.releases import PublishedCourse
from app.core.journal import Unit
from app.core.storage.columns import canonical_json


def missing_files(session: Session, assets: AssetStore, outline: Outline) -> Iterable[str]:
    """Yield which lessons show files that are not in the store, be it within a package."""
    stored = assets.stored(session, assets_of(outline))
    for lesson in outline.lessons:
        named = assets_of(replace(outline, lessons=(lesson,)))
        if named - stored.keys() or not _is_whole(session, assets, [stored[one] for one in named]):
            yield _("{title}: a stored file is missing or damaged.").format(title=lesson.title)


def _is_whole(session: Session, assets: AssetStore, stored: Iterable[StoredAsset]) -> bool:
    """Tell whether everything that stored files stand for lies in the store as well."""
    try:
        within = frozenset[str]().union(*(files_within(assets, asset) for asset in stored))
    except (AssetMissing, PackageUnreadable):
        return False
    return not within - assets.stored(session, within).keys()


def write_version(
    unit: Unit, actor: Actor, row: CourseRow, outline: Outline, *, at: datetime, note: str
) -> PublishedCourse:
    """Write a version and its lessons, and make it the one that new learners begin."""
    newest = sa.select(sa.func.max(CourseVersionRow.number))
    number = unit.scalar(newest.where(CourseVersionRow.course_id == row.id)) or 0
    document = to_json(outline)
    version = CourseVersionRow(
        id=new_id(),
        course_id=row.id,
        number=number + 1,
        title=outline.title,
        outline=document,
        sha256=hashlib.sha256(canonical_json(document).encode()).hexdigest(),
        published_at=at,
        published_by=actor.account_id,
        note=note,
    )
    unit.add(version)
    unit.flush()
    unit.insert_many(LessonRow, _lesson_rows(version.id, outline))
    row.draft = None
    row.current_version_id = version.id
    row.title = outline.title
    row.topic = outline.topic
    unit.flush()
    return PublishedCourse(
        course_id=row.id,
        version_id=version.id,
        code=row.code,
        number=version.number,
        outline=outline,
    )


def _lesson_rows(version_id: UUID, outline: Outline) -> list[dict[str, object]]:
    return [
        {
            "version_id": version_id,
            "position": position,
            "key": lesson.key,
            "kind": lesson.kind,
            "title": lesson.title,
            "is_required": lesson.is_required,
        }
        for position, lesson in enumerate(outline.lessons, start=1)
    ]
