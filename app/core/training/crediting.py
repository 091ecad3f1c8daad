"""Meeting a requirement: credits, closing what they meet, and standing in for other requirements.

Whatever proves something other than a course (later practicals, sessions, acknowledgements) calls
`give_credit`; it is the one place where evidence becomes something held.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.held import FOREVER, held_until
from app.core.training.kinds import AssignmentEvent, Basis, LinkKind, Outcome, Substitutes
from app.core.training.models import (
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
)
from app.core.training.requirements.queries import by_id, terms_of
from app.core.training.terms import Terms, holds_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A requirement was met: by whom, when, and what proves it."""

    person_id: UUID
    requirement_id: UUID
    at: datetime
    basis: Basis
    proof_id: UUID
    no_longer_than: date | None = None
    """What the issuer of a certificate says."""


def give_credit(unit: Unit, actor: Actor, met: Met, now: datetime) -> UUID:
    """Let a person hold a requirement, close what that meets, and return the credit's id."""
    row = by_id(unit, met.requirement_id)
    day = met.at.astimezone().date()
    terms = terms_of(unit, row.id, day)
    until = validity_of(unit, met.person_id, row, terms, day, row.valid_months)
    ends = [one for one in (until, met.no_longer_than) if one is not None]
    credit = RequirementCreditRow(
        person_id=met.person_id,
        requirement_id=row.id,
        at=met.at,
        valid_until=min(ends, default=None),
        basis=met.basis,
        proof_id=met.proof_id,
        recorded_at=now,
    )
    unit.add(credit)
    unit.flush()
    for assignment in open_of_pair(unit, met.person_id, row.id):
        if assignment.counts_from is not None and met.at < assignment.counts_from:
            continue
        assignment.credit_id = credit.id
        assignment.closed_at = now
        assignment.outcome = Outcome.COMPLETED
        note(unit, actor, assignment.id, AssignmentEvent.CREDITED, now, reason=met.basis.value)
    unit.flush()
    stand_in(unit, actor, met.person_id, row.id, met.at, credit.id, now)
    return credit.id


def stand_in(
    unit: Unit,
    actor: Actor,
    person_id: UUID,
    requirement_id: UUID,
    at: datetime,
    proof_id: UUID,
    now: datetime,
) -> None:
    """Meet every requirement for which the one that was met stands in. Loops were refused."""
    links = sa.select(RequirementLinkRow.requirement_id).where(
        RequirementLinkRow.other_id == requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    for primary in unit.scalars(links).all():
        day = at.astimezone().date()
        terms = terms_of(unit, primary, day)
        if terms.substitutes is Substitutes.ALL and not _holds_all(unit, person_id, primary, day):
            continue
        met = Met(
            person_id=person_id,
            requirement_id=primary,
            at=at,
            basis=Basis.SUBSTITUTE,
            proof_id=proof_id,
        )
        give_credit(unit, actor, met, now)


def validity_of(
    unit: Unit,
    person_id: UUID,
    row: RequirementRow,
    terms: Terms,
    day: date,
    course_months: int | None,
) -> date | None:
    """Return the last valid day of evidence of `day`, beside what the person held before."""
    before = held_until(unit, person_id, row) if terms.keeps_anniversary else None
    return holds_until(
        terms,
        day,
        course_months=course_months,
        held_until=None if before == FOREVER else before,
    )


def open_of_pair(unit: Unit, person_id: UUID, requirement_id: UUID) -> list[AssignmentRow]:
    """Return the cycles of a pair that nothing closed: mostly one."""
    statement = sa.select(AssignmentRow).where(
        AssignmentRow.person_id == person_id,
        AssignmentRow.requirement_id == requirement_id,
        AssignmentRow.closed_at.is_(None),
    )
    return list(unit.scalars(statement))


def note(
    unit: Unit,
    actor: Actor,
    assignment_id: UUID,
    event: AssignmentEvent,
    at: datetime,
    *,
    reason: str,
    until_on: date | None = None,
) -> None:
    """Write an act on an assignment. Signatures of waivers and the like are bound to this fact."""
    unit.add(
        AssignmentEventRow(
            assignment_id=assignment_id,
            event=event,
            at=at,
            until_on=until_on,
            reason=reason,
            by=actor.account_id,
            by_name=actor.name,
        )
    )


def _holds_all(unit: Unit, person_id: UUID, requirement_id: UUID, day: date) -> bool:
    links = sa.select(RequirementLinkRow.other_id).where(
        RequirementLinkRow.requirement_id == requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    until = (held_until(unit, person_id, by_id(unit, one)) for one in unit.scalars(links).all())
    return all(one is not None and one >= day for one in until)
