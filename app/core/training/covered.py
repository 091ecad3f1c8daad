"""Cycles that evidence meets which somebody held already: they are completed by it.

Where such a cycle stayed open, its due date would go on counting when the evidence ends, and no renewal
would open. Which evidence meets it follows from the rows alone, and so does when it was closed: two PCs
that do this apart write the same.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Day, Id, Instant
from app.core.training.crediting import note
from app.core.training.held import Evidence, held_until_of, may_be_held, newest_evidence
from app.core.training.in_force import is_open
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow
from app.core.training.quickly import AnyOfOne

_NOT_MET_SO = (Source.RENEWAL, Source.CHOSEN)
"""A renewal is met by newer evidence than it renews; what people chose they do though they hold it."""


def complete_held(
    unit: Unit, actor: Actor, today: date, now: datetime, given: Collection[tuple[UUID, UUID]]
) -> int:
    """Complete those cycles of pairs of person and requirement, just opened, that what they hold meets."""
    people = sorted({person_id for person_id, _requirement in given})
    if len(people) == 1 and not _any_of_one().is_any(unit, today, people[0]):
        return 0
    wanted = sorted({requirement_id for _person, requirement_id in given})
    return sum(
        _complete(unit, actor, now, {"today": today, "people": some, "wanted": wanted})
        for some in batches(people)
    )


def complete_all_held(unit: Unit, actor: Actor, today: date, now: datetime) -> int:
    """Complete every open cycle that evidence meets which another PC had not heard of."""
    return _complete(unit, actor, now, {"today": today})


def _complete(unit: Unit, actor: Actor, now: datetime, values: dict[str, Any]) -> int:
    statement = _of_some() if "people" in values else _covered()
    done = 0
    for row, known_at, proof_id, is_credit in _meeting(unit.execute(statement, values).all()):
        row.credit_id, row.completion_id = (proof_id, None) if is_credit else (None, proof_id)
        row.closed_at, row.outcome = max(row.assigned_at, known_at), Outcome.COMPLETED
        before = known_at <= row.assigned_at
        reason = _("Held already") if before else _("Met on another PC before it was known there")
        note(unit, actor, row.id, AssignmentEvent.CREDITED, now, reason=reason)
        done += 1
    unit.flush()
    return done


@cache
def _any_of_one() -> AnyOfOne:
    return AnyOfOne(_open().where(may_be_held()))


def _meeting(rows: Collection[Any]) -> Iterator[tuple[AssignmentRow, datetime, UUID, bool]]:
    """Yield what was valid both when it was put on record and when the cycle opened."""
    for row, held_until, known_at, proof_id, is_credit in rows:
        since = max(row.assigned_at, known_at)
        if held_until >= since.astimezone().date():
            yield row, known_at, proof_id, bool(is_credit)


@cache
def _of_some() -> sa.Select[*tuple[Any, ...]]:
    """Select of `people` and the requirements `wanted` alone. Put together once, as the other."""
    return _covered().where(
        AssignmentRow.person_id.in_(sa.bindparam("people", type_=Id(), expanding=True)),
        AssignmentRow.requirement_id.in_(sa.bindparam("wanted", type_=Id(), expanding=True)),
    )


@cache
def _covered() -> sa.Select[*tuple[Any, ...]]:
    """Select open cycles with their newest evidence: its last valid day, since when it is on record, its id and kind."""
    held = newest_evidence(held_until_of)
    found = _open().add_columns(
        sa.type_coerce(held, Day),
        sa.type_coerce(newest_evidence(_known_at), Instant),
        sa.type_coerce(newest_evidence(lambda met: met.id), Id),
        newest_evidence(lambda met: sa.literal(int(met is RequirementCreditRow))),
    )
    return found.where(held.is_not(None))


def _open() -> sa.Select[AssignmentRow]:
    """Select the open cycles that evidence may meet on the day `today`."""
    today, waived = sa.bindparam("today", type_=Day()), AssignmentRow.waived_until
    return (
        sa.select(AssignmentRow)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            *is_open(),
            *(AssignmentRow.source != one for one in _NOT_MET_SO),
            sa.or_(waived.is_(None), waived < today),
        )
    )


def _known_at(met: Evidence) -> Any:
    return met.recorded_at if met is RequirementCreditRow else met.at
