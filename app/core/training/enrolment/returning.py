"""Rules that ask anew: whoever was away for long, or was moved, learns something again.

A return is answered by the cycle that it opened, which counts from the day of coming back: that lies after
the stretch began, wherever its end is put later. A move is answered alike: the cycle counts from its day. So it is answered once, by whatever rule, on every PC
that has the rows; and not again when somebody cancels that cycle.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.clock import start_of
from app.core.base.figures import day as day_in_words
from app.core.base.words import _, plural
from app.core.journal import Unit
from app.core.storage.columns import Day
from app.core.training.again import Again, AskedBefore, ask_again, asked_before, newest_cycles
from app.core.training.enrolment.conditions import from_json
from app.core.training.enrolment.matching import (
    At,
    away_stretches,
    long_stretches,
    moves_of,
    people_meant,
)
from app.core.training.kind_words import MOVED_SINCE
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, EnrolmentRuleRow
from app.core.training.terms import Due, Terms, first_due, with_grace


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Somebody who came back, and is to be asked anew."""

    asked: AskedBefore
    away_from: date
    back_on: date


def newly_back(row: EnrolmentRuleRow, at: At) -> sa.Select[*tuple[Any, ...]]:
    """Return a query for whom a rule would ask anew, with their newest cycle and their stretch away.

    Columns: person_id, cycle, open_id, away_from, back_on. Nobody who is away again, or let off:
    those are asked when that is over. Of who was moved, back_on is the day of the move.
    """
    today = sa.literal(at.today, Day)
    occasion, still = _occasions(row, at)
    back = (
        sa.select(
            occasion.c.person_id.label("id"),
            # one row's, as the stretches of somebody lie apart, and they were moved once
            sa.func.max(occasion.c.from_on, type_=Day()).label("away_from"),
            sa.func.max(occasion.c.back_on, type_=Day()).label("back_on"),
        )
        .where(
            occasion.c.person_id.in_(people_meant(from_json(row.condition), at)),
            ~_is_answered(row, occasion),
            *still,
        )
        .group_by(occasion.c.person_id)
        .subquery("back")
    )
    return newest_cycles(back, row.requirement_id, back.c.away_from, back.c.back_on, let_off=today)


def _occasions(
    row: EnrolmentRuleRow, at: At
) -> tuple[sa.Subquery, tuple[sa.ColumnElement[bool], ...]]:
    """Return after what a rule asks anew, and the conditions that it is not to wait yet."""
    if row.moved is not None:
        return moves_of(row, at), ()
    today = sa.literal(at.today, Day)
    every = away_stretches(row, at)
    long = long_stretches(row, at, every).subquery()
    lasts = sa.and_(every.c.from_on <= today, every.c.back_on > today)
    return long, (long.c.person_id.not_in(sa.select(every.c.person_id).where(lasts)),)


def _is_answered(row: EnrolmentRuleRow, occasion: sa.Subquery) -> sa.ColumnElement[bool]:
    """Return the condition that a cycle was opened because of it; an absence may have ended later since."""
    cycle = aliased(AssignmentRow)
    found = sa.exists().where(
        cycle.person_id == occasion.c.person_id,
        cycle.requirement_id == row.requirement_id,
        cycle.source == _source_of(row),
        cycle.counts_from >= occasion.c.since,
    )
    return found.correlate_except(cycle)


def _source_of(row: EnrolmentRuleRow) -> Source:
    return Source.RETURN if row.moved is None else Source.MOVE


def to_ask(row: EnrolmentRuleRow, found: Iterable[Any]) -> list[Back]:
    """Return what `newly_back` found."""
    rows = list(found)
    asked = asked_before(row.requirement_id, rows)
    return [
        Back(asked=one, away_from=of.away_from, back_on=of.back_on)
        for one, of in zip(asked, rows, strict=True)
    ]


def ask_who_is_back(
    unit: Unit,
    actor: Actor,
    row: EnrolmentRuleRow,
    terms: Terms,
    found: Iterable[Back],
    now: datetime,
) -> int:
    """Open the next cycle for each; return for how many. What they held before they went, or were moved, counts no more."""
    together: dict[tuple[date, date], list[AskedBefore]] = defaultdict(list)
    for one in found:
        together[one.away_from, one.back_on].append(one.asked)
    for (away_from, back_on), asked in together.items():
        again = Again(
            because=f"{row.title}: {_told(row, away_from, back_on)}",
            at=now,
            counts_from=start_of(back_on),
            source=_source_of(row),
            rule_id=row.id,
            dues={row.requirement_id: due_back(row, terms, back_on, now)},
        )
        ask_again(unit, actor, asked, again)
    return sum(map(len, together.values()))


def due_back(row: EnrolmentRuleRow, terms: Terms, back_on: date, now: datetime) -> Due:
    """Return when it is due for who came back on a day; never before it is assigned."""
    assigned_on = now.astimezone().date()
    if row.due_days is None:
        return first_due(terms, assigned_on=assigned_on, joined_on=None)
    return with_grace(terms, max(assigned_on, back_on + timedelta(days=row.due_days)))


def _told(row: EnrolmentRuleRow, away_from: date, back_on: date) -> str:
    if row.moved is not None:
        return _(MOVED_SINCE[row.moved]).format(day=day_in_words(back_on))
    days = plural("{count} day away", "{count} days away", (back_on - away_from).days)
    return _("back since {day}, after {days}").format(day=day_in_words(back_on), days=days)
