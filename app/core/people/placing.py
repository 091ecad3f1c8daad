"""One place at a time: a placement ends where the next one of its person begins, whatever its own end says.

Two PCs that move somebody apart each open a placement and close the one before. The one that began
later, or of one day the greater id, is where they are; which was right somebody decides (`TwoPlaces`).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.journal import Contest, Ruling, Unit, row_contender
from app.core.people.models import PlacementRow


def is_placed(placement: Any, day: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a placement is its person's on a day: a value or an expression."""
    later = aliased(PlacementRow)
    is_overtaken = sa.exists().where(
        later.person_id == placement.person_id,
        later.from_on <= day,
        sa.or_(later.to_on.is_(None), later.to_on > later.from_on),
        _is_later(later, placement),
    )
    return sa.and_(
        placement.from_on <= day,
        sa.or_(placement.to_on.is_(None), placement.to_on > day),
        ~is_overtaken.correlate_except(later),
    )


def is_last_open(placement: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a placement is the newest of its person's that nobody ended.

    A leaver's says where they were.
    """
    later = aliased(PlacementRow)
    is_overtaken = sa.exists().where(
        later.person_id == placement.person_id,
        later.to_on.is_(None),
        _is_later(later, placement),
    )
    return sa.and_(placement.to_on.is_(None), ~is_overtaken.correlate_except(later))


def ends_of(placements: list[PlacementRow]) -> dict[UUID, date | None]:
    """Return the first day on which each placement of one person holds no more, as `is_placed` says."""
    ends = {row.id: row.to_on for row in placements}
    real = [row for row in placements if row.to_on is None or row.to_on > row.from_on]
    for row, following in pairwise(sorted(real, key=_begins)):
        ends[row.id] = min(row.to_on or following.from_on, following.from_on)
    return ends


def open_placements(session: Session, person_id: UUID) -> list[PlacementRow]:
    """Return the placements of somebody that nobody ended, the newest first: one, unless two PCs placed them."""
    rows = session.scalars(
        sa.select(PlacementRow).where(
            PlacementRow.person_id == person_id, PlacementRow.to_on.is_(None)
        )
    )
    return sorted(rows, key=_begins, reverse=True)


def open_placement(session: Session, person_id: UUID) -> PlacementRow | None:
    """Return the placement that lasts."""
    return next(iter(open_placements(session, person_id)), None)


def close_others(unit: Unit, person_id: UUID, chosen: PlacementRow) -> set[UUID]:
    """End every open placement but one: an earlier one where that begins, a later one at once."""
    others = [row for row in open_placements(unit, person_id) if row.id != chosen.id]
    for row in others:
        row.to_on = (
            max(row.from_on, chosen.from_on) if _begins(row) < _begins(chosen) else row.from_on
        )
    unit.flush()
    return {row.id for row in (*others, chosen)}


class TwoPlaces:
    """People that two PCs placed apart: a dispute of rows, told and decided beside those of columns."""

    table, column = "person", "place"
    is_signed = False

    def open(self, session: Session) -> Iterator[Contest]:
        """Yield them. The index of mentions must be up to date."""
        row = aliased(PlacementRow)
        several = (
            sa.select(row.person_id)
            .where(row.to_on.is_(None))
            .group_by(row.person_id)
            .having(sa.func.count() > 1)
        )
        found = session.scalars(
            sa.select(PlacementRow)
            .where(PlacementRow.to_on.is_(None), PlacementRow.person_id.in_(several))
            .order_by(PlacementRow.person_id)
        )
        for person_id, placements in groupby(found, lambda one: one.person_id):
            newest = sorted(placements, key=_begins, reverse=True)
            if len({(one.org_unit_id, one.job_role_id) for one in newest}) == 1:
                continue  # one person entered twice, merged since: both entries say the same
            yield Contest(
                table=self.table,
                key=person_id,
                column=self.column,
                values=tuple(
                    row_contender(session, one.id, one.id, is_shown=one is newest[0])
                    for one in newest
                ),
            )

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let somebody be where one of the placements says; return the rows that changed."""
        chosen = unit.get_one(PlacementRow, ruling.value)
        return {"placement": close_others(unit, ruling.key, chosen)}


def _is_later(later: Any, placement: Any) -> sa.ColumnElement[bool]:
    return sa.or_(
        later.from_on > placement.from_on,
        sa.and_(later.from_on == placement.from_on, later.id > placement.id),
    )


def _begins(row: PlacementRow) -> tuple[date, UUID]:
    return row.from_on, row.id
