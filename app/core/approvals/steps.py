"""The steps of a subject, each within the unit of work of whoever takes it (ADR 31).

The caller checks who may see and submit the thing itself; that nobody approves their own work, that
just what was submitted is approved, and that it is signed, is seen to here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.approvals.errors import (
    ApprovedAlready,
    ChangedSince,
    DayIsPast,
    NotThatState,
    OwnWork,
)
from app.core.approvals.in_sql import steps_of
from app.core.approvals.models import ApprovalStepRow, Step
from app.core.approvals.states import Standing, StepTaken, Subject, SubjectState, standing_of
from app.core.base.actor import Actor, Capability
from app.core.base.reasons import explained
from app.core.journal import Unit
from app.core.people import is_own
from app.core.signatures import Meaning, Undersigned
from app.core.storage.tables import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How something is approved: from which day on, and signed by whom."""

    sha256: str
    """Of the subject as it was reviewed."""
    effective_on: date
    signed: Undersigned = field(repr=False)
    remark: str = ""


def approve(
    unit: Unit, actor: Actor, subject: Subject, approval: Approval, words: str, now: datetime
) -> UUID:
    """Approve what waits, and sign words about it; return the step's id, which the signature is under.

    Where the site asks for two people it counts once both did. Raises NotAllowed, NotThatState, OwnWork,
    ApprovedAlready, ChangedSince, DayIsPast, ReadOtherwise, and what signing does.
    """
    actor.require_anywhere(Capability.APPROVE)
    if approval.effective_on < now.astimezone().date():
        raise DayIsPast(approval.effective_on)
    standing = require_standing(unit, subject, now, SubjectState.IN_REVIEW)
    if is_own_work(unit, actor, standing.waiting):
        raise OwnWork
    if has_approved(unit, actor, standing):
        raise ApprovedAlready
    sent = _submission_of(standing, approval.sha256)
    row = step_row(
        Step.APPROVED, actor, subject, now, reason=approval.remark, sha256=approval.sha256
    )
    row.answers, row.effective_on = sent.id, approval.effective_on
    key = added(unit, row)
    approval.signed.sign(unit, row, Meaning.APPROVED, words, approval.remark)
    return key


def reject(unit: Unit, actor: Actor, subject: Subject, *, reason: str, now: datetime) -> None:
    """Send what waits back to its authors. Raises NotAllowed, NotThatState, ReasonMissing."""
    actor.require_anywhere(Capability.APPROVE)
    _answer_all(unit, actor, subject, Step.REJECTED, explained(reason), now)


def withdraw(unit: Unit, actor: Actor, subject: Subject, *, reason: str, now: datetime) -> None:
    """Take back what was submitted and is not decided. Raises NotThatState, ReasonMissing."""
    _answer_all(unit, actor, subject, Step.WITHDRAWN, explained(reason), now)


def retire(
    unit: Unit,
    actor: Actor,
    subject: Subject,
    *,
    reason: str,
    now: datetime,
    signed: Undersigned | None = None,
    words: str = "",
) -> UUID:
    """End something for good, signed over words where it is asked for; return the step's id.

    Raises NotThatState for what is retired, ReasonMissing, ReadOtherwise, and what signing does.
    """
    why = explained(reason)
    unit.take_turn("approval", subject.id)
    standing = standing_of(steps_of(unit, subject), now.astimezone().date())
    if standing.state is SubjectState.RETIRED:
        raise NotThatState(standing.state)
    row = step_row(Step.RETIRED, actor, subject, now, reason=why)
    key = added(unit, row)
    if signed is not None:
        signed.sign(unit, row, Meaning.DECIDED, words, why)
    return key


def keep_decision(
    unit: Unit,
    actor: Actor,
    subject: Subject,
    step: Step,
    signed: Undersigned,
    *,
    words: str,
    reason: str,
    now: datetime,
) -> UUID:
    """Keep a decision about a thing that says itself where it stands, signed over words; return the step's id.

    Such a thing is retired and taken back (`Step.WITHDRAWN`, which answers the retirement) as often as it is
    wanted. The step is a fact, so that the signature holds whatever becomes of the thing. Raises ReasonMissing,
    ReadOtherwise, and what signing does.
    """
    why = explained(reason)
    ended = [one for one in steps_of(unit, subject) if one.step is Step.RETIRED]
    row = step_row(step, actor, subject, now, reason=why)
    row.answers = ended[-1].id if ended and step is Step.WITHDRAWN else None
    key = added(unit, row)
    signed.sign(unit, row, Meaning.DECIDED, words, why)
    return key


def is_own_work(session: Session, actor: Actor, sent: Iterable[StepTaken]) -> bool:
    """Tell whether an actor, by whichever account was theirs, wrote or submitted what waits."""
    return is_own(session, actor, {one for each in sent for one in each.authors})


def has_approved(session: Session, actor: Actor, standing: Standing) -> bool:
    """Tell whether an actor, by whichever account was theirs, approved what still waits for another."""
    if standing.state is not SubjectState.IN_REVIEW:
        return False
    return is_own(session, actor, {one.by for one in standing.given if one.by is not None})


def _answer_all(
    unit: Unit, actor: Actor, subject: Subject, step: Step, reason: str, now: datetime
) -> None:
    standing = require_standing(unit, subject, now, SubjectState.IN_REVIEW)
    for sent in standing.waiting:
        row = step_row(step, actor, subject, now, reason=reason, sha256=sent.sha256)
        row.answers = sent.id
        added(unit, row)


def require_standing(unit: Unit, subject: Subject, now: datetime, needed: SubjectState) -> Standing:
    """Return where a subject stands, in its turn. Raises NotThatState where that is not what is needed."""
    unit.take_turn("approval", subject.id)
    standing = standing_of(steps_of(unit, subject), now.astimezone().date())
    if standing.state is not needed:
        raise NotThatState(standing.state)
    return standing


def _submission_of(standing: Standing, sha256: str) -> StepTaken:
    for one in reversed(standing.waiting):
        if one.sha256 == sha256:
            return one
    raise ChangedSince


def step_row(
    step: Step,
    actor: Actor,
    subject: Subject,
    now: datetime,
    *,
    reason: str = "",
    sha256: str = "",
) -> ApprovalStepRow:
    """Return a step as it is kept, by whom and when."""
    return ApprovalStepRow(
        subject_kind=subject.kind,
        subject_id=subject.id,
        step=step,
        at=now,
        by=actor.account_id,
        authors=[],
        reason=reason,
        sha256=sha256,
    )


def added(unit: Unit, row: Fact) -> UUID:
    """Keep a fact; return its id."""
    unit.add(row)
    unit.flush()
    return row.id
