"""The people of a site in stretches, so that a change has few of them counted anew.

A stretch is a range of people's ids: those are in the same order in Python and in every database, never
change, and lead the index of assignments.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.models import PersonListingRow

_FEWEST = 200
"""People in a stretch: below this the question costs more than what it counts."""
_MOST = 256
"""Stretches of a site: counting everything asks as many questions."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """People from an id up to, not on, another; None for no end."""

    first: UUID | None = None
    end: UUID | None = None

    def holds(self, *columns: Any) -> Iterator[sa.ColumnElement[bool]]:
        """Yield the conditions that mapped attributes name people of this stretch."""
        for column in columns:
            if self.first is not None:
                yield column >= self.first
            if self.end is not None:
                yield column < self.end


EVERYBODY = Stretch()


class Stretches:
    """All people, cut where they stood when it was made; who comes later falls into one of them."""

    def __init__(self, cuts: Sequence[UUID] = ()) -> None:
        self._cuts = tuple(cuts)

    @classmethod
    def of(cls, session: Session) -> "Stretches":
        """Cut the people of now into stretches of about the same size."""
        count = session.scalar(sa.select(sa.func.count()).select_from(PersonListingRow)) or 0
        size = max(_FEWEST, -(-count // _MOST))
        place = sa.func.row_number().over(order_by=PersonListingRow.person_id).label("place")
        placed = sa.select(PersonListingRow.person_id, place).subquery()
        cuts = sa.select(placed.c.person_id).where(placed.c.place > 1, placed.c.place % size == 1)
        return cls(session.scalars(cuts.order_by(placed.c.person_id)).all())

    def __iter__(self) -> Iterator[Stretch]:
        ends: tuple[UUID | None, ...] = (None, *self._cuts, None)
        return (Stretch(first, end) for first, end in pairwise(ends))

    def with_people(self, people: Iterable[UUID]) -> frozenset[int]:
        """Return the places of the stretches in which some people are."""
        return frozenset(bisect_right(self._cuts, one) for one in people)
