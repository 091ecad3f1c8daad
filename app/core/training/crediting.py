"""Meeting a requirement: credits, closing what they meet, and standing in for other requirements.

Whatever proves something other than a course (later practicals, sessions, acknowledgements) calls
`give_credit`; it is the one place where evidence becomes something held.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.ids import new_id
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
from app.core.training.requirements.queries import all_terms, by_id, terms_of
from app.core.training.terms import Terms, holds_until, terms_on


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
    that this one corrects: it has no say in the anniversary.
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
    ends = [one for one in (until, met.no_longer_than) if one is not None]
    until_on = min(ends, default=None)
    credit = RequirementCreditRow(**_credit(met, until_on, now))
    unit.add(credit)
    unit.flush()
    is_over = until_on is not None and until_on < now.astimezone().date()
    for assignment in () if is_over else open_of_pair(unit, met.person_id, row.id):
        if assignment.counts_from is not None and met.at < assignment.counts_from:
            continue
        _close(unit, actor, assignment, credit.id, met.basis, now)
    unit.flush()
    stand_in(unit, actor, replace(met, proof_id=credit.id, occasion_id=met.occasion), now)
    return credit.id


def give_credits(unit: Unit, actor: Actor, mets: Iterable[Met], now: datetime) -> int:
    """Let many hold what they met, as `give_credit` does for one; return how many credits were given.

    Set by set: few statements for ten thousands. What is no longer valid today leaves open work open.
    Where a requirement keeps anniversaries or stands in for another, one follows from the other, and
    they are given one by one.
    """
    in_order = sorted(mets, key=lambda one: one.at)
    wanted = {one.requirement_id for one in in_order}
    terms = all_terms(unit, wanted)
    linked = set(
        unit.scalars(
            sa.select(RequirementLinkRow.other_id).where(
                RequirementLinkRow.other_id.in_(wanted),
                RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
                RequirementLinkRow.ended_on.is_(None),
            )
        )
    )
    linked |= {one for one in wanted if any(each.keeps_anniversary for each in terms[one])}
    rows = {one: by_id(unit, one) for one in wanted}
    made = [
        {"id": new_id(), **_credit(met, _plain_end(met, rows[met.requirement_id], terms), now)}
        for met in in_order
        if met.requirement_id not in linked
    ]
    unit.insert_many(RequirementCreditRow, made)
    _close_met(unit, actor, made, now)
    for met in in_order:
        if met.requirement_id in linked:
            give_credit(unit, actor, met, now)
    return len(in_order)


def _plain_end(met: Met, row: RequirementRow, terms: Mapping[UUID, list[Terms]]) -> date | None:
    """Return the last valid day of evidence that no other evidence has a say in."""
    day = met.at.astimezone().date()
    said = terms.get(row.id, [])
    # of anything but a course the first terms count for what is older than they are (`terms_of`)
    begins = max(day, said[0].from_on) if said and row.course_id is None else day
    until = holds_until(terms_on(begins, said), day, course_months=row.valid_months)
    return min((one for one in (until, met.no_longer_than) if one is not None), default=None)


def _close_met(unit: Unit, actor: Actor, given: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Close what is open of pairs that were met, by the first credit that counts and is valid."""
    today = now.astimezone().date()
    valid: dict[tuple[UUID, UUID], list[Mapping[str, Any]]] = defaultdict(list)
    for one in given:
        if one["valid_until"] is None or one["valid_until"] >= today:
            valid[one["person_id"], one["requirement_id"]].append(one)
    wanted = {requirement_id for _person, requirement_id in valid}
    is_open = sa.select(AssignmentRow).where(
        AssignmentRow.requirement_id.in_(wanted), AssignmentRow.closed_at.is_(None)
    )
    for row in unit.scalars(is_open).all():
        counting = (
            one
            for one in valid.get((row.person_id, row.requirement_id), ())
            if row.counts_from is None or one["at"] >= row.counts_from
        )
        first = next(counting, None)
        if first is not None:
            _close(unit, actor, row, first["id"], first["basis"], now)
    unit.flush()


def _credit(met: Met, until: date | None, now: datetime) -> dict[str, Any]:
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


def _close(
    unit: Unit, actor: Actor, row: AssignmentRow, credit_id: UUID, basis: Basis, now: datetime
) -> None:
    row.credit_id = credit_id
    row.closed_at = now
    row.outcome = Outcome.COMPLETED
    note(unit, actor, row.id, AssignmentEvent.CREDITED, now, reason=basis.value)


def stand_in(unit: Unit, actor: Actor, met: Met, now: datetime) -> None:
    """Meet every requirement for which the one that was met stands in.

    A PC refuses loops; of one that two PCs made, each is met once.
    `met.proof_id` is the completion or the credit. The occasion follows from that of what was met,
    so that two PCs that credit the same give the same.
    """
    passed = met.through | {met.requirement_id}
    links = sa.select(RequirementLinkRow.requirement_id).where(
        RequirementLinkRow.other_id == met.requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    for primary in set(unit.scalars(links)) - passed:
        day = met.at.astimezone().date()
        terms = terms_of(unit, primary, day)
        person_id = met.person_id
        if terms.substitutes is Substitutes.ALL and not _holds_all(unit, person_id, primary, day):
            continue
        instead = Met(
            person_id=person_id,
            requirement_id=primary,
            at=met.at,
            basis=Basis.SUBSTITUTE,
            proof_id=met.proof_id,
            occasion_id=uuid5(met.occasion, str(met.requirement_id)),
            through=passed,
        )
        give_credit(unit, actor, instead, now)


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
    before = held_until(unit, person_id, row, instead_of) if terms.keeps_anniversary else None
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
) -> AssignmentEventRow:
    """Write an act on an assignment. Signatures of waivers and the like are bound to this fact."""
    row = AssignmentEventRow(
        assignment_id=assignment_id,
        event=event,
        at=at,
        until_on=until_on,
        reason=reason,
        by=actor.account_id,
        by_name=actor.name,
    )
    unit.add(row)
    return row


def _holds_all(unit: Unit, person_id: UUID, requirement_id: UUID, day: date) -> bool:
    links = sa.select(RequirementLinkRow.other_id).where(
        RequirementLinkRow.requirement_id == requirement_id,
        RequirementLinkRow.kind == LinkKind.SUBSTITUTE,
        RequirementLinkRow.ended_on.is_(None),
    )
    until = (held_until(unit, person_id, by_id(unit, one)) for one in unit.scalars(links).all())
    return all(one is not None and one >= day for one in until)
