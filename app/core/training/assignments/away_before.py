"""Absences of before somebody left: joining again ends them, so that nothing stands still for ever."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.journal import Unit
from app.core.storage.columns import Id
from app.core.storage.prepared import Prepared
from app.core.training.assignments.standing_still import come_back
from app.core.training.models import AbsenceRow
from app.core.training.rejoining import back_since


def end_absences_of_before(
    unit: Unit, actor: Actor, now: datetime, people: Collection[UUID] | None = None
) -> int:
    """End what absences are not over that began before somebody's last joining, by that day; return how many.

    `people` narrows it to some.
    """
    if people is not None and len(people) == 1:
        unit.flush()
        (person_id,) = people
        if not unit.run(_any_of_one(), {"person": person_id}):
            return 0
    rows = _not_over(unit, people)
    back = back_since(unit, {row.person_id for row in rows})
    over: dict[UUID, list[AbsenceRow]] = defaultdict(list)
    for row in rows:
        back_on = back.get(row.person_id)
        if back_on is None or row.from_on >= back_on:
            continue
        row.to_on = back_on if row.to_on is None else min(row.to_on, back_on)
        over[row.person_id].append(row)
    for person_id, some_rows in over.items():
        come_back(unit, actor, person_id, some_rows, now)
    return sum(map(len, over.values()))


def _not_over(unit: Unit, people: Collection[UUID] | None) -> list[AbsenceRow]:
    lasting = sa.select(AbsenceRow).where(AbsenceRow.has_moved_dues.is_(False))
    if people is None:
        return list(unit.scalars(lasting))
    return [
        row
        for some in batches(people)
        for row in unit.scalars(lasting.where(AbsenceRow.person_id.in_(some)))
    ]


@cache
def _any_of_one() -> Prepared:
    """Select what one `person` is away by that is not over: asked at every change of people, mostly in vain."""
    person = AbsenceRow.person_id == sa.bindparam("person", type_=Id())
    lasting = AbsenceRow.has_moved_dues.is_(False)
    return Prepared(sa.select(AbsenceRow.id).where(person, lasting))
