"""Completions that count no more: somebody did not do the course after all, and two people said so.

A completion is never changed. A fact beside it says that it is withdrawn, and whatever reads completions to
tell what somebody holds asks `completion_stands`; what tells what happened shows it with that word.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import Unit, shown_for
from app.core.learning.models import CompletionWithdrawalRow, CourseCompletionRow
from app.core.storage.columns import Moment
from app.core.storage.tables import table_of


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When a completion was withdrawn, and why."""

    at: datetime
    reason: str


def completion_stands(
    completion: Any = CourseCompletionRow, known: Moment | None = None
) -> sa.ColumnElement[bool]:
    """Return the condition that nobody has withdrawn a completion; `known`: before then."""
    return ~is_withdrawn(completion.id, known)


def is_withdrawn(completion_id: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that somebody has withdrawn the completion that a column names."""
    gone = table_of(CompletionWithdrawalRow).alias()
    before = [] if known is None else [gone.c.at < known]
    found = sa.exists().where(gone.c.completion_id == completion_id, *before)
    return found.correlate_except(gone)


def withdraw_completion(
    unit: Unit, actor: Actor, completion_id: UUID, reason: str, now: datetime
) -> None:
    """Let a completion count no more, in the caller's unit; what follows is the caller's, too."""
    done = unit.get_one(CourseCompletionRow, completion_id)
    unit.add(
        CompletionWithdrawalRow(
            completion_id=done.id,
            person_id=done.person_id,
            reason=reason,
            at=now,
            by=actor.account_id,
            by_name=actor.name,
        )
    )
    unit.flush()


def withdrawals(session: Session, ids: Collection[UUID]) -> dict[UUID, Withdrawal]:
    """Return of some ids, of completions among others, those that were withdrawn; of several the last.

    Another PC's completion of the same start may be shown for one by now.
    """
    row, found = CompletionWithdrawalRow, {}
    if not session.scalar(sa.select(sa.exists().where(row.id.is_not(None)))):
        return {}
    for one in ids:
        shown = shown_for(session, CourseCompletionRow, one)
        last = session.execute(
            sa.select(row.at, row.reason)
            .where(row.completion_id == shown)
            .order_by(row.at.desc(), row.id.desc())
            .limit(1)
        ).first()
        if last is not None:
            found[one] = Withdrawal(last.at, last.reason)
    return found


def why_withdrawn(session: Session, start_id: UUID) -> str:
    """Return why the completion of a start counts no more; "" where it does."""
    done, row = CourseCompletionRow, CompletionWithdrawalRow
    reason = session.scalar(
        sa.select(row.reason)
        .join(done, done.id == row.completion_id)
        .where(done.start_id == start_id)
        .order_by(row.at.desc(), row.id.desc())
        .limit(1)
    )
    return reason or ""
