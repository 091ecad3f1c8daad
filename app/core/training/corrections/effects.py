"""What a correction that stands does to what somebody holds, and to what that stood in for."""

from datetime import date, datetime
from uuid import UUID

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.learning import withdraw_completion
from app.core.training.assignments.evidence import instant_of
from app.core.training.correction_models import CorrectionRow
from app.core.training.corrections.kinds import (
    CHANGES_CREDIT,
    CORRECTED_FIELDS,
    COUNTS,
    PERSON,
    RecordKind,
)
from app.core.training.corrections.records import (
    Found,
    accepted,
    credit_of,
    day_of,
    find,
    standing,
)
from app.core.training.crediting import Met, give_credit, stand_in_for_credit
from app.core.training.fallen import ask_for_fallen
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow


def take_effect(
    unit: Unit, actor: Actor, row: CorrectionRow, now: datetime
) -> tuple[UUID | None, UUID | None]:
    """Return the credit that counts no more, and the one that counts instead. A completion gives none: see `withdraw`."""
    kind = RecordKind(row.record_kind)
    about = CORRECTED_FIELDS[kind][row.field]
    if about.kind not in CHANGES_CREDIT or kind is RecordKind.COMPLETION:
        return None, None
    found = find(unit, kind, row.record_id)
    before = credit_of(unit, found, (one.id for one in accepted(unit, found.ids)))
    if before is None or row.field == COUNTS or found.requirement_id is None:
        return before, None
    values = {**standing(unit, found), row.field: row.new}
    day, until = day_of(kind, values), values.get("valid_until", "")
    met = Met(
        person_id=UUID(values.get(PERSON) or str(found.person_id)),
        requirement_id=found.requirement_id,
        at=_instant(unit.get_one(RequirementCreditRow, before), found, day, now),
        basis=Basis.CORRECTED,
        proof_id=row.id,
        no_longer_than=date.fromisoformat(until) if until else None,
    )
    return before, give_credit(unit, actor, met, now, instead_of=before)


def follow(
    unit: Unit, actor: Actor, row: CorrectionRow, before: UUID, after: UUID | None, now: datetime
) -> None:
    """Let follow what follows from a credit that fell, once its correction stands.

    What takes its place stands in for the same, and what is held no more is asked for again.
    """
    if after is not None:
        stand_in_for_credit(unit, actor, after, now)
    people = {unit.get_one(RequirementCreditRow, before).person_id}
    ask_for_fallen(unit, actor, now, people, row.reason)


def withdraw(unit: Unit, actor: Actor, row: CorrectionRow, now: datetime) -> UUID | None:
    """Let the completion of a course count no more, if that is what is said; return it."""
    kind = RecordKind(row.record_kind)
    if kind is not RecordKind.COMPLETION or row.field != COUNTS:
        return None
    found = find(unit, kind, row.record_id)
    withdraw_completion(unit, actor, found.id, row.reason, now)
    return found.id


def _instant(before: RequirementCreditRow, found: Found, day: date, now: datetime) -> datetime:
    """Return when it was met: of what was met here to the second, unless the day was wrong."""
    if found.kind is RecordKind.CREDIT and before.at.astimezone().date() == day:
        return before.at
    return instant_of(day, now)
