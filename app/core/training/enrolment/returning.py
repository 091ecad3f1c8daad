"""Rules that ask anew: whoever was away for long learns something again on coming back.

A return is answered by the cycle that it opened, which counts from the day of coming back: that lies after
the stretch began, wherever its end is put later. So it is answered once, by whatever rule, on every PC
that has the rows; and not again when somebody cancels that cycle.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.clock import start_of
from app.core.base.figures import day as day_in_words
from app.core.base.words import _, plural
from app.core.journal import Unit
from app.core.storage.columns import Day
from app.core.storage.days import midnight_of
from app.core.training.again import Again, AskedBefore, ask_again, asked_before, newest_cycles
from app.core.training.enrolment.conditions import from_json
from app.core.training.enrolment.matching import (
    At,
    away_stretches,
    long_stretches,
    people_meant,
)
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
    those are asked when that is over.
    """
    today = sa.literal(at.today, Day)
    every = away_stretches(row, at)
    long = long_stretches(row, at, every).subquery()
    lasts = sa.and_(every.c.from_on <= today, every.c.back_on > today)
    back = (
        sa.select(
            long.c.person_id.label("id"),
            # one row's, as the stretches of somebody lie apart
            sa.func.max(long.c.from_on, type_=Day()).label("away_from"),
            sa.func.max(long.c.back_on, type_=Day()).label("back_on"),
        )
        .where(
            long.c.person_id.in_(people_meant(from_json(row.condition), at)),
            long.c.person_id.not_in(sa.select(every.c.person_id).where(lasts)),
            ~_is_answered(row.requirement_id, long),
        )
        .group_by(long.c.person_id)
        .subquery("back")
    )
    return newest_cycles(back, row.requirement_id, back.c.away_from, back.c.back_on, let_off=today)


def _is_answered(requirement_id: UUID, stretch: sa.Subquery) -> sa.ColumnElement[bool]:
    """Return the condition that a cycle was opened because of a stretch, which may have ended later since."""
    cycle = aliased(AssignmentRow)
    found = sa.exists().where(
        cycle.person_id == stretch.c.person_id,
        cycle.requirement_id == requirement_id,
        cycle.source == Source.RETURN,
        cycle.counts_from >= midnight_of(stretch.c.from_on),
    )
    return found.correlate_except(cycle)


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
    """Open the next cycle for each; return for how many. What they held before they went counts no more."""
    together: dict[tuple[date, date], list[AskedBefore]] = defaultdict(list)
    for one in found:
        together[one.away_from, one.back_on].append(one.asked)
    for (away_from, back_on), asked in together.items():
        again = Again(
            because=f"{row.title}: {_told(away_from, back_on)}",
            at=now,
            counts_from=start_of(back_on),
            source=Source.RETURN,
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


def _told(away_from: date, back_on: date) -> str:
    days = plural("{count} day away", "{count} days away", (back_on - away_from).days)
    return _("back since {day}, after {days}").format(day=day_in_words(back_on), days=days)
