"""Tables of launches: where a learner is in a package, and what the package reported."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Json, Share
from app.core.storage.tables import Derived, Fact, Local, Scope


class PackageStateRow(Local):
    """Where a learner is in a package at this moment: everything its next launch needs."""

    __tablename__ = "package_state"

    registration: Mapped[UUID] = mapped_column(Id, primary_key=True)
    start_id: Mapped[UUID] = mapped_column(Id, index=True)
    lesson_id: Mapped[UUID] = mapped_column(Id)
    state: Mapped[dict[str, Any]] = mapped_column(Json)
    reported: Mapped[dict[str, Any]] = mapped_column(Json)
    """What the newest fact of each activity said, so that only what is new becomes one."""
    updated_at: Mapped[datetime] = mapped_column(Instant)


class SharedPackageReportRow(Fact):
    """What a package has changed of what all of a person's packages share, at an end or a pause."""

    __tablename__ = "package_shared_report"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    registration: Mapped[UUID] = mapped_column(Id)
    """Of the package that wrote it last; a power cut may have kept what another wrote before."""
    at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    """Stamp and station of the entry that brings it: of each value, the greatest holds."""
    changes: Mapped[dict[str, Any]] = mapped_column(Json)


class SharedPackageStateRow(Derived):
    """What all of a person's packages share: global objectives, and data stored for each other."""

    __tablename__ = "package_shared_state"

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    """Of the newest fact in it."""


class SharedPackageUntoldRow(Local):
    """What a person's packages have changed of it on this PC, and no fact says yet."""

    __tablename__ = "package_shared_untold"

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(Json)


class PackageReportRow(Fact):
    """What a package's activity reported: at a commit that changed its result, at its end, at a pause.

    Its own claims: the player saw that they were made, not that they are true.
    """

    __tablename__ = "package_report"
    __table_args__ = (sa.Index("ix_package_report_registration", "registration", "at"),)
    table_scope = Scope.RECORDS

    start_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("course_start.id"), index=True)
    lesson_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("lesson.id"))
    registration: Mapped[UUID] = mapped_column(Id)
    package: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the package's index."""
    activity: Mapped[str]
    """Its identifier in the package's manifest."""
    attempt: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    cause: Mapped[str]
    """commit, end or pause."""
    completion: Mapped[str]
    success: Mapped[str]
    score: Mapped[Fraction | None] = mapped_column(Share)
    """Scaled, -1 to 1."""
    progress: Mapped[Fraction | None] = mapped_column(Share)
    session_seconds: Mapped[int | None]
    """As the package claims; `seconds_open` is what the player counted."""
    seconds_open: Mapped[int]
    doubts: Mapped[list[str]] = mapped_column(Json)
    """What in the report cannot be so, as words that an auditor can read later; empty: nothing."""
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """At an end or a pause: everything another PC needs to go on from here."""
