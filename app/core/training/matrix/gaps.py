"""What another job role would ask of somebody: what is new, what stays, what ends."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.storage.columns import Day
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.matrix.asking import Asking, wanted
from app.core.training.matrix.finding import gaining, losing
from app.core.training.matrix.impact import Kept
from app.core.training.matrix.running import grant_of
from app.core.training.matrix.types import Gap, GapCount, GapItem
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import due_of
from app.core.training.rejoining import joined_last
from app.core.training.requirements.queries import all_terms
from app.core.training.terms import terms_on


def gap_of(
    session: Session,
    asking: Asking,
    person_id: UUID,
    role_ids: Collection[UUID],
    now: datetime,
    kept: Kept,
) -> Gap:
    """Return what the job roles of `asking.as_if_in` would ask of a person; `role_ids` are those asked about.

    Raises NotFound.
    """
    person = session.get(neighbours().person, person_id)
    if person is None:
        raise NotFound(_("The person"))
    return Gap(
        person_id=person_id,
        name=person.name,
        number=person.number,
        roles=_titles(session, role_ids),
        gains=_gains(session, asking, person, now),
        keeps=_keeps(session, asking),
        loses=_loses(session, asking, kept),
    )


def _titles(session: Session, role_ids: Collection[UUID]) -> tuple[str, ...]:
    role = neighbours().job_role
    rows = session.execute(sa.select(role.id, role.title).where(role.id.in_(list(role_ids))))
    found: dict[UUID, str] = dict(rows.all())
    if len(found) != len(set(role_ids)):
        raise NotFound(_("The job role"))
    return tuple(sorted(found.values()))


def _gains(session: Session, asking: Asking, person: Any, now: datetime) -> tuple[GapItem, ...]:
    fresh = gaining(asking, None).subquery()
    rows = session.execute(_items(fresh, asking.at.today).add_columns(fresh.c.label)).all()
    said = all_terms(session, {row.requirement_id for row in rows})
    found = []
    for row in rows:
        terms = terms_on(asking.at.today, said.get(row.requirement_id, []))
        joined_on = joined_last(session, terms, [person.id]).get(person.id, person.joined_on)
        due = due_of(grant_of(row.requirement_id, row.label, terms, now), joined_on)
        found.append(_item(row, due_on=due.on, grace_days=terms.grace_days))
    return tuple(found)


def _keeps(session: Session, asking: Asking) -> tuple[GapItem, ...]:
    asked, fresh = wanted(asking, with_retired=True), gaining(asking, None).subquery()
    gained = sa.select(fresh.c.requirement_id)
    rows = session.execute(
        _items(asked, asking.at.today).where(asked.c.requirement_id.not_in(gained))
    )
    return tuple(_item(row) for row in rows)


def _loses(session: Session, asking: Asking, kept: Kept) -> tuple[GapItem, ...]:
    lost = losing(asking, None).with_only_columns(
        AssignmentRow.person_id, AssignmentRow.requirement_id
    )
    ending = lost.subquery()
    rows = session.execute(_items(ending, asking.at.today)).all()
    pairs = [(row.person_id, row.requirement_id) for row in rows]
    stay = kept(session, pairs) if pairs else set()
    return tuple(_item(row) for row in rows if (row.person_id, row.requirement_id) not in stay)


def _items(pairs: Any, day: date) -> Any:  # a select whose columns callers add to
    held = newest_evidence(
        held_until_of,
        Pair(
            person_id=pairs.c.person_id,
            requirement_id=pairs.c.requirement_id,
            course_id=RequirementRow.course_id,
        ),
    )
    is_held = sa.func.coalesce(held >= sa.literal(day, Day), sa.false()).label("is_held")
    return (
        sa.select(
            pairs.c.person_id,
            pairs.c.requirement_id,
            RequirementRow.code,
            RequirementRow.title,
            is_held,
        )
        .join(RequirementRow, RequirementRow.id == pairs.c.requirement_id)
        .order_by(RequirementRow.code)
    )


def _item(row: Any, **more: Any) -> GapItem:
    return GapItem(
        requirement_id=row.requirement_id,
        code=row.code,
        title=row.title,
        is_held=bool(row.is_held),
        **more,
    )


def gap_counts_of(session: Session, asking: Asking, kept: Kept) -> dict[UUID, GapCount]:
    """Return how much the job roles of `asking.as_if_in` would make new, keep and end, by person looked at."""
    gained = gaining(asking, None).subquery()
    asked = wanted(asking, with_retired=True)
    fresh = sa.select(gained.c.person_id, gained.c.requirement_id)
    is_fresh = sa.tuple_(asked.c.person_id, asked.c.requirement_id).in_(fresh)
    gains = _by_person(session, gained.c.person_id)
    keeps = _by_person(session, asked.c.person_id, ~is_fresh)
    lost = losing(asking, None).with_only_columns(
        AssignmentRow.person_id, AssignmentRow.requirement_id
    )
    pairs = [(person, requirement) for person, requirement in session.execute(lost)]
    stay = kept(session, pairs) if pairs else set()
    loses = Counter(person for person, requirement in pairs if (person, requirement) not in stay)
    return {
        person: GapCount(gains.get(person, 0), keeps.get(person, 0), loses[person])
        for person in asking.at.people or ()
    }


def _by_person(
    session: Session, person_id: Any, *conditions: sa.ColumnElement[bool]
) -> dict[UUID, int]:
    rows = session.execute(
        sa.select(person_id, sa.func.count()).where(*conditions).group_by(person_id)
    )
    return dict(rows.all())
