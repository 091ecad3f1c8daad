"""What the matrix takes from some people and gives to them, as two statements that are kept.

Putting them together takes longer than running them for one person: so they are put together once, with
the people alone left open, and kept until an audience changes or a day begins.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.enrolment.matching import PEOPLE
from app.core.training.matrix.asking import AnySelect, Asking
from app.core.training.matrix.finding import Given, gaining, given_of, losing
from app.core.training.models import AssignmentRow

_Key = tuple[object, ...]


class KeptStatements:
    """Asks of some people, as the matrix is written: without a change laid over it."""

    def __init__(self) -> None:
        self._kept: tuple[_Key, sa.Select[AssignmentRow], AnySelect] | None = None

    def losing(
        self, session: Session, asking: Asking, people: Collection[UUID]
    ) -> list[AssignmentRow]:
        """Return what some people have open of the matrix' making and are asked no more."""
        statement, _gaining = self._statements(asking)
        return list(session.scalars(statement, {PEOPLE: list(people)}))

    def gaining(self, session: Session, asking: Asking, people: Collection[UUID]) -> list[Given]:
        """Return what some people are asked for and do not have."""
        _losing, statement = self._statements(asking)
        return given_of(session.execute(statement, {PEOPLE: list(people)}))

    def _statements(self, asking: Asking) -> tuple[sa.Select[AssignmentRow], AnySelect]:
        key: _Key = (asking.at.today, asking.at.site_id, tuple(asking.audiences.items()))
        kept = self._kept
        if kept is None or kept[0] != key:
            open_asking = _with_people_open(asking)
            kept = (key, losing(open_asking, None), gaining(open_asking, None))
            self._kept = kept
        return kept[1], kept[2]


def _with_people_open(asking: Asking) -> Asking:
    return replace(asking, at=replace(asking.at, people=None, is_given_people=True))
