"""A retired course that is begun again: where the site asks for approvals, somebody else signs it (ADR 31)."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    Step,
    StepTaken,
    Subject,
    SubjectState,
    is_own_work,
    keep_decision,
    retire,
    standing_of,
    steps_of,
)
from app.core.base.actor import Actor
from app.core.base.figures import number
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.courses.in_force import RETIREMENT
from app.core.courses.models import CourseRetirementRow, CourseRow, CourseVersionRow
from app.core.courses.rules import OwnRetirement
from app.core.journal import Unit
from app.core.signatures import NotSigned, Undersigned

_COUNTS = frozenset({SubjectState.APPROVED, SubjectState.EFFECTIVE})


def return_text(session: Session, actor: Actor, row: CourseRow, reason: str, today: date) -> str:
    """Return the words that are signed when a course is brought back. Raises ReasonMissing, OwnRetirement."""
    why = explained(reason)
    proposals = list(_counting(session, row.id, today))
    if any(is_own_work(session, actor, steps) for _proposal, steps in proposals):
        raise OwnRetirement(row.title)
    version = row.current_version_id and session.get(CourseVersionRow, row.current_version_id)
    lines = [
        row.code,
        row.title,
        _("Version {number} is begun again.").format(number=number(version.number))
        if version
        else _("No version of it is in force."),
        *(
            _("It was retired because: {reason}").format(reason=proposal.reason)
            for proposal, _steps in proposals
        ),
        why,
    ]
    return "\n".join(lines)


def bring_back_signed(
    unit: Unit,
    actor: Actor,
    row: CourseRow,
    reason: str,
    signed: Undersigned | None,
    now: datetime,
) -> None:
    """Let a course be used again, signed by somebody who did not propose its retirement.

    The signature is under the end of the proposal, or under a step of the course where it was retired without one. Raises
    NotSigned, ReasonMissing, OwnRetirement, ReadOtherwise, and what signing does.
    """
    if signed is None:
        raise NotSigned
    words = return_text(unit, actor, row, reason, now.astimezone().date())
    row.retired_at = None
    if not end_retirements(unit, actor, row.id, reason=reason, now=now, signed=signed, words=words):
        subject, back = Subject("course", row.id), Step.WITHDRAWN
        keep_decision(unit, actor, subject, back, signed, words=words, reason=reason, now=now)


def end_retirements(
    unit: Unit,
    actor: Actor,
    course_id: UUID,
    *,
    reason: str,
    now: datetime,
    signed: Undersigned | None = None,
    words: str = "",
) -> int:
    """Let the proposals that retired a course be over: it is brought back, and stays. Return how many they were.

    `words` are what is signed with it, if it is.
    """
    ended = list(_counting(unit, course_id, now.astimezone().date()))
    for proposal, _steps in ended:
        retire(
            unit,
            actor,
            Subject(RETIREMENT, proposal.id),
            reason=reason or _("Brought back"),
            now=now,
            signed=signed,
            words=words,
        )
    return len(ended)


def _counting(
    session: Session, course_id: UUID, today: date
) -> Iterator[tuple[CourseRetirementRow, tuple[StepTaken, ...]]]:
    """Yield the approved proposals to retire a course, with their steps."""
    rows = session.scalars(
        sa.select(CourseRetirementRow)
        .where(CourseRetirementRow.course_id == course_id)
        .order_by(CourseRetirementRow.at, CourseRetirementRow.id)
    ).all()
    for row in rows:
        steps = steps_of(session, Subject(RETIREMENT, row.id))
        if standing_of(steps, today).state in _COUNTS:
            yield row, steps
