"""Nothing is due before somebody joins: what was asked of them before that counts from the day of joining.

HR puts joinings off, and corrects the day again: due dates follow either way, as far as nobody said
another day meanwhile.
"""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Day, Id
from app.core.storage.days import days_later, midnight_of
from app.core.training.crediting import note
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.models import AssignmentEventRow, AssignmentRow
from app.core.training.neighbours import neighbours
from app.core.training.quickly import AnyOfOne
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import Due, Terms, anew, terms_on

_BY_TERMS = (Source.RULE, Source.MATRIX)
"""What is due as the terms say; of anything else somebody may have said the day."""


def wait_for_joining(
    unit: Unit, actor: Actor, today: date, now: datetime, people: Collection[UUID]
) -> int:
    """Let what people have open be due as their day of joining says now; return how many due dates moved."""
    if len(people) == 1 and not _any_early().is_any(unit, today, *people):
        return 0
    moved = 0
    for some in batches(sorted(people)):
        rows = unit.execute(_early_of_some(), {"people": some, "today": today}).all()
        said = all_terms(unit, {row.requirement_id for row, *_more in rows}) if rows else {}
        for row, joined_on, plain in rows:
            asked_on = row.assigned_at.astimezone().date()
            terms = terms_on(asked_on, said.get(row.requirement_id, []))
            due = _due(row, terms, asked_on, joined_on, plain or row.due_on)
            if due.on is not None and _is_to_move(row.due_on, due.on, plain):
                _move(unit, actor, row, due, joined_on, now)
                moved += 1
    unit.flush()
    return moved


def _due(row: AssignmentRow, terms: Terms, asked_on: date, joined_on: date, plain: date) -> Due:
    """Return when it is due; `plain` is the day of which no joining has made another yet."""
    begins = max(asked_on, joined_on)
    if row.source not in _BY_TERMS and plain >= begins:
        grace = (row.late_after or plain) - (row.due_on or plain)
        return Due(on=plain, late_after=plain + grace if row.late_after else None)
    return anew(terms, plain, asked_on, begins, joined_on=joined_on)


def _is_to_move(is_due: date, would_be: date, plain: date | None) -> bool:
    """Tell whether a due date moves: only what was put off before (`plain`) comes forward again."""
    return would_be > is_due or (plain is not None and would_be < is_due)


def _move(
    unit: Unit, actor: Actor, row: AssignmentRow, due: Due, joined_on: date, now: datetime
) -> None:
    reason = _("Joins on {day}").format(day=day_in_words(joined_on))
    event = AssignmentEvent.DUE_MOVED
    act = note(unit, actor, row.id, event, now, reason=reason, until_on=due.on)
    act.due_before = row.due_on
    row.due_on, row.late_after = due.on, due.late_after


@cache
def _any_early() -> AnyOfOne:
    """Return whether anything may have to move: asked at every change of a person, so of as little as can be."""
    person = neighbours().person
    maybe = sa.select(AssignmentRow.id).join(person, person.id == AssignmentRow.person_id)
    is_early, is_put_off = _asked_early(), _put_off_now(AssignmentEventRow)
    return AnyOfOne(maybe.where(*_counts(), sa.or_(is_early, is_put_off)))


@cache
def _early_of_some() -> sa.Select[*tuple[Any, ...]]:
    some = sa.bindparam("people", type_=Id(), expanding=True)
    return _early().where(AssignmentRow.person_id.in_(some))


@cache
def _early() -> sa.Select[*tuple[Any, ...]]:
    """Select what is open with a due date and was asked before the person joins, or put off for that.

    Columns: the cycle, joined_on, and what was due before a joining made the day of it that it has; else none.
    """
    person, act = neighbours().person, AssignmentEventRow
    is_put_off = _put_off_now(act)
    first = sa.select(act.due_before).where(*_put_off(act)).order_by(act.id).limit(1)
    plain = sa.case((is_put_off, first.correlate_except(act).scalar_subquery()))
    let_off = aliased(act)
    waived = sa.exists().where(
        let_off.assignment_id == AssignmentRow.id, let_off.event == AssignmentEvent.WAIVED
    )
    return (
        sa.select(
            AssignmentRow,
            person.joined_on.label("joined_on"),
            sa.type_coerce(plain, Day).label("plain"),
        )
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            *_counts(),
            ~has_later_cycle(),
            ~waived.correlate_except(let_off),  # its days count from the end of that
            sa.or_(person.left_on.is_(None), person.left_on > sa.bindparam("today", type_=Day())),
            sa.or_(_asked_early(), is_put_off),
        )
    )


def _counts() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        AssignmentRow.closed_at.is_(None),
        AssignmentRow.due_on.is_not(None),
        AssignmentRow.source != Source.RENEWAL,
        neighbours().person.joined_on.is_not(None),
    )


def _asked_early() -> sa.ColumnElement[bool]:
    """Return the condition that it may have been asked before the day of joining, or on it."""
    # a day more than that of Greenwich: days are those of here
    day_after = midnight_of(days_later(neighbours().person.joined_on, 1))
    is_early: sa.ColumnElement[bool] = AssignmentRow.assigned_at < day_after
    return is_early


def _put_off(act: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that an act of the program put a due date off, other than for an absence."""
    return (
        act.assignment_id == AssignmentRow.id,
        act.event == AssignmentEvent.DUE_MOVED,
        act.by.is_(None),
        act.due_plain.is_(None),
    )


def _put_off_now(act: Any) -> sa.ColumnElement[bool]:
    """Return the condition that the due date there is comes from such an act."""
    found = sa.exists().where(*_put_off(act), act.until_on == AssignmentRow.due_on)
    return found.correlate_except(act)
