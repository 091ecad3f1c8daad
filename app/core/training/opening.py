"""Opening cycles: the one way in which people come to have an assignment, whoever or whatever gives it.

Who gets it is one statement; what is written is one insert with one journal entry.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.chosen import give_way, was_asked
from app.core.training.covered import complete_held
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow
from app.core.training.neighbours import neighbours
from app.core.training.rejoining import joined_last
from app.core.training.reopening import reopen_of_today
from app.core.training.still_waived import let_off_still
from app.core.training.terms import Due, Terms, first_due, with_grace

Pair = tuple[UUID, UUID]
"""A person and a requirement."""
_BY_ITSELF = frozenset({Source.RULE, Source.MATRIX})
"""What gives and takes without anybody's doing."""
_ASKED = frozenset(Source) - {Source.CHOSEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody for whom a cycle is opened."""

    person_id: UUID
    joined_on: date | None
    cycle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What is given, when, why and by what."""

    requirement_id: UUID
    terms: Terms
    at: datetime
    origin: str
    """The sentence that the learner reads as the reason."""
    source: Source
    rule_id: UUID | None = None
    due_on: date | None = None
    """A day that whoever assigns said; the terms' own rule otherwise."""
    says_due: bool = False
    """Whether `due_on` was said, be it that there is none."""
    delegation_id: UUID | None = None
    """By which it is given for somebody else."""


Granted = tuple[Grant, Sequence[Opened]]
"""What is given, and to whom."""


def without_it(people: sa.Select[UUID], requirement_id: Any) -> sa.Select[UUID, date | None, int]:
    """Return a query for who of `people` has no assignment that stands, and their next cycle.

    An assignment stands unless it was cancelled, or chosen by the person themselves; one that was
    completed stands, too, and is followed by a renewal. `requirement_id` is a value or an expression. Columns: person_id, joined_on, cycle.
    """
    wanted, person = people.subquery("wanted"), neighbours().person
    who = wanted.c.id
    return (
        sa.select(
            who.label("person_id"),
            person.joined_on.label("joined_on"),
            next_cycle(who, requirement_id).label("cycle"),
        )
        .select_from(wanted)
        .join(person, person.id == who)
        .where(~stands(who, requirement_id))
    )


def stands(person_id: Any, requirement_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a pair was asked for and not cancelled; see `without_it`."""
    later = aliased(AssignmentRow)
    is_newest = ~sa.exists().where(
        later.person_id == AssignmentRow.person_id,
        later.requirement_id == AssignmentRow.requirement_id,
        later.cycle > AssignmentRow.cycle,
    )
    mine = _of_pair(person_id, requirement_id)
    return sa.exists().where(
        mine, AssignmentRow.cancelled_reason == "", is_newest, was_asked(AssignmentRow)
    )


def next_cycle(person_id: Any, requirement_id: Any) -> sa.ColumnElement[int]:
    """Return the number of a pair's next cycle."""
    newest = sa.select(sa.func.max(AssignmentRow.cycle)).where(_of_pair(person_id, requirement_id))
    return sa.func.coalesce(newest.scalar_subquery(), 0) + 1


def _of_pair(person_id: Any, requirement_id: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        AssignmentRow.person_id == person_id, AssignmentRow.requirement_id == requirement_id
    )


def to_open(rows: Iterable[Sequence[Any]]) -> list[Opened]:
    """Return what `without_it` found."""
    return [
        Opened(person_id=person_id, joined_on=joined_on, cycle=cycle)
        for person_id, joined_on, cycle in rows
    ]


def open_first(unit: Unit, actor: Actor, given: Grant, people: Iterable[Opened]) -> int:
    """Open a cycle for each of some people, as `open_each` does; return for how many."""
    once = {one.person_id: one for one in people}
    return open_each(unit, actor, given.at, [(given, list(once.values()))])


def open_each(unit: Unit, actor: Actor, now: datetime, grants: Sequence[Granted]) -> int:
    """Open cycles for everybody to whom something is given now; return how many. What they hold meets them.

    What ended today because the same asked for it no more is open again instead. No pair of person and
    requirement is given twice, and all is given as one delegation says, or none.
    """
    ended = _had_before(_cycles(grants, _BY_ITSELF))
    again = reopen_of_today(unit, actor, ended, now) if ended else set()
    fresh = [
        (given, [one for one in people if (one.person_id, given.requirement_id) not in again])
        for given, people in grants
    ]
    unit.insert_many(
        AssignmentRow, (row for given, people in fresh for row in rows_of(unit, given, people))
    )
    asked = dict(_cycles(fresh, _ASKED))
    if before := _had_before(asked.items()):
        give_way(unit, actor, before, now)
        let_off_still(unit, actor, before, now)
    complete_held(unit, actor, now.astimezone().date(), now, asked)
    return sum(len(people) for _given, people in grants)


def _cycles(grants: Sequence[Granted], sources: Collection[Source]) -> Iterator[tuple[Pair, int]]:
    """Yield what is given by some sources, with the numbers of the cycles."""
    for given, people in grants:
        if given.source in sources:
            for one in people:
                yield (one.person_id, given.requirement_id), one.cycle


def _had_before(cycles: Iterable[tuple[Pair, int]]) -> list[Pair]:
    """Return those of whom the same was asked before."""
    return [pair for pair, cycle in cycles if cycle > 1]


def due_of(given: Grant, joined_on: date | None) -> Due:
    """Return when a cycle that is opened now is due for somebody who joins on a day.

    Of who is to join, the days count from then; a day that was said stays, unless it lies before that.
    """
    today = given.at.astimezone().date()
    begins = max(today, joined_on or today)
    if not given.says_due:
        return first_due(given.terms, assigned_on=begins, joined_on=joined_on)
    due_on = given.due_on
    if due_on is not None and due_on < begins and begins > today:
        due_on = begins + max(due_on - today, timedelta(0))
    return with_grace(given.terms, due_on)


def rows_of(
    session: Session, given: Grant, people: Collection[Opened]
) -> Iterator[Mapping[str, Any]]:
    """Return the rows of the cycles that are opened for some people."""
    counts_from = given.terms.counts_from(given.at)
    # said where there is one alone: most entries of the journal have none
    lent = {} if given.delegation_id is None else {"delegation_id": given.delegation_id}
    back = joined_last(session, given.terms, [one.person_id for one in people])
    for one in people:
        due = due_of(given, back.get(one.person_id, one.joined_on))
        yield {
            "person_id": one.person_id,
            "requirement_id": given.requirement_id,
            "cycle": one.cycle,
            "assigned_at": given.at,
            "origin": given.origin,
            "due_on": due.on,
            "late_after": due.late_after,
            "counts_from": counts_from,
            "source": given.source,
            "rule_id": given.rule_id,
            **lent,
        }
