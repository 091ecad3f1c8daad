"""How a draft becomes a version: checked, written as facts, named by the hash of its outline."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.ids import new_id
from app.core.base.words import _, plural
from app.core.content import (
    AssetMissing,
    AssetStore,
    PackageUnreadable,
    StoredAsset,
    files_within,
)
from app.core.courses.models import (
    CourseRow,
    CourseVersionRow,
    LessonRow,
    PublishConfirmationRow,
)
from app.core.courses.outline import Outline, assets_of, from_json, to_json
from app.core.courses.releases import PublishedCourse
from app.core.courses.rules import publishing_problems
from app.core.journal import Unit
from app.core.storage.columns import canonical_json

PublishCheck = Callable[[Session, Outline], Iterable[str]]
"""Says what keeps an outline from being published, as sentences."""
_TOLD = 5


class Amiss(StrEnum):
    """What may be amiss with a course that is published all the same."""

    RECORDING = "recording"
    """A recording in a package does not play here."""
    PLACES = "places"
    """Something in it has places that only the plant can fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWarning:
    """Something amiss with a file of a lesson that keeps nobody from publishing who knows of it."""

    amiss: Amiss = Amiss.RECORDING
    lesson: str
    file: str
    why: str
    """As a sentence."""

    @property
    def sentence(self) -> str:
        """Return all of it on one line, with the lesson in front."""
        return f"{self.lesson}: {self.file}: {self.why}"


WarningCheck = Callable[[Session, Outline], Iterable[PublishWarning]]
"""Says what somebody must know, and confirm, before an outline is published."""


AuthorsOf = Callable[[Session, Outline, Sequence[Outline]], Collection[UUID]]
"""Says who wrote what an outline takes from elsewhere, and none of the given earlier ones took."""


PublishedHook = Callable[[Unit, PublishedCourse], None]
"""Acts on a version that comes in force, within the transaction that puts it there."""


@dataclass(frozen=True, slots=True)
class PublishHooks:
    """What the features above have to say about publishing; bootstrap fills it."""

    checks: list[PublishCheck] = field(default_factory=list)
    warnings: list[WarningCheck] = field(default_factory=list)
    on_published: list[PublishedHook] = field(default_factory=list)
    authors: list[AuthorsOf] = field(default_factory=list)


class NotConfirmed(UserFacingError):
    """Something is amiss with what would be published, and nobody has said that it may be."""

    def __init__(self, warnings: Sequence[PublishWarning]) -> None:
        self.warnings = tuple(warnings)
        super().__init__(
            _told(warnings),
            safe=_("The course was not published."),
            remedy=_("Mend it, or confirm that it is published all the same."),
        )


def problems_in(
    session: Session, assets: AssetStore, outline: Outline, checks: Iterable[PublishCheck]
) -> tuple[str, ...]:
    """Return what keeps an outline from being published, as sentences."""
    found = [*publishing_problems(outline), *missing_files(session, assets, outline)]
    for check in checks:
        found.extend(check(session, outline))
    return tuple(found)


def warnings_in(
    session: Session, outline: Outline, checks: Iterable[WarningCheck]
) -> tuple[PublishWarning, ...]:
    """Return what must be confirmed before an outline is published."""
    return tuple(warning for check in checks for warning in check(session, outline))


def require_confirmed(
    warnings: Iterable[PublishWarning], confirmed: Collection[PublishWarning]
) -> None:
    """Raise NotConfirmed when something is amiss that nobody has confirmed."""
    known = {(one.lesson, one.file) for one in confirmed}
    news = [one for one in warnings if (one.lesson, one.file) not in known]
    if news:
        raise NotConfirmed(news)


def publish_reason(note: str, warnings: Sequence[PublishWarning]) -> str:
    """Return what the journal keeps as the reason: the note, and what was confirmed."""
    if not warnings:
        return note
    return " ".join(filter(None, (note, _("Confirmed: {what}").format(what=_told(warnings)))))


def warnings_from(document: Iterable[dict[str, Any]]) -> tuple[PublishWarning, ...]:
    """Return warnings as they were kept."""
    return tuple(msgspec.convert(one, PublishWarning) for one in document)


def amiss_words(amiss: Amiss, count: int) -> str:
    """Return how much of one kind is amiss."""
    if amiss is Amiss.PLACES:
        return plural(
            "{count} text has places to be filled in",
            "{count} texts have places to be filled in",
            count,
        )
    return plural("{count} recording would not play", "{count} recordings would not play", count)


def by_kind(
    warnings: Iterable[PublishWarning],
) -> tuple[tuple[Amiss, tuple[PublishWarning, ...]], ...]:
    """Return warnings of each kind together."""
    kept = tuple(warnings)
    kinds = [(kind, tuple(one for one in kept if one.amiss is kind)) for kind in Amiss]
    return tuple((kind, some) for kind, some in kinds if some)


def _told(warnings: Sequence[PublishWarning]) -> str:
    return " ".join(_told_of_kind(kind, some) for kind, some in by_kind(warnings))


def _told_of_kind(kind: Amiss, warnings: Sequence[PublishWarning]) -> str:
    names = ", ".join(one.file for one in warnings[:_TOLD])
    rest = f"{names} …" if len(warnings) > _TOLD else names
    return _("{what}: {files}.").format(what=amiss_words(kind, len(warnings)), files=rest)


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
    """Write a version and its lessons. Nobody begins it before it is put in force."""
    newest = sa.select(sa.func.max(CourseVersionRow.number))
    number = unit.scalar(newest.where(CourseVersionRow.course_id == row.id)) or 0
    document = to_json(outline)
    version = CourseVersionRow(
        id=new_id(),
        course_id=row.id,
        number=number + 1,
        title=outline.title,
        outline=document,
        sha256=sha256_of(outline),
        published_at=at,
        published_by=actor.account_id,
        note=note,
    )
    unit.add(version)
    unit.flush()
    unit.insert_many(LessonRow, _lesson_rows(version.id, outline))
    return PublishedCourse(
        course_id=row.id,
        version_id=version.id,
        code=row.code,
        number=version.number,
        outline=outline,
    )


def sha256_of(outline: Outline) -> str:
    """Return SHA-256 of an outline's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(to_json(outline)).encode()).hexdigest()


def put_in_force(unit: Unit, row: CourseRow, version: PublishedCourse) -> None:
    """Let new learners begin a version; a draft that says more than it stays."""
    if row.draft is not None and from_json(row.draft) == version.outline:
        row.draft = None
    row.current_version_id = version.version_id
    row.title = version.outline.title
    row.topic = version.outline.topic
    unit.flush()


def write_confirmation(
    unit: Unit,
    actor: Actor,
    version_id: UUID,
    warnings: Sequence[PublishWarning],
    *,
    at: datetime,
) -> None:
    """Keep what was amiss with a version when it was published; nothing where nothing was."""
    if warnings:
        unit.add(
            PublishConfirmationRow(
                version_id=version_id,
                warnings=msgspec.to_builtins(warnings),
                confirmed_by=actor.account_id,
                confirmed_at=at,
            )
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
