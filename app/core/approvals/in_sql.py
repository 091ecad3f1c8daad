"""Where subjects stand, as an expression for lists: what `standing_of` says, asked of the database."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.approvals.models import ApprovalStepRow, Step
from app.core.approvals.states import REFUSALS, StepTaken, Subject, SubjectState
from app.core.storage.columns import Day


def state_in_sql(kind: str, subject_id: Any, today: date) -> sa.ColumnElement[str]:
    """Return the state of the subject of a kind whose id a column holds, on a day."""
    return sa.case(
        (_retired(kind, subject_id), SubjectState.RETIRED.value),
        (_approved(kind, subject_id, by=today), SubjectState.EFFECTIVE.value),
        (_approved(kind, subject_id), SubjectState.APPROVED.value),
        (_waits(kind, subject_id), SubjectState.IN_REVIEW.value),
        else_=SubjectState.DRAFT.value,
    )


def waits_in_sql(kind: str, subject_id: Any) -> sa.ColumnElement[bool]:
    """Tell whether the subject of a kind whose id a column holds is in review, on whatever day."""
    return sa.and_(
        ~_retired(kind, subject_id),
        ~_approved(kind, subject_id),
        _waits(kind, subject_id),
    )


def waiting_in_sql() -> sa.Select[ApprovalStepRow]:
    """Return a query for the submissions that wait for an approval, of subjects that none retired.

    A subject of which another submission is approved does not wait any more.
    """
    row = ApprovalStepRow
    return (
        sa.select(row)
        .where(
            row.step == Step.SUBMITTED,
            ~_answered(row.id, *REFUSALS),
            ~_approved(row.subject_kind, row.subject_id),
            ~_retired(row.subject_kind, row.subject_id),
        )
        .order_by(row.at, row.id)
    )


def steps_of(session: Session, subject: Subject) -> tuple[StepTaken, ...]:
    """Return all steps of a subject, by time."""
    row = ApprovalStepRow
    found = session.scalars(
        sa.select(row)
        .where(row.subject_id == subject.id, row.subject_kind == subject.kind)
        .order_by(row.at, row.id)
    )
    return tuple(map(step_taken, found))


def steps_of_kind(session: Session, kind: str) -> dict[UUID, tuple[StepTaken, ...]]:
    """Return the steps of every subject of a kind that was ever submitted, by time."""
    row = ApprovalStepRow
    found: dict[UUID, list[StepTaken]] = {}
    for one in session.scalars(
        sa.select(row).where(row.subject_kind == kind).order_by(row.at, row.id)
    ):
        found.setdefault(one.subject_id, []).append(step_taken(one))
    return {key: tuple(steps) for key, steps in found.items()}


def step_taken(row: ApprovalStepRow) -> StepTaken:
    """Return a step as a value."""
    return StepTaken(
        id=row.id,
        step=row.step,
        answers=row.answers,
        at=row.at,
        by=row.by,
        authors=frozenset(map(UUID, row.authors)),
        reason=row.reason,
        effective_on=row.effective_on,
        sha256=row.sha256,
        approvers=row.approvers,
    )


_APPROVAL = aliased(ApprovalStepRow, name="approval")
_SENT = aliased(ApprovalStepRow, name="sent")
_ANSWER = aliased(ApprovalStepRow, name="answer")
_END = aliased(ApprovalStepRow, name="retirement")


def _approved(kind: Any, subject_id: Any, by: date | None = None) -> sa.ColumnElement[bool]:
    """Whether as many people as it asks for approved a submission that nobody refused, by a day."""
    due = [] if by is None else [_APPROVAL.effective_on <= sa.literal(by, Day)]
    people = (
        sa.select(sa.func.count(sa.distinct(sa.func.coalesce(_APPROVAL.by, _APPROVAL.id))))
        .where(_APPROVAL.answers == _SENT.id, _APPROVAL.step == Step.APPROVED, *due)
        .scalar_subquery()
    )
    return sa.exists().where(
        _SENT.subject_id == subject_id,
        _SENT.subject_kind == kind,
        _SENT.step == Step.SUBMITTED,
        ~_answered(_SENT.id, *REFUSALS),
        people >= _SENT.approvers,
    )


def _waits(kind: Any, subject_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _SENT.subject_id == subject_id,
        _SENT.subject_kind == kind,
        _SENT.step == Step.SUBMITTED,
        ~_answered(_SENT.id, *REFUSALS),
    )


def _answered(submission: Any, *steps: Step) -> sa.ColumnElement[bool]:
    return sa.exists().where(_ANSWER.answers == submission, _ANSWER.step.in_(steps))


def _retired(kind: Any, subject_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _END.subject_id == subject_id, _END.subject_kind == kind, _END.step == Step.RETIRED
    )
