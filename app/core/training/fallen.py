"""Asking again for what was closed by evidence that counts no more (a new cycle opens, with the reason).

It is asked at once when the evidence falls, and on a new day of whatever fell by facts of another PC. Any
evidence that stands counts for the next cycle, the right one of the same training among it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit, shown_in_sql
from app.core.learning import withdrawals
from app.core.people import still_here
from app.core.storage.columns import Day
from app.core.training.correction_models import CorrectionVerdictRow
from app.core.training.credited import why_fallen
from app.core.training.crediting import note
from app.core.training.held import (
    FOREVER,
    credit_stands_of_many,
    held_until_of,
    newest_evidence,
)
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import AssignmentEvent, Basis, LinkKind, Outcome, Source
from app.core.training.models import (
    AssignmentRow,
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import Due, Terms, first_due, renewal_due, terms_on, with_grace

_AS_BEFORE = frozenset({Source.RULE, Source.MATRIX, Source.CHOSEN})
"""What can end a cycle that it opened goes on being able to."""


@dataclass(frozen=True, slots=True)
class _Fallen:
    """The cycle in force of a pair, and the evidence that fell which had met it, or the one before it."""

    row: AssignmentRow
    evidence: Any
    """A credit, or a completion."""
    held_until: date | None
    """By what stands now; FOREVER for good."""
    met: AssignmentRow
    """The cycle that the evidence had met."""

    @property
    def grounds(self) -> tuple[UUID, ...]:
        """Return the evidence, and of what stands in for something that on which it rests."""
        if isinstance(self.evidence, RequirementCreditRow):
            return self.evidence.id, self.evidence.proof_id
        return (self.evidence.id,)

    def is_held(self, today: date) -> bool:
        return self.held_until is not None and self.held_until >= today

    def is_asked(self, due: Due, today: date, fell_on: date | None) -> bool:
        """Tell whether it is asked again: nothing held when it fell, or an open renewal has to be done sooner."""
        if not self.is_held(today):
            held = self.held_until
            return held is None or (fell_on is not None and held < fell_on)
        was_due = self.row.due_on
        is_sooner = due.on is not None and was_due is not None and due.on < was_due
        return is_sooner and self.row.closed_at is None


def ask_for_fallen(
    unit: Unit,
    actor: Actor,
    now: datetime,
    people: Collection[UUID] | None = None,
    reason: str = "",
) -> int:
    """Open the next cycle of what somebody holds no more; return how many. `people` narrows it to some.

    Where other evidence still held when it fell nothing is asked, since that is renewed like any other; but a
    renewal that is open is due when it ends.
    Without a `reason` it is that of the correction.
    """
    today = now.astimezone().date()
    found = _found(unit, people, today)
    if not found:
        return 0
    requirements = {one.row.requirement_id for one in found}
    for requirement_id in sorted(requirements):
        unit.take_turn("assignments of", requirement_id)
    reasons = {} if reason else _reasons(unit, found)
    terms = all_terms(unit, requirements)
    rows = []
    for one in found:
        due = _due(one, terms_on(today, terms.get(one.row.requirement_id, [])), today)
        if not one.is_asked(due, today, _fell_on(unit, one)):
            continue
        because = reason or reasons.get(one.evidence.id) or _("What proved it counts no more")
        rows.append(_next_cycle(one, due, now, because))
        if one.row.closed_at is None:
            one.row.closed_at, one.row.outcome = now, Outcome.SUPERSEDED
            note(unit, actor, one.row.id, AssignmentEvent.SUPERSEDED, now, reason=because)
    unit.flush()
    return unit.insert_many(AssignmentRow, rows)


def _found(unit: Unit, people: Collection[UUID] | None, today: date) -> list[_Fallen]:
    """Return the cycles in force that fallen evidence closed, and the open renewals of such."""
    met, credit = aliased(AssignmentRow), aliased(RequirementCreditRow)
    done, gone = aliased(neighbours().completion), neighbours().withdrawal
    by_credit = (
        _met_by(credit, met, today)
        .join(credit, credit.id == shown_in_sql(RequirementCreditRow, met.credit_id))
        .where(met.credit_id.is_not(None), ~credit_stands_of_many(credit))
    )
    by_course = (
        _met_by(done, met, today)
        .join(done, done.id == met.completion_id)
        .where(
            met.credit_id.is_(None),
            AssignmentRow.person_id.in_(sa.select(gone.person_id)),  # few, and found by an index
            done.id.in_(sa.select(gone.completion_id)),
        )
    )
    only = [] if people is None else [AssignmentRow.person_id.in_(list(people))]
    return [
        _Fallen(*row)
        for statement in (by_credit, by_course)
        for row in unit.execute(statement.where(*only).order_by(AssignmentRow.id))
    ]


def _met_by(evidence: Any, met: Any, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Select the cycles in force with what met them, or the one that a renewal renews."""
    before = aliased(AssignmentRow)
    met_before = sa.select(sa.func.max(before.cycle)).where(
        before.person_id == AssignmentRow.person_id,
        before.requirement_id == AssignmentRow.requirement_id,
        before.cycle < AssignmentRow.cycle,
        sa.or_(before.credit_id.is_not(None), before.completion_id.is_not(None)),
    )
    person, day = neighbours().person, sa.literal(today, Day)
    is_cycle_met = sa.or_(
        sa.and_(AssignmentRow.closed_at.is_not(None), met.cycle == AssignmentRow.cycle),
        sa.and_(
            AssignmentRow.closed_at.is_(None),
            AssignmentRow.source == Source.RENEWAL,
            met.cycle == met_before.correlate_except(before).scalar_subquery(),
        ),
    )
    is_same_pair = sa.and_(
        met.person_id == AssignmentRow.person_id,
        met.requirement_id == AssignmentRow.requirement_id,
    )
    return (
        sa.select(AssignmentRow, evidence, sa.type_coerce(newest_evidence(held_until_of), Day), met)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(met, sa.and_(is_same_pair, is_cycle_met))
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            *in_force(),
            ~is_waived(today),
            still_here(person.left_on, day),
            sa.or_(RequirementRow.retired_on.is_(None), RequirementRow.retired_on > day),
        )
    )


def _reasons(unit: Unit, found: Collection[_Fallen]) -> Mapping[UUID, str]:
    """Return by evidence why it fell: of what stood in for something, why that fell."""
    said = why_fallen(unit, [each for one in found for each in one.grounds])
    return {
        one.evidence.id: because
        for one in found
        for each in reversed(one.grounds)
        if (because := said.get(each))
    }


def _fell_on(unit: Unit, one: _Fallen) -> date | None:
    """Return the day of the last correction of evidence, or of what it stood on."""
    found = [each.at for each in withdrawals(unit, one.grounds).values()]
    if isinstance(one.evidence, RequirementCreditRow):
        found += [at for at in _corrected_at(unit, one.evidence) if at is not None]
    return max(found).astimezone().date() if found else None


def _corrected_at(
    unit: Unit, credit: RequirementCreditRow
) -> tuple[datetime | None, datetime | None]:
    """Return when what a credit stood on was corrected last: credits, and completions of substitutes."""
    verdict, ground, link = CorrectionVerdictRow, aliased(RequirementCreditRow), RequirementLinkRow
    done, gone = neighbours().completion, neighbours().withdrawal
    is_substitute = sa.literal(credit.basis is Basis.SUBSTITUTE)
    stood_on = sa.select(link.other_id).where(
        link.requirement_id == credit.requirement_id, link.kind == LinkKind.SUBSTITUTE
    )
    by_credit = (
        sa.select(sa.func.max(verdict.at))
        .join(ground, ground.id.in_((verdict.replaces_id, verdict.credit_id)))
        .where(
            ground.person_id == credit.person_id,
            sa.or_(
                ground.id.in_((credit.id, credit.proof_id)),
                sa.and_(is_substitute, ground.requirement_id.in_(stood_on)),
            ),
        )
    )
    by_course = (
        sa.select(sa.func.max(gone.at))
        .join(done, done.id == gone.completion_id)
        .join(RequirementRow, RequirementRow.course_id == done.course_id)
        .where(
            is_substitute,
            gone.person_id == credit.person_id,
            RequirementRow.id.in_(stood_on),
        )
    )
    return unit.scalar(by_credit), unit.scalar(by_course)


def _next_cycle(one: _Fallen, due: Due, now: datetime, because: str) -> dict[str, Any]:
    row, today = one.row, now.astimezone().date()
    asked = one.met.source if one.met.source in _AS_BEFORE else Source.MANUAL
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": because,
        "due_on": due.on,
        "late_after": due.late_after,
        "counts_from": row.counts_from,
        "source": Source.RENEWAL if one.is_held(today) else asked,
        "rule_id": one.met.rule_id,
    }


def _due(one: _Fallen, terms: Terms, today: date) -> Due:
    """Return when it is due: as the terms say, at once where they say nothing; never later than an open renewal was."""
    row = one.row
    if row.source is Source.CHOSEN:
        return Due(on=None)
    if one.is_held(today):
        return renewal_due(terms, opened_on=today, held_until=one.held_until or FOREVER)
    due = first_due(terms, assigned_on=today, joined_on=None)
    if due.on is None:
        due = with_grace(terms, today)
    was_due = None if row.closed_at is not None else row.due_on
    if was_due is None or due.on is None or due.on <= was_due:
        return due
    return Due(on=was_due, late_after=row.late_after)
