"""Letting old training count that was signed: at once, or when what comes first is held (`training.hindrances`)."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.assignments.evidence import instant_of
from app.core.training.crediting import Met
from app.core.training.crediting_many import give_credits, plain_end
from app.core.training.hindrances import held_back, waits_for
from app.core.training.kinds import Basis, LinkKind
from app.core.training.legacy.models import LegacyRecordRow, LegacyVerdictRow
from app.core.training.legacy.types import WaitsFor
from app.core.training.models import RequirementCreditRow, RequirementLinkRow, RequirementRow
from app.core.training.requirements.queries import all_terms, by_id


def met_by(rows: Iterable[LegacyRecordRow], now: datetime) -> list[Met]:
    """Return what rows of old training meet."""
    return [
        Met(
            person_id=row.person_id,
            requirement_id=row.requirement_id,
            at=instant_of(row.trained_on, now),
            basis=Basis.MIGRATED,
            proof_id=row.id,
            no_longer_than=row.valid_until,
        )
        for row in rows
    ]


def count_in(unit: Unit, actor: Actor, mets: Sequence[Met], now: datetime) -> int:
    """Let old training count, but for what comes after something that is not held; return how many rows.

    What is over counts in any case: nobody may do anything by it. One row may be what another waits for.
    """
    today, given, left = now.astimezone().date(), 0, list(mets)
    over = _over(unit, left, today)
    while ready := _ready(unit, left, over, today):
        given += give_credits(unit, actor, ready, now)
        counted = {one.proof_id for one in ready}
        left = [one for one in left if one.proof_id not in counted]
    return given


def _ready(unit: Unit, mets: Sequence[Met], over: Container[UUID], today: date) -> list[Met]:
    """Return those before which nothing has to come that is not held, and those that are over."""
    if not mets:
        return []
    people, requirements = {one.person_id for one in mets}, {one.requirement_id for one in mets}
    waiting = held_back(unit, people, requirements, today)
    return [
        one
        for one in mets
        if one.proof_id in over or (one.person_id, one.requirement_id) not in waiting
    ]


def count_what_waited(unit: Unit, actor: Actor, now: datetime) -> int:
    """Let old training count that was signed and waited for what comes first; return how many rows."""
    waited = unit.scalars(_uncounted()).all()
    return count_in(unit, actor, met_by(waited, now), now) if waited else 0


def waits_of(session: Session, batch_id: UUID, today: date) -> tuple[WaitsFor, ...]:
    """Return what has to come before rows of a batch and is not held, and before how many of them."""
    row, beside = LegacyRecordRow, aliased(LegacyRecordRow)
    link, before = RequirementLinkRow, aliased(RequirementRow)
    is_in_batch = sa.exists().where(
        beside.batch_id == row.batch_id,
        beside.person_id == row.person_id,
        beside.requirement_id == before.id,
    )
    statement = (
        sa.select(before.title, sa.func.count())
        .select_from(row)
        .join(link, link.requirement_id == row.requirement_id)
        .join(before, before.id == link.other_id)
        .where(
            row.batch_id == batch_id,
            ~_is_counted(row),
            ~is_in_batch.correlate_except(beside),
            *waits_for(before, row.person_id, today),
        )
        .group_by(before.title)
        .order_by(before.title)
    )
    return tuple(WaitsFor(title=title, rows=count) for title, count in session.execute(statement))


def _over(session: Session, mets: Sequence[Met], today: date) -> frozenset[UUID]:
    """Return the proofs of what is not valid any more."""
    wanted = {one.requirement_id for one in mets}
    terms = all_terms(session, wanted) if wanted else {}
    rows = {one: by_id(session, one) for one in wanted}
    ends = ((one.proof_id, plain_end(one, rows[one.requirement_id], terms)) for one in mets)
    return frozenset(proof for proof, until in ends if until is not None and until < today)


def _uncounted() -> sa.Select[LegacyRecordRow]:
    """Select signed rows that nobody was credited for, of requirements that something comes before, or came."""
    row = LegacyRecordRow
    behind = sa.select(RequirementLinkRow.requirement_id).where(
        RequirementLinkRow.kind == LinkKind.PREREQUISITE
    )
    is_signed = sa.exists().where(
        LegacyVerdictRow.batch_id == row.batch_id, LegacyVerdictRow.is_accepted.is_(True)
    )
    return sa.select(row).where(row.requirement_id.in_(behind), is_signed, ~_is_counted(row))


def _is_counted(row: type[LegacyRecordRow]) -> sa.ColumnElement[bool]:
    """Return the condition that a row, or one of another batch that says the same, was credited."""
    same, credit = aliased(LegacyRecordRow), aliased(RequirementCreditRow)
    found = (
        sa.select(credit.id)
        .join(same, same.id == credit.proof_id)
        .where(
            credit.person_id == row.person_id,
            credit.requirement_id == row.requirement_id,
            same.trained_on == row.trained_on,
        )
    )
    return found.correlate(row).exists()
