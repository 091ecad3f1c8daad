"""What a change of the matrix gives, told by one statement: putting it together is what takes the time."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Id
from app.core.training.matrix.asking import AnySelect
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours

SHOWN = 200
"""People that an impact names."""
Place = tuple[UUID, UUID]
"""A cell: its row and its column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGain:
    """One of those who would get something, and what."""

    person_id: UUID
    requirement_id: UUID
    label: str
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """How many would get what."""

    people: set[UUID]
    held: dict[UUID, int]
    """By requirement, how many would get what they hold already."""
    fresh: dict[UUID, int]
    """By requirement, how many would get what they do not hold."""
    cells: dict[Place, tuple[int, int]]
    """By cell, how many would get something of it, and how many of them hold all of that."""
    whole: dict[Place, int]
    """By cell, how many people it is about, before the change or after it."""
    shown: list[ShownGain]
    """The first of them, by their number and the requirement's code."""


def gain_of(session: Session, gaining: AnySelect, pairs: sa.CTE) -> Gain:
    """Return what `gaining` (person_id, requirement_id, label, is_held) comes to; `pairs` of the cells touched."""
    gain, pair = gaining.cte().prefix_with("MATERIALIZED"), pairs.prefix_with("MATERIALIZED")
    parts = _people(gain), _requirements(gain), _cells(gain, pair), _whole(pair), _shown(gain)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(sa.union_all(*parts)):
        found[row.part].append(row)
    of_requirements = found["requirement"]
    return Gain(
        people={row.one for row in found["people"]},
        held={row.one: row.number for row in of_requirements if row.held},
        fresh={row.one: row.number for row in of_requirements if not row.held},
        cells={(row.one, row.other): (row.number, row.held) for row in found["cell"]},
        whole={(row.one, row.other): row.number for row in found["whole"]},
        shown=[_shown_of(row) for row in sorted(found["shown"], key=lambda row: row.number)],
    )


def _shown_of(row: Any) -> ShownGain:
    return ShownGain(
        person_id=row.one, requirement_id=row.other, label=row.label, is_held=bool(row.held)
    )


def _part(
    name: str, one: Any, other: Any = None, *, number: Any = 0, held: Any = 0, label: Any = ""
) -> AnySelect:
    """Select a part of the statement, all of which have the same columns: expressions or values."""
    return sa.select(
        sa.literal(name).label("part"),
        one.label("one"),
        sa.type_coerce(one if other is None else other, Id()).label("other"),
        sa.cast(number, sa.Integer).label("number"),
        sa.cast(held, sa.Integer).label("held"),
        (label if isinstance(label, sa.ColumnElement) else sa.literal(label)).label("label"),
    )


def _people(gain: sa.CTE) -> AnySelect:
    return _part("people", gain.c.person_id).distinct()


def _requirements(gain: sa.CTE) -> AnySelect:
    of = gain.c.requirement_id, gain.c.is_held
    return _part("requirement", of[0], held=of[1], number=sa.func.count()).group_by(*of)


def _cells(gain: sa.CTE, pair: sa.CTE) -> AnySelect:
    is_of_pair = sa.and_(
        gain.c.person_id == pair.c.person_id, gain.c.requirement_id == pair.c.requirement_id
    )
    cell = pair.c.owner_id, pair.c.thing_id
    holds_all = sa.func.min(sa.cast(gain.c.is_held, sa.Integer)).label("holds_all")
    person = (
        sa.select(*cell, holds_all)
        .join(gain, is_of_pair)
        .group_by(*cell, pair.c.person_id)
        .subquery()
    )
    place = person.c.owner_id, person.c.thing_id
    held = sa.func.sum(person.c.holds_all)
    return _part("cell", *place, held=held, number=sa.func.count()).group_by(*place)


def _whole(pair: sa.CTE) -> AnySelect:
    place = pair.c.owner_id, pair.c.thing_id
    count = sa.func.count(pair.c.person_id.distinct())
    return _part("whole", *place, number=count).group_by(*place)


def _shown(gain: sa.CTE) -> AnySelect:
    listing = neighbours().listing
    first = (
        sa.select(gain, listing.number, RequirementRow.code)
        .join(listing, listing.person_id == gain.c.person_id)
        .join(RequirementRow, RequirementRow.id == gain.c.requirement_id)
        .order_by(listing.number, RequirementRow.code)
        .limit(SHOWN)
        .subquery()
    )
    of = first.c
    place = sa.func.row_number().over(order_by=(of.number, of.code))
    return _part(
        "shown", of.person_id, of.requirement_id, number=place, held=of.is_held, label=of.label
    )
