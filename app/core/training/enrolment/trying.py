"""What a rule would do, and for whom: by the statements that do it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.figures import day as day_in_words
from app.core.base.words import _
from app.core.training.enrolment.conditions import from_json
from app.core.training.enrolment.matching import At, matches, newly_matched
from app.core.training.enrolment.naming import named_in_vain
from app.core.training.enrolment.returning import due_back, newly_back
from app.core.training.enrolment.running import (
    MANY_PEOPLE,
    grant_of,
    how_many_here,
)
from app.core.training.enrolment.types import Matched, RuleTried
from app.core.training.enrolment.working import working_rules
from app.core.training.errors import NotPublished, TrainingRefused
from app.core.training.models import EnrolmentRuleRow
from app.core.training.moving import where_from
from app.core.training.neighbours import neighbours
from app.core.training.opening import due_of
from app.core.training.rejoining import joined_last
from app.core.training.requirements.queries import awaits_publishing, by_id, terms_of

_SHOWN = 200
"""People that a dry run names."""
Losing = Callable[[Session, EnrolmentRuleRow, At], list[UUID]]
"""Tells who would lose what a rule gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """One look at what rules would do, at a moment."""

    session: Session
    at: At
    now: datetime
    losing: Losing

    def rule(self, row: EnrolmentRuleRow) -> RuleTried:
        """Say what a rule, written or not yet, would do now, or on its first day."""
        session, today = self.session, self.at.today
        first_day = max(today, row.from_on or today)
        at, now = replace(self.at, today=first_day), max(self.now, start_of(first_day))
        is_over = why_over(session, row, first_day) is not None
        newly = newly_back(row, at) if row.asks_anew else newly_matched(row, at)
        fresh = (newly.where(sa.false()) if is_over else newly).subquery("fresh")
        losing = [] if is_over else self.losing(session, row, at)
        return RuleTried(
            matched=_count(session, matches(row, at)),
            here=how_many_here(session, at),
            assigned=session.scalar(sa.select(sa.func.count()).select_from(fresh)) or 0,
            cancelled=len(losing),
            first=_gaining(session, row, fresh, first_day, now),
            losing=_losing(session, losing[:MANY_PEOPLE]),
            also_by=_also_by(session, row, at),
            in_vain=named_in_vain(session, from_json(row.condition), at),
            begins_on=first_day if first_day > today else None,
        )


def why_over(session: Session, row: EnrolmentRuleRow, today: date) -> TrainingRefused | None:
    """Return why a rule assigns nothing from a day on, if so."""
    if row.to_on is not None and row.to_on < today:
        return TrainingRefused(
            _("The last day of “{title}” was {day}.").format(
                title=row.title, day=day_in_words(row.to_on)
            ),
            _("Give the rule a later last day first."),
        )
    requirement = by_id(session, row.requirement_id)
    if awaits_publishing(session, requirement):
        return NotPublished(requirement.title)
    if requirement.retired_on is not None and requirement.retired_on <= today:
        return TrainingRefused(
            _("{title} is assigned no more.").format(title=requirement.title),
            _("Bring the requirement back first."),
        )
    return None


def _gaining(
    session: Session, row: EnrolmentRuleRow, fresh: sa.Subquery, day: date, now: datetime
) -> tuple[Matched, ...]:
    """Return some of who would get it, with when it would be due."""
    terms = terms_of(session, row.requirement_id, day)
    if not row.asks_anew:
        given = grant_of(row, terms, now)
        rows = session.execute(_people(fresh.c.person_id)).all()
        back = joined_last(session, terms, [one.id for one in rows])
        return tuple(
            _matched(one, due_of(given, back.get(one.id, one.joined_on)).on) for one in rows
        )
    rows = session.execute(
        _people(fresh.c.person_id).add_columns(fresh.c.away_from, fresh.c.back_on)
    ).all()
    came = {one.id: one.back_on for one in rows}
    before = {} if row.moved is None else where_from(session, came)

    def asked(one: Any) -> Matched:
        found = _matched(one, due_back(row, terms, one.back_on, now).on)
        if row.moved is not None:
            return replace(found, moved_on=one.back_on, moved_from=before.get(one.id, ""))
        return replace(found, away_from=one.away_from, back_on=one.back_on)

    return tuple(map(asked, rows))


def _losing(session: Session, people: Sequence[UUID]) -> tuple[Matched, ...]:
    person = neighbours().person
    found = session.execute(_people(person.id).where(person.id.in_(people)))
    return tuple(_matched(one, None) for one in found)


def _people(person_id: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select the people of a column, by their numbers."""
    person, listing = neighbours().person, neighbours().listing
    return (
        sa.select(
            person.id,
            listing.number,
            listing.name,
            listing.org_unit,
            listing.job_role,
            person.joined_on,
        )
        .join(listing, listing.person_id == person.id)
        .where(person.id == person_id)
        .order_by(listing.number)
        .limit(_SHOWN)
    )


def _matched(one: Any, due_on: date | None) -> Matched:
    return Matched(
        person_id=one.id,
        number=one.number,
        name=one.name,
        org_unit=one.org_unit,
        job_role=one.job_role,
        joined_on=one.joined_on,
        due_on=due_on,
    )


def _also_by(session: Session, row: EnrolmentRuleRow, at: At) -> tuple[str, ...]:
    """Return other rules that give some of the same people the same, on the same occasion."""
    others = [
        one
        for one in working_rules(session, at.site_id, at.today)
        if one.requirement_id == row.requirement_id
        and one.id != row.id
        and (one.away_days is None) == (row.away_days is None)
        and (one.moved is None) == (row.moved is None)
    ]
    mine = matches(row, at).subquery()
    return tuple(
        one.title
        for one in others
        if session.scalar(
            sa.select(sa.exists().where(mine.c.id.in_(matches(one, at)))),
        )
    )


def _count(session: Session, found: sa.Select[*tuple[object, ...]]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
