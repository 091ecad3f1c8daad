"""Tables of courses. A draft is a record; a version, once published, is a fact."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Json
from app.core.storage.tables import Derived, Fact, Record, Scope


class CourseRow(Record):
    """A course under its code, with the outline that is being worked on."""

    __tablename__ = "course"
    table_scope = Scope.CATALOGUE

    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(index=True)
    """Of the draft while there is no version, else of the newest version."""
    topic: Mapped[str] = mapped_column(default="")
    """Name of the icon on the cover."""
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The outline (courses.outline) in work; None when there is nothing unpublished."""
    current_version_id: Mapped[UUID | None] = mapped_column(Id)
    """The version new learners begin."""
    retired_at: Mapped[datetime | None] = mapped_column(Instant)


class CourseVersionRow(Fact):
    """What was published, or submitted to be: the whole outline, for good.

    One that was submitted is begun by nobody before it is approved and effective (approving.py).
    """

    __tablename__ = "course_version"
    __table_args__ = (sa.Index("ix_course_version_course_id_number", "course_id", "number"),)
    table_scope = Scope.CATALOGUE

    course_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course.id"))
    number: Mapped[int]
    title: Mapped[str]
    outline: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """Of the outline's canonical JSON; the outline names every asset by its own hash."""
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[UUID | None] = mapped_column(Id)
    note: Mapped[str] = mapped_column(default="")


class CourseRetirementRow(Fact):
    """It was proposed that a course is used no more; the proposal is approved as versions are."""

    __tablename__ = "course_retirement"
    table_scope = Scope.CATALOGUE

    course_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)


class PublishConfirmationRow(Fact):
    """What somebody knew to be amiss with a version, and published all the same."""

    __tablename__ = "publish_confirmation"
    table_scope = Scope.CATALOGUE

    version_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_version.id"), unique=True)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Lesson, file and why, of each (publishing.PublishWarning)."""
    confirmed_by: Mapped[UUID | None] = mapped_column(Id)
    confirmed_at: Mapped[datetime] = mapped_column(Instant)


class LessonRow(Fact):
    """A lesson of a published version, as a row for progress and reports to point at."""

    __tablename__ = "lesson"
    __table_args__ = (sa.UniqueConstraint("version_id", "position"),)
    table_scope = Scope.CATALOGUE

    version_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_version.id"))
    position: Mapped[int]
    """From 1."""
    key: Mapped[UUID] = mapped_column(Id, index=True)
    """The same lesson keeps its key from version to version."""
    kind: Mapped[str]
    title: Mapped[str]
    is_required: Mapped[bool] = mapped_column(default=True)


class SearchTextRow(Derived):
    """A piece of text that can be searched: a title, or words of a stored file (search)."""

    __tablename__ = "search_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    asset: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """SHA-256 of the file it was read from; None for a title."""
    source: Mapped[str]
    """What kind of text it is (TextSource)."""
    place: Mapped[int] = mapped_column(default=0)
    """The page of a PDF, the second of a recording, else 0."""
    body: Mapped[str]


class SearchPlaceRow(Derived):
    """Where a text stands: a course that can be begun, and one of its lessons."""

    __tablename__ = "search_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("search_text.id"), index=True)
    course_id: Mapped[UUID] = mapped_column(Id, index=True)
    lesson_key: Mapped[UUID | None] = mapped_column(Id)
    """None for the course itself."""
    language: Mapped[str]
