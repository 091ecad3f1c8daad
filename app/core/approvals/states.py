"""Where a subject stands, worked out from its steps: the same whatever order they came in (ADR 31).

What counts is which submission a step answers, never which came first by the clock of a PC:

    retired       once retired, for good
    submission    refused if it was rejected or withdrawn, whoever approved it at the same time;
                  else approved if as many people approved it as it asks for; else it waits
    subject       approved or effective if one of its submissions is approved, by the earliest day
                  on which it is; else in review if one waits; else a draft
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.core.approvals.models import Step
from app.core.base.words import _, mark

REFUSALS = frozenset({Step.REJECTED, Step.WITHDRAWN})


class SubjectState(StrEnum):
    """Where a subject stands (features.md §5.2)."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    APPROVED = "approved"
    """Its day is yet to come."""
    EFFECTIVE = "effective"
    RETIRED = "retired"


STATES = {
    SubjectState.DRAFT: mark("Draft"),
    SubjectState.IN_REVIEW: mark("In review"),
    SubjectState.APPROVED: mark("Approved"),
    SubjectState.EFFECTIVE: mark("Effective"),
    SubjectState.RETIRED: mark("Retired"),
}


STEPS = {
    Step.SUBMITTED: mark("Submitted"),
    Step.REJECTED: mark("Rejected"),
    Step.APPROVED: mark("Approved"),
    Step.WITHDRAWN: mark("Taken back"),
    Step.RETIRED: mark("Retired"),
}


def step_in_words(step: Step) -> str:
    """Return a step as it is shown."""
    return _(STEPS[step])


def subject_state_in_words(state: SubjectState) -> str:
    """Return a state as it is shown."""
    return _(STATES[state])


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be approved: a kind, as it is registered, and the id of the thing."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One step, as it is on record."""

    id: UUID
    step: Step
    answers: UUID | None
    at: datetime
    by: UUID | None
    authors: frozenset[UUID]
    reason: str
    effective_on: date | None
    sha256: str
    approvers: int = 1
    """Of a submission: how many people have to approve it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a subject stands, and by which steps."""

    state: SubjectState
    waiting: tuple[StepTaken, ...] = ()
    """The submissions that wait, the newest last."""
    approval: StepTaken | None = None
    """The approval that counts, while one does: where several people approve, the one that completes it."""
    given: tuple[StepTaken, ...] = ()
    """The approvals that count, one for each person; while it waits those of the newest submission."""

    @property
    def effective_on(self) -> date | None:
        """Return the first day on which the subject holds; None where nobody approved it."""
        return self.approval.effective_on if self.approval else None


def standing_of(steps: Iterable[StepTaken], today: date) -> Standing:
    """Return where a subject stands on a day, by all steps of it that are known."""
    known = sorted(steps, key=lambda one: (one.at, one.id))
    answered = [(one, _given(one, known)) for one in _live(known)]
    waiting = tuple(one for one, given in answered if len(given) < one.approvers)
    whole = [given for one, given in answered if len(given) == one.approvers]
    counts = min(whole, key=lambda given: _order(given[-1]), default=())
    approval = counts[-1] if counts else None
    so_far = [given for one, given in answered if one in waiting[-1:]]
    return Standing(
        state=_state(known, waiting, approval, today),
        waiting=waiting,
        approval=approval,
        given=counts or next(iter(so_far), ()),
    )


def _live(steps: Collection[StepTaken]) -> list[StepTaken]:
    """Return the submissions that nobody refused."""
    refused = {one.answers for one in steps if one.step in REFUSALS}
    return [one for one in steps if one.step is Step.SUBMITTED and one.id not in refused]


def _given(sent: StepTaken, steps: Iterable[StepTaken]) -> tuple[StepTaken, ...]:
    """Return the first approvals of a submission, one for each person, as many as it asks for."""
    by_person: dict[UUID, StepTaken] = {}
    answers = (one for one in steps if one.step is Step.APPROVED and one.answers == sent.id)
    for one in sorted(answers, key=_order):
        by_person.setdefault(one.by or one.id, one)
    return tuple(by_person.values())[: sent.approvers]


def _order(approval: StepTaken) -> tuple[date, datetime, UUID]:
    return _day(approval), approval.at, approval.id


def _state(
    steps: Iterable[StepTaken],
    waiting: tuple[StepTaken, ...],
    approval: StepTaken | None,
    today: date,
) -> SubjectState:
    if any(one.step is Step.RETIRED for one in steps):
        return SubjectState.RETIRED
    if approval is not None:
        return SubjectState.EFFECTIVE if _day(approval) <= today else SubjectState.APPROVED
    return SubjectState.IN_REVIEW if waiting else SubjectState.DRAFT


def _day(approval: StepTaken) -> date:
    return approval.effective_on or date.max
