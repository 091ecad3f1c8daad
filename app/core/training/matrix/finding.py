"""Whom the matrix gives something, and from whom it takes it: statements that the dry and the live run share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day, Id
from app.core.training.enrolment.conditions import Condition, from_json
from app.core.training.enrolment.matching import is_of_here
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import Source
from app.core.training.matrix.asking import AnySelect, Asking, is_touched, things, wanted
from app.core.training.matrix.models import AudienceRow, MatrixEntryRow
from app.core.training.matrix.types import Cell
from app.core.training.models import AssignmentRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import next_cycle, stands
from app.core.training.standing_on import first_source

Cells = Collection[Cell] | None
"""The cells to look at; None: all of the matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A cycle that the matrix opens."""

    person_id: UUID
    requirement_id: UUID
    label: str
    joined_on: date | None
    cycle: int


def gaining(asking: Asking, cells: Cells) -> AnySelect:
    """Select who would newly get what: person_id, requirement_id, label, joined_on, cycle."""
    asked, person = wanted(asking, with_retired=False), neighbours().person
    pair = asked.c.person_id, asked.c.requirement_id
    found = (
        sa.select(
            *pair,
            asked.c.label,
            person.joined_on.label("joined_on"),
            next_cycle(*pair).label("cycle"),
        )
        .select_from(asked)
        .join(person, person.id == asked.c.person_id)
        .where(~stands(*pair))
    )
    return found if cells is None else found.where(is_touched(asking, cells, *pair))


def losing(asking: Asking, cells: Cells) -> sa.Select[AssignmentRow]:
    """Select the open assignments of the matrix' making for which it asks no more."""
    asked, person = wanted(asking, with_retired=True), neighbours().person
    pair = AssignmentRow.person_id, AssignmentRow.requirement_id
    found = (
        sa.select(AssignmentRow)
        .join(person, person.id == AssignmentRow.person_id)
        .outerjoin(
            asked,
            sa.and_(asked.c.person_id == pair[0], asked.c.requirement_id == pair[1]),
        )
        .where(
            AssignmentRow.closed_at.is_(None),
            is_of_matrix(),
            ~has_later_cycle(),
            *is_of_here(asking.at),
            asked.c.person_id.is_(None),
        )
    )
    if asking.only is not None:
        found = found.where(AssignmentRow.requirement_id.in_(list(asking.only)))
    return found if cells is None else found.where(is_touched(asking, cells, *pair))


def is_of_matrix() -> sa.ColumnElement[bool]:
    """Return the condition that the matrix assigned a cycle, or the first of those that it renews."""
    renewed = sa.and_(AssignmentRow.source == Source.RENEWAL, first_source() == Source.MATRIX.value)
    return sa.or_(AssignmentRow.source == Source.MATRIX, renewed)


def given_of(rows: Iterable[Any]) -> list[Given]:
    """Return what `gaining` found."""
    return [
        Given(
            person_id=row.person_id,
            requirement_id=row.requirement_id,
            label=row.label,
            joined_on=row.joined_on,
            cycle=row.cycle,
        )
        for row in rows
    ]


def audiences_of(
    session: Session,
    site_id: UUID | None,
    day: date,
    *,
    also: Collection[UUID] = (),
    unused: bool = False,
) -> dict[UUID, Condition]:
    """Return this site's audiences that are not retired, with whom they mean.

    Those of which nothing was ever asked are left out but for some, or unless `unused`: each is a part
    of the statement.
    """
    values: dict[str, Any] = {"site": site_id, "today": day}
    if unused:
        found = session.execute(_audiences(), values)
    else:
        found = session.execute(_used_audiences(), {**values, "also": list(also)})
    return {key: from_json(condition) for key, condition in found}


def _audiences() -> sa.Select[UUID, Any]:
    row, today = AudienceRow, sa.bindparam("today", type_=Day())
    return sa.select(row.id, row.condition).where(
        sa.or_(row.site_id.is_(None), row.site_id == sa.bindparam("site", type_=Id())),
        sa.or_(row.retired_on.is_(None), row.retired_on > today),
    )


@cache
def _used_audiences() -> sa.Select[UUID, Any]:
    """Select those of which something was ever asked, and those in `also`. Put together once, for every change of people."""
    is_used = sa.exists().where(MatrixEntryRow.audience_id == AudienceRow.id)
    also = sa.bindparam("also", type_=Id(), expanding=True)
    return _audiences().where(sa.or_(is_used, AudienceRow.id.in_(also)))


def requirements_of(session: Session, asking: Asking, cells: Collection[Cell]) -> set[UUID]:
    """Return the requirements that some cells stand for, before a change or after it."""
    ids = {one.thing_id for one in cells}
    found: set[UUID] = set()
    for one in (asking.as_it_is(), asking):
        thing = things(one, with_retired=True).subquery()
        found |= set(
            session.scalars(sa.select(thing.c.requirement_id).where(thing.c.thing_id.in_(ids)))
        )
    return found
