"""Standing in with what was held before: a link is made, terms change, or a link came from another PC.

What is met from then on stands in at once (`crediting.stand_in`). Here everybody is found who holds a substitute
already, and gets the credit that they would have got; doing it twice, or on two PCs, gives nothing twice.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.learning import completion_stands
from app.core.storage.columns import Day
from app.core.training.crediting import Met, earliest, instead_by, together
from app.core.training.crediting_many import give_credits, plain_end
from app.core.training.held import FOREVER, credit_stands_of_many
from app.core.training.hindrances import held_back
from app.core.training.kinds import Basis, LinkKind, Substitutes
from app.core.training.models import RequirementCreditRow, RequirementLinkRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import all_terms, by_id
from app.core.training.terms import terms_on

_Lacks = Any
"""A way from the columns of a person and a proof to the condition that nothing was given for them."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A piece of evidence for a substitute that is valid today."""

    requirement_id: UUID
    person_id: UUID
    at: datetime
    until: date | None
    occasion_id: UUID
    ground_id: UUID
    """The completion or the credit; of what stands in itself, that on which it rests."""

    @property
    def met(self) -> Met:
        return Met(
            person_id=self.person_id,
            requirement_id=self.requirement_id,
            at=self.at,
            basis=Basis.SUBSTITUTE,
            proof_id=self.ground_id,
            no_longer_than=self.until,
            occasion_id=self.occasion_id,
        )


def stand_in_for_held(
    unit: Unit, actor: Actor, now: datetime, primaries: Collection[UUID] | None = None
) -> int:
    """Let everybody hold what their valid evidence stands in for; return how many credits were given.

    `primaries` narrows it to what is stood in for.
    """
    today, given = now.astimezone().date(), 0
    links = _links(unit, primaries)
    terms = all_terms(unit, links) if links else {}
    for primary in sorted(links):
        needs_all = terms_on(today, terms.get(primary, [])).substitutes is Substitutes.ALL
        evidence = _by_all if needs_all else _by_any
        found = list(evidence(unit, primary, links[primary], today))
        row = by_id(unit, primary)
        ends = ((one, plain_end(one, row, terms)) for one in found)
        lasting = [one for one, until in ends if until is None or until >= today]
        fresh = _not_given(unit, primary, lasting)
        waiting = held_back(unit, (one.person_id for one in fresh), (primary,), today)
        fresh = [one for one in fresh if (one.person_id, primary) not in waiting]
        given += give_credits(unit, actor, fresh, now)
    return given


def _links(unit: Unit, primaries: Collection[UUID] | None) -> Mapping[UUID, list[UUID]]:
    """Return by requirement what stands in for it."""
    link = RequirementLinkRow
    statement = sa.select(link.requirement_id, link.other_id).where(
        link.kind == LinkKind.SUBSTITUTE,
        link.ended_on.is_(None),
        *([] if primaries is None else [link.requirement_id.in_(list(primaries))]),
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for primary, sub in unit.execute(statement.order_by(link.other_id)):
        found[primary].append(sub)
    return found


def _by_any(unit: Unit, primary: UUID, subs: Iterable[UUID], today: date) -> Iterable[Met]:
    """Yield a requirement as met by each valid piece of evidence for something that stands in for it."""
    there = aliased(RequirementCreditRow)

    def lacks(person_id: Any, proof_id: Any) -> sa.ColumnElement[bool]:
        by_it = sa.exists().where(
            there.person_id == person_id,
            there.requirement_id == primary,
            there.basis == Basis.SUBSTITUTE,
            there.proof_id == proof_id,
        )
        return ~by_it.correlate_except(there)

    for sub in subs:
        for one in _held(unit, sub, today, lacks):
            yield replace(instead_by(one.met, primary), through=frozenset({sub}))


def _by_all(unit: Unit, primary: UUID, subs: Iterable[UUID], today: date) -> Iterable[Met]:
    """Yield a requirement as met by who holds all that stand in together, each by what lasts longest.

    Whoever holds it by a credit already is left out.
    """
    there = aliased(RequirementCreditRow)

    def lacks(person_id: Any, _proof_id: Any) -> sa.ColumnElement[bool]:
        holds = sa.exists().where(
            there.person_id == person_id,
            there.requirement_id == primary,
            _is_valid(there.valid_until, today),
            credit_stands_of_many(there),
        )
        return ~holds.correlate_except(there)

    best: dict[UUID, dict[UUID, _Held]] = defaultdict(dict)
    wanted = list(subs)
    for sub in wanted:
        found = _held(unit, sub, today, lacks)
        for one in sorted(found, key=lambda each: (each.until or FOREVER, each.at)):
            best[one.person_id][sub] = one
    for by_sub in best.values():
        if len(by_sub) == len(wanted):
            last = max(by_sub.values(), key=lambda one: one.at)
            ends = earliest(*(one.until for one in by_sub.values()))
            met = replace(
                instead_by(last.met, primary), no_longer_than=ends, through=frozenset(wanted)
            )
            yield together(met, (one.occasion_id for one in by_sub.values()))


def _held(unit: Unit, sub: UUID, today: date, lacks: _Lacks) -> list[_Held]:
    """Return the valid evidence for a substitute of who lacks what it stands in for."""
    credit, done = RequirementCreditRow, neighbours().completion
    ground = sa.case((credit.basis == Basis.SUBSTITUTE, credit.proof_id), else_=credit.id)
    occasion = sa.func.coalesce(credit.occasion_id, credit.proof_id)
    by_credit = sa.select(credit.person_id, credit.at, credit.valid_until, occasion, ground).where(
        credit.requirement_id == sub,
        _is_valid(credit.valid_until, today),
        credit_stands_of_many(credit),
        lacks(credit.person_id, ground),
    )
    by_course = (
        sa.select(done.person_id, done.at, done.valid_until, done.id, done.id)
        .join(RequirementRow, RequirementRow.course_id == done.course_id)
        .where(
            RequirementRow.id == sub,
            _is_valid(done.valid_until, today),
            completion_stands(done),
            lacks(done.person_id, done.id),
        )
    )
    return [
        _Held(sub, *row) for statement in (by_credit, by_course) for row in unit.execute(statement)
    ]


def _is_valid(until: Any, today: date) -> sa.ColumnElement[bool]:
    return sa.or_(until.is_(None), until >= sa.literal(today, Day))


def _not_given(unit: Unit, primary: UUID, found: Collection[Met]) -> list[Met]:
    """Return what nobody, on whichever PC, gave a credit for yet."""
    if not found:
        return []
    credit = RequirementCreditRow
    rows = unit.execute(
        sa.select(credit.person_id, credit.occasion_id).where(
            credit.requirement_id == primary, credit.basis == Basis.SUBSTITUTE
        )
    )
    given = {(person_id, occasion_id) for person_id, occasion_id in rows}
    return [one for one in found if (one.person_id, one.occasion) not in given]
