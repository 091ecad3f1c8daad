"""What supervisors gave a person at quizzes, for their record."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.models import (
    AttemptExtensionRow,
    AttemptRow,
    AttemptUnlockRow,
    ExtraTimeRow,
)
from app.core.courses.models import CourseVersionRow, LessonRow
from app.core.reports.dossier_types import GiftRecord
from app.core.reports.pairs import AnySelect
from app.core.storage.columns import Instant


def gifts_of(session: Session, person_id: UUID) -> tuple[GiftRecord, ...]:
    """Return everything that was given, the earliest first."""
    whole = sa.union_all(*_selects(person_id)).subquery()
    at = sa.type_coerce(whole.c.at, Instant).label("at")
    others = [column for column in whole.c if column.key != "at"]
    found = session.execute(sa.select(at, *others).order_by(whole.c.at, whole.c.what))
    return tuple(GiftRecord(**row) for row in found.mappings())


def _selects(person_id: UUID) -> tuple[AnySelect, ...]:
    nothing = sa.literal(0)
    unlock = sa.case((AttemptUnlockRow.adds_attempt.is_(True), "attempt"), else_="waiting")
    unlocks = _at_a_quiz(
        sa.select(*_given(AttemptUnlockRow, unlock, nothing, nothing), *_where())
        .select_from(AttemptUnlockRow)
        .join(LessonRow, LessonRow.id == AttemptUnlockRow.lesson_id)
    ).where(AttemptUnlockRow.person_id == person_id)
    time = sa.literal("time")
    extensions = _at_a_quiz(
        sa.select(
            *_given(AttemptExtensionRow, time, nothing, AttemptExtensionRow.seconds), *_where()
        )
        .select_from(AttemptExtensionRow)
        .join(AttemptRow, AttemptRow.id == AttemptExtensionRow.attempt_id)
        .join(LessonRow, LessonRow.id == AttemptRow.lesson_id)
    ).where(AttemptRow.person_id == person_id)
    has_any = sa.or_(ExtraTimeRow.percent > 0, ExtraTimeRow.seconds > 0)
    extra = sa.case((has_any, "extra_time"), else_="extra_time_ended")
    empty = (sa.literal("").label("course"), sa.literal("").label("lesson"))
    extras = sa.select(
        *_given(ExtraTimeRow, extra, ExtraTimeRow.percent, ExtraTimeRow.seconds), *empty
    ).where(ExtraTimeRow.person_id == person_id)
    return unlocks, extensions, extras


def _given(row: Any, what: Any, percent: Any, seconds: Any) -> tuple[Any, ...]:  # mapped classes
    return (
        row.at.label("at"),
        what.label("what"),
        percent.label("percent"),
        seconds.label("seconds"),
        row.by_name.label("by"),
        row.reason.label("reason"),
    )


def _where() -> tuple[Any, ...]:  # mapped attributes
    return CourseVersionRow.title.label("course"), LessonRow.title.label("lesson")


def _at_a_quiz(select: AnySelect) -> AnySelect:
    return select.join(CourseVersionRow, CourseVersionRow.id == LessonRow.version_id)
