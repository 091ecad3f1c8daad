"""What a new day brings: renewals open, leavers' assignments end, due dates of who was away move on.

Each is one statement that finds, and one insert or a few edits. Doing it twice changes nothing, and
two PCs that both do it make the same cycles, which are one thing (ADR 16).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit
from app.core.learning import completion_stands
from app.core.people import still_here
from app.core.storage.columns import Day, Id, Instant
from app.core.training.assignments.away_before import end_absences_of_before
from app.core.training.assignments.ending import cancel
from app.core.training.assignments.retired import end_open_of_retired, over_at_once
from app.core.training.assignments.standing_still import come_back
from app.core.training.chosen import was_asked
from app.core.training.covered import complete_all_held
from app.core.training.crediting import note
from app.core.training.held import (
    FOREVER,
    credit_stands,
    held_until_of,
    newest_evidence,
    newest_proof,
)
from app.core.training.in_force import in_force, is_open
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import (
    AbsenceRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.quickly import AnyOfOne
from app.core.training.rejoining import ask_who_rejoined
from app.core.training.requirements.queries import all_terms
from app.core.training.standing_on import first_rule, name_rules
from app.core.training.still_waived import let_off_still
from app.core.training.terms import Terms, renewal_due, renews_again, terms_on, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """What a day change did, in numbers."""

    opened: int = 0
    """Renewals."""
    cancelled: int = 0
    moved: int = 0
    """Due dates of people who are back."""
    assigned: int = 0
    """By enrolment rules and the matrix, and of who joined again."""
    held_back: tuple[str, ...] = ()
    """Titles of rules that would suddenly have reached many: somebody has to run them by hand."""


def change_day(unit: Unit, actor: Actor, today: date, now: datetime) -> DayChange:
    """Bring assignments to a day."""
    unit.take_turn("day of assignments")
    end_absences_of_before(unit, actor, now)
    moved = _come_back(unit, actor, today, now)
    close_renewed(unit, actor, now)
    complete_all_held(unit, actor, today, now)
    name_rules(unit)
    cancelled = cancel_of_leavers(unit, actor, today, now)
    cancelled += end_open_of_retired(unit, actor, today, now)
    _end_lapsed_of_retired(unit, today, now)
    return DayChange(
        cancelled=cancelled,
        moved=moved,
        assigned=ask_who_rejoined(unit, actor, today, now),
        opened=_renew(unit, actor, today, now),
    )


def cancel_of_leavers(
    unit: Unit, actor: Actor, today: date, now: datetime, people: Collection[UUID] | None = None
) -> int:
    """End the open assignments of who has left; return how many. `people` narrows it to some."""
    if people is None:
        rows = unit.execute(_open_of_leavers(), {"today": today}).all()
    elif len(people) == 1 and not _any_open_of_one().is_any(unit, today, *people):
        return 0
    else:
        rows = unit.execute(_open_of_some(), {"today": today, "people": list(people)}).all()
    for row, left_on in rows:
        reason = _("Left on {day}").format(day=day_in_words(left_on))
        cancel(unit, actor, row, now, reason, left_on=left_on)
    unit.flush()
    return len(rows)


@cache
def _open_of_some() -> sa.Select[AssignmentRow, Any]:
    """Select of `people` only. Put together once: that takes longer than asking of one."""
    some = sa.bindparam("people", type_=Id(), expanding=True)
    return _open_of_leavers().where(AssignmentRow.person_id.in_(some))


@cache
def _any_open_of_one() -> AnyOfOne:
    return AnyOfOne(_open_of_leavers())


def _open_of_leavers() -> sa.Select[AssignmentRow, Any]:
    """Select what is open of who has left by the day `today`, and when they did."""
    person = neighbours().person
    return (
        sa.select(AssignmentRow, person.left_on)
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            person.left_on <= sa.bindparam("today", type_=Day()), AssignmentRow.closed_at.is_(None)
        )
    )


def close_renewed(unit: Unit, actor: Actor, now: datetime) -> int:
    """Close renewals that were met on a PC that did not know of them; return how many.

    Such evidence is newer than what closed the cycle before.
    """
    before = aliased(AssignmentRow)
    met_at = sa.type_coerce(newest_evidence(lambda met: met.at), Instant)
    rows = unit.scalars(
        sa.select(AssignmentRow)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(
            before,
            sa.and_(
                before.person_id == AssignmentRow.person_id,
                before.requirement_id == AssignmentRow.requirement_id,
                before.cycle == AssignmentRow.cycle - 1,
            ),
        )
        .where(
            AssignmentRow.source == Source.RENEWAL,
            *is_open(),
            met_at > before.closed_at,
        )
    ).all()
    for row in rows:
        row.completion_id, row.credit_id = newest_proof(unit, row)
        row.closed_at, row.outcome = now, Outcome.COMPLETED
        reason = _("Met on another PC before the renewal was known there")
        note(unit, actor, row.id, AssignmentEvent.CREDITED, now, reason=reason)
    unit.flush()
    return len(rows)


def _come_back(unit: Unit, actor: Actor, today: date, now: datetime) -> int:
    """Put off what people have open whose absences are over; return how many due dates moved."""
    over = sa.select(AbsenceRow).where(
        AbsenceRow.has_moved_dues.is_(False), AbsenceRow.to_on <= sa.literal(today, Day)
    )
    of_person: dict[UUID, list[AbsenceRow]] = defaultdict(list)
    for row in unit.scalars(over):
        of_person[row.person_id].append(row)
    return sum(come_back(unit, actor, one, rows, now) for one, rows in of_person.items())


def _renew(unit: Unit, actor: Actor, today: date, now: datetime) -> int:
    terms = _renewing(unit, today)
    by_window: dict[int, list[UUID]] = defaultdict(list)
    for requirement_id, (known, months) in terms.items():
        by_window[window_of(known, months)].append(requirement_id)
    opened = 0
    for window, ids in by_window.items():
        rows = unit.execute(_expiring(ids, today + timedelta(days=window), today)).all()
        opened += unit.insert_many(AssignmentRow, (_next_cycle(row, terms, now) for row in rows))
        if waived := [(row.person_id, row.requirement_id) for row in rows if row.waived_until]:
            let_off_still(unit, actor, waived, now)
    return opened


def _end_lapsed_of_retired(unit: Unit, today: date, now: datetime) -> None:
    """Let nobody stand as lapsed in what is asked for no more."""
    statement = sa.select(RequirementRow.id, RequirementRow.retired_on).where(
        RequirementRow.retired_on <= sa.literal(today, Day)
    )
    retired = {one: on for one, on in unit.execute(statement) if on is not None}
    if not retired:
        return
    rows = unit.execute(_expiring(list(retired), today - timedelta(days=1), today)).all()
    cycles = (over_at_once(row, retired[row.requirement_id], now) for row in rows)
    unit.insert_many(AssignmentRow, cycles)


def _renewing(unit: Unit, today: date) -> dict[UUID, tuple[Terms, int | None]]:
    """Return the terms of every requirement that is renewed, with the months its course says."""
    said = all_terms(unit)
    statement = sa.select(RequirementRow.id, RequirementRow.valid_months).where(
        sa.or_(
            RequirementRow.retired_on.is_(None), RequirementRow.retired_on > sa.literal(today, Day)
        )
    )
    found = {
        requirement_id: (terms_on(today, said.get(requirement_id, [])), months)
        for requirement_id, months in unit.execute(statement)
    }
    return {
        one: (terms, months) for one, (terms, months) in found.items() if renews_again(terms, today)
    }


def _ending(requirement_ids: list[UUID], last: sa.ColumnElement[date]) -> sa.Subquery:
    """Return the pairs of which any evidence that stands ends by a day."""
    completion, credit = neighbours().completion, RequirementCreditRow
    return (
        sa.select(completion.person_id, RequirementRow.id.label("requirement_id"))
        .join(RequirementRow, RequirementRow.course_id == completion.course_id)
        .where(
            RequirementRow.id.in_(requirement_ids),
            completion.valid_until <= last,
            completion_stands(completion),
        )
        .union(
            sa.select(credit.person_id, credit.requirement_id).where(
                credit.requirement_id.in_(requirement_ids),
                credit.valid_until <= last,
                credit_stands(credit),
            )
        )
        .subquery("ending")
    )


def _expiring(requirement_ids: list[UUID], until: date, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Select completed pairs whose newest evidence ends by a day: led by the indexes of expiry."""
    person, last = neighbours().person, sa.literal(until, Day)
    ending, held = _ending(requirement_ids, last), newest_evidence(held_until_of)
    return (
        sa.select(
            AssignmentRow.person_id,
            AssignmentRow.requirement_id,
            AssignmentRow.cycle,
            AssignmentRow.counts_from,
            AssignmentRow.waived_until,
            first_rule().label("rule_id"),
            sa.type_coerce(held, Day).label("held_until"),
        )
        .select_from(ending)
        .join(
            AssignmentRow,
            sa.and_(
                AssignmentRow.person_id == ending.c.person_id,
                AssignmentRow.requirement_id == ending.c.requirement_id,
            ),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            AssignmentRow.closed_at.is_not(None),
            *in_force(),
            was_asked(AssignmentRow),
            still_here(person.left_on, today),
            held <= last,
        )
    )


def _next_cycle(
    row: Any, terms: dict[UUID, tuple[Terms, int | None]], now: datetime
) -> dict[str, Any]:
    known, _months = terms[row.requirement_id]
    if row.held_until == FOREVER:
        raise ValueError("what holds for good is not renewed")
    due = renewal_due(known, opened_on=now.astimezone().date(), held_until=row.held_until)
    return {
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "cycle": row.cycle + 1,
        "assigned_at": now,
        "origin": _("Renewal: what you hold is valid until {day}").format(
            day=day_in_words(row.held_until)
        ),
        "due_on": due.on,
        "late_after": due.late_after,
        "counts_from": row.counts_from,
        "source": Source.RENEWAL,
        "rule_id": row.rule_id,
    }
