"""Meeting a requirement: credits, closing what they meet, and standing in for other requirements.

Whatever proves something other than a course (later practicals, sessions, acknowledgements) calls
`give_credit`; it is the one place where evidence becomes something held.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.clock import start_of
from app.core.journal import Unit
from app.core.learning import is_withdrawn
from app.core.training.held import (
    FOREVER,
    Proof,
    credit_stands,
    held_until,
    proof_of,
    proofs_before,
)
from app.core.training.hindrances import held_back
from app.core.training.kinds import AssignmentEvent, Basis, LinkKind, Outcome, Source, Substitutes
from app.core.training.models import (
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
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
    """What the issuer of a certificate says, or what it stands on lasts."""
    through: frozenset[UUID] = frozenset()
    """Requirements from whose being met this follows: it meets none of them again."""
    occasion_id: UUID | None = None
    """What it was met by, once, where several facts may prove it: a session. None: `proof_id`."""

    @property
    def occasion(self) -> UUID:
        """Return what gives one credit, however many PCs give it."""
        return self.occasion_id or self.proof_id


def give_credit(
    unit: Unit, actor: Actor, met: Met, now: datetime, *, instead_of: UUID | None = None
) -> UUID:
    """Let a person hold a requirement, close what that meets, and return the credit's id.

    What is no longer valid today leaves open work open, due when it was. What somebody holds by the same occasion already is not given again. `instead_of` is a credit
    that this one corrects: it has no say in the anniversary, and until the correction stands the new one stands in for nothing
    (`stand_in_for_credit`).
    """
    given = _given(unit, met)
    if given is not None:
        return given
    row = by_id(unit, met.requirement_id)
    day = met.at.astimezone().date()
    terms = terms_of(unit, row.id, day)
    until = validity_of(
        unit, met.person_id, row, terms, day, row.valid_months, instead_of=instead_of
    )
    until_on = earliest(until, met.no_longer_than)
    credit = RequirementCreditRow(**credit_values(met, until_on, now))
    unit.add(credit)
    unit.flush()
    is_over = until_on is not None and until_on < now.astimezone().date()
    for assignment in () if is_over else open_of_pair(unit, met.person_id, row.id):
        if meets(unit, assignment, met.at, until_on):
            close_by(unit, actor, assignment, credit.id, met.basis, now)
    unit.flush()
    if instead_of is None:
        stand_in(unit, actor, _as_ground(met, credit), now)
    return credit.id


def credit_values(met: Met, until: date | None, now: datetime) -> dict[str, Any]:
    """Return the columns of the credit for what was met, but for its id."""
    return {
        "person_id": met.person_id,
        "requirement_id": met.requirement_id,
        "at": met.at,
        "valid_until": until,
        "basis": met.basis,
        "proof_id": met.proof_id,
        "recorded_at": now,
        "occasion_id": met.occasion,
    }


def meets(unit: Unit, row: AssignmentRow, at: datetime, until: date | None) -> bool:
    """Tell whether valid evidence meets an open cycle: it is new enough, and lasts longer than what a renewal renews.

    Of evidence that fell meanwhile, anything newer takes the place.
    """
    if row.counts_from is not None and at < row.counts_from:
        return False
    if row.source is not Source.RENEWAL or until is None:
        return True
    credit, done = RequirementCreditRow, neighbours().completion
    renewed = unit.execute(
        sa.select(credit, sa.not_(credit_stands(credit)), done, is_withdrawn(done.id))
        .select_from(AssignmentRow)
        .outerjoin(credit, credit.id == AssignmentRow.credit_id)
        .outerjoin(done, done.id == AssignmentRow.completion_id)
        .where(
            AssignmentRow.person_id == row.person_id,
            AssignmentRow.requirement_id == row.requirement_id,
            AssignmentRow.cycle < row.cycle,
            sa.or_(credit.id.is_not(None), done.id.is_not(None)),
        )
        .order_by(AssignmentRow.cycle.desc())
    ).first()
    if renewed is None:
        return True
    by_credit, has_fallen, by_course, is_gone = renewed
    before, has_fallen = (by_course, is_gone) if by_credit is None else (by_credit, has_fallen)
    if has_fallen and at > before.at:
        return True
    return until > (before.valid_until or FOREVER)


def _given(unit: Unit, met: Met) -> UUID | None:
    """Return the credit that somebody has for an occasion already."""
    row = RequirementCreditRow
    return unit.scalars(
        sa.select(row.id).where(
            row.person_id == met.person_id,
            row.requirement_id == met.requirement_id,
            row.occasion_id == met.occasion,
        )
    ).one_or_none()


def close_by(
    unit: Unit, actor: Actor, row: AssignmentRow, credit_id: UUID, basis: Basis, now: datetime
) -> None:
    """Close a cycle by a credit that meets it."""
    row.credit_id = credit_id
    row.closed_at = now
    row.outcome = Outcome.COMPLETED
    note(unit, actor, row.id, AssignmentEvent.CREDITED, now, reason=basis.value)


def _as_ground(met: Met, credit: RequirementCreditRow) -> Met:
    """Return what was met as that on which something else can stand: until when it holds, and what it rests on itself.

    What stands in for something rests on what was met first, through however many requirements.
    """
    proof_id = met.proof_id if met.basis is Basis.SUBSTITUTE else credit.id
    ends = credit.valid_until
    return replace(met, proof_id=proof_id, occasion_id=met.occasion, no_longer_than=ends)


def stand_in_for_credit(unit: Unit, actor: Actor, credit_id: UUID, now: datetime) -> None:
    """Meet every requirement for which a credit stands in that was given before."""
    credit = unit.get_one(RequirementCreditRow, credit_id)
    met = Met(
        person_id=credit.person_id,
        requirement_id=credit.requirement_id,
        at=credit.at,
        basis=credit.basis,
        proof_id=credit.proof_id,
        occasion_id=credit.occasion_id,
    )
    stand_in(unit, actor, _as_ground(met, credit), now)


def stand_in(unit: Unit, actor: Actor, met: Met, now: datetime) -> None:
    """Meet every requirement for which the one that was met stands in, until what was met ends at most.

    What comes after something that is not held waits, and counts when that is met.

    A PC refuses loops; of one that two PCs made, each is met once.
    `met.proof_id` is the completion or the credit, `met.no_longer_than` its last valid day.
    """
    _stand_in_for(unit, actor, met, now)
    _let_follow(unit, actor, met, now)


def _let_follow(unit: Unit, actor: Actor, met: Met, now: datetime) -> None:
    """Let what stands in for something count that waited for what was met now, which comes first."""
    link = RequirementLinkRow
    after = sa.select(link.requirement_id).where(
        link.other_id == met.requirement_id,
        link.kind == LinkKind.PREREQUISITE,
        link.ended_on.is_(None),
    )
    subs = unit.execute(
        sa.select(link.requirement_id, link.other_id)
        .where(
            link.requirement_id.in_(after),
            link.kind == LinkKind.SUBSTITUTE,
            link.ended_on.is_(None),
        )
        .order_by(link.requirement_id, link.other_id)
    )
    for primary, sub in subs.all():
        proof = proof_of(unit, met.person_id, by_id(unit, sub))
        if proof is None or primary in met.through:
            continue
        held = Met(
            person_id=met.person_id,
            requirement_id=sub,
            at=proof.at,
            basis=Basis.SUBSTITUTE,
            proof_id=_ground(unit, proof),
            no_longer_than=_said(proof),
            through=met.through,
            occasion_id=proof.occasion_id,
        )
        _stand_in_for(unit, actor, held, now, only=primary)


def _ground(unit: Unit, proof: Proof) -> UUID:
    """Return the fact on which something can stand: of what stands in itself, that on which it rests."""
    if proof.credit_id is None:
        return proof.completion_id or proof.occasion_id
    credit = unit.get_one(RequirementCreditRow, proof.credit_id)
    return credit.proof_id if credit.basis is Basis.SUBSTITUTE else credit.id


def _stand_in_for(
    unit: Unit, actor: Actor, met: Met, now: datetime, only: UUID | None = None
) -> None:
    passed = met.through | {met.requirement_id}
    links = sa.select(RequirementLinkRow.requirement_id).where(
        RequirementLinkRow.other_id == met.requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    primaries = set(unit.scalars(links)) - passed
    if only is not None:
        primaries &= {only}
    waiting = held_back(unit, (met.person_id,), primaries, now.astimezone().date())
    for primary in sorted(primaries - {one for _person, one in waiting}):
        instead = instead_by(met, primary)
        if terms_of(unit, primary, met.at.astimezone().date()).substitutes is Substitutes.ALL:
            with_others = _with_others(unit, met, primary, instead)
            if with_others is None:
                continue
            instead = with_others
        give_credit(unit, actor, replace(instead, through=passed), now)


def _with_others(unit: Unit, met: Met, primary: UUID, instead: Met) -> Met | None:
    """Return what stands in only together with all others; None where one of them is not held."""
    others = _others(unit, met, primary)
    if others is None:
        return None
    instead = together(instead, [met.occasion, *(one.occasion_id for one in others)])
    ends = earliest(met.no_longer_than, *(_said(one) for one in others))
    at = max([met.at, *(one.at for one in others)])
    is_over = ends is not None and ends < at.astimezone().date()
    return None if is_over else replace(instead, at=at, no_longer_than=ends)


def instead_by(met: Met, primary: UUID) -> Met:
    """Return a requirement as met by what was met instead of it.

    The occasion follows from that of what was met, so that two PCs that credit the same give the same.
    """
    return Met(
        person_id=met.person_id,
        requirement_id=primary,
        at=met.at,
        basis=Basis.SUBSTITUTE,
        proof_id=met.proof_id,
        no_longer_than=met.no_longer_than,
        occasion_id=uuid5(met.occasion, str(met.requirement_id)),
    )


def together(instead: Met, occasions: Iterable[UUID]) -> Met:
    """Return what is met by several together as one occasion, whichever of them came last."""
    every = " ".join(sorted(str(one) for one in occasions))
    return replace(instead, occasion_id=uuid5(instead.requirement_id, every))


def _others(unit: Unit, met: Met, primary: UUID) -> list[Proof] | None:
    """Return by what the other substitutes are held on the day that one was met; None where one is not."""
    links = sa.select(RequirementLinkRow.other_id).where(
        RequirementLinkRow.requirement_id == primary,
        RequirementLinkRow.other_id != met.requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    day = met.at.astimezone().date()
    found = [proof_of(unit, met.person_id, by_id(unit, one)) for one in unit.scalars(links).all()]
    held = [one for one in found if one is not None and one.until >= day]
    return held if len(held) == len(found) else None


def _said(proof: Proof) -> date | None:
    return None if proof.until == FOREVER else proof.until


def earliest(*days: date | None) -> date | None:
    """Return the earliest of some last days; None where all are for good."""
    return min((one for one in days if one is not None), default=None)


def validity_of(
    unit: Unit,
    person_id: UUID,
    row: RequirementRow,
    terms: Terms,
    day: date,
    course_months: int | None,
    *,
    instead_of: UUID | None = None,
) -> date | None:
    """Return the last valid day of evidence of `day`, beside what the person held before."""
    if not terms.keeps_anniversary:
        return holds_until(terms, day, course_months=course_months)
    until = start_of(day + timedelta(days=1))
    before = held_until(unit, person_id, row, instead_of, until)
    return holds_until(
        terms,
        day,
        course_months=course_months,
        held_until=None if before == FOREVER else before,
        earlier=proofs_before(unit, person_id, row, until),
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
    retired_on: date | None = None,
) -> AssignmentEventRow:
    """Write an act on an assignment. Signatures of waivers and the like are bound to this fact."""
    row = AssignmentEventRow(
        assignment_id=assignment_id,
        event=event,
        at=at,
        until_on=until_on,
        retired_on=retired_on,
        reason=reason,
        by=actor.account_id,
        by_name=actor.name,
    )
    unit.add(row)
    return row
