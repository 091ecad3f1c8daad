"""Who had left and joined again: since when they are back, and what is asked of them again.

What ended because they left says so: its event names the day. Whoever is back on that very day has the
same cycles as if they had never left. Whoever comes back later has new ones of what somebody had asked for,
due from their return; what rules and matrix ask for they give themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.journal import Unit
from app.core.people import still_here
from app.core.storage.columns import Day, Id
from app.core.training.covered import complete_held
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import AssignmentEvent, DueRule, Source
from app.core.training.models import AssignmentEventRow, AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.quickly import AnyOfOne
from app.core.training.reopening import reopen
from app.core.training.requirements.queries import all_terms
from app.core.training.standing_on import GIVEN_BY_ITSELF, began_as
from app.core.training.terms import Terms, anew, terms_on


def joined_last(session: Session, terms: Terms, people: Iterable[UUID]) -> Mapping[UUID, date]:
    """Return since when those of some people are back who had left, where the terms count from joining."""
    return back_since(session, people) if terms.due_rule is DueRule.AFTER_JOINING else {}


def back_since(session: Session, people: Iterable[UUID]) -> Mapping[UUID, date]:
    """Return since when those of some people are back who had left."""
    return {
        person_id: back_on
        for some in batches(people)
        for person_id, back_on in session.execute(_back_since(), {"people": some})
    }


def ask_who_rejoined(
    unit: Unit, actor: Actor, today: date, now: datetime, people: Collection[UUID] | None = None
) -> int:
    """Ask again what ended because people left who are back; return of how many. `people` narrows it to some."""
    if people is not None and len(people) == 1 and not _any_lost().is_any(unit, today, *people):
        return 0
    rows = _lost_rows(unit, today, people)
    anew_of: list[Any] = []
    for found in rows:
        if found.stayed:
            reopen(unit, actor, found[0], now, _("Back without a day between"))
        elif found[0].source not in GIVEN_BY_ITSELF and not _gives_itself(found):
            anew_of.append(found)
    unit.flush()
    if anew_of:
        _open_anew(unit, actor, anew_of, today, now)
    return len(anew_of) + sum(bool(found.stayed) for found in rows)


def _lost_rows(unit: Unit, today: date, people: Collection[UUID] | None) -> Sequence[Any]:
    if people is None:
        return unit.execute(_lost(), {"today": today}).all()
    return unit.execute(_lost_by_some(), {"today": today, "people": list(people)}).all()


def _gives_itself(found: Any) -> bool:
    """Tell whether a rule or the matrix gives it, which a renewal stood on."""
    return found[0].source is Source.RENEWAL and found.began_as in GIVEN_BY_ITSELF


def _open_anew(unit: Unit, actor: Actor, found: list[Any], today: date, now: datetime) -> None:
    said = all_terms(unit, {one[0].requirement_id for one in found})
    cycles = []
    for row, left_on, back_on, *_more in found:
        terms = terms_on(today, said.get(row.requirement_id, []))
        since = back_on or today
        due = anew(terms, row.due_on, row.assigned_at.astimezone().date(), today, joined_on=since)
        cycles.append(
            {
                "person_id": row.person_id,
                "requirement_id": row.requirement_id,
                "cycle": row.cycle + 1,
                "assigned_at": now,
                "origin": _("Back since {day}, after leaving on {left}: {origin}").format(
                    day=day_in_words(since), left=day_in_words(left_on), origin=row.origin
                ),
                "due_on": due.on,
                "late_after": due.late_after,
                "counts_from": row.counts_from,
                "source": Source.MANUAL if row.source is Source.RENEWAL else row.source,
                "rule_id": None if row.source is Source.RENEWAL else row.rule_id,
            }
        )
    unit.insert_many(AssignmentRow, cycles)
    pairs = [(one["person_id"], one["requirement_id"]) for one in cycles]
    complete_held(unit, actor, today, now, pairs)


@cache
def _lost_by_some() -> sa.Select[*tuple[Any, ...]]:
    some = sa.bindparam("people", type_=Id(), expanding=True)
    return _lost().where(AssignmentRow.person_id.in_(some))


@cache
def _any_lost() -> AnyOfOne:
    return AnyOfOne(_lost())


@cache
def _lost() -> sa.Select[*tuple[Any, ...]]:
    """Select what ended because somebody left who is here: the cycle, left_on, back_on, stayed, began_as."""
    person, ended = neighbours().person, AssignmentEventRow
    today = sa.bindparam("today", type_=Day())
    return (
        sa.select(
            AssignmentRow,
            ended.until_on.label("left_on"),
            _back_on(ended).label("back_on"),
            _stayed(ended).label("stayed"),
            began_as().label("began_as"),
        )
        .join(
            ended,
            sa.and_(
                ended.assignment_id == AssignmentRow.id,
                ended.event == AssignmentEvent.CANCELLED,
                ended.until_on.is_not(None),
                _is_last(ended),
            ),
        )
        .join(person, person.id == AssignmentRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.cancelled_reason != "",
            ~has_later_cycle(),
            still_here(person.left_on, today),
            sa.or_(RequirementRow.retired_on.is_(None), RequirementRow.retired_on > today),
        )
    )


def _stayed(ended: Any) -> sa.ColumnElement[bool]:
    """Return the condition that somebody belonged here on the day after the one they left by, all the same."""
    placement = neighbours().placement
    return sa.exists().where(
        placement.person_id == AssignmentRow.person_id,
        placement.from_on <= ended.until_on,
        sa.or_(placement.to_on.is_(None), placement.to_on > ended.until_on),
    )


def _back_on(ended: Any) -> sa.ScalarSelect[date]:
    """Return the first day on which somebody belonged here again."""
    placement = neighbours().placement
    return (
        sa.select(sa.func.min(placement.from_on, type_=Day()))
        .where(placement.person_id == AssignmentRow.person_id, placement.from_on > ended.until_on)
        .correlate(AssignmentRow, ended)
        .scalar_subquery()
    )


def _is_last(ended: Any) -> sa.ColumnElement[bool]:
    """Return the condition that nobody cancelled a cycle after it ended so, and that it ended so once."""
    later = aliased(AssignmentEventRow)
    return ~sa.exists().where(
        later.assignment_id == ended.assignment_id,
        later.event == AssignmentEvent.CANCELLED,
        later.id > ended.id,
    )


@cache
def _back_since() -> sa.Select[*tuple[Any, ...]]:
    """Select who of `people` joined again, and the day of the last time."""
    placement = neighbours().placement
    before = aliased(placement)
    of_same = before.person_id == placement.person_id, before.from_on < placement.from_on
    reaches = sa.or_(before.to_on.is_(None), before.to_on >= placement.from_on)
    return (
        sa.select(placement.person_id, sa.func.max(placement.from_on, type_=Day()))
        .where(
            placement.person_id.in_(sa.bindparam("people", type_=Id(), expanding=True)),
            sa.exists().where(*of_same),
            ~sa.exists().where(*of_same, reaches),
        )
        .group_by(placement.person_id)
    )
