"""Rules whose statements are kept: looked at for one person, all of them in one, or for everybody.

Putting the statements of two hundred rules together takes a second, running them for one person five
milliseconds: so they are put together once, with every value written out and the person alone left
open, and kept until a rule changes or a day begins. They are the statements of `matching`, but that
the places of one person are looked up once and not once a rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from app.core.people import PlacesOfOne
from app.core.storage.columns import Day, Id
from app.core.training.enrolment.matching import At, matches, newly_matched
from app.core.training.models import EnrolmentRuleRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import Opened, to_open

_PERSON = "(SELECT id FROM the_person)"
"""One parameter, not one each time that the person is named: binding five hundred took longer than the rest."""
_AT_ONCE = 100
"""Rules in one statement: SQLite takes at most 500 together."""
_Key = tuple[object, ...]


_MOST = 1000
"""Statements of single rules that are kept: those of days gone by are of no use."""


class WorkingRule(NamedTuple):
    """A rule that works on a day, by the version of it that does."""

    id: UUID
    row_versions: bytes
    cancels: bool


class KeptRules:
    """Asks which rules match one person, and which of them newly; and whom a rule matches newly."""

    def __init__(self) -> None:
        self._key: _Key = ()
        self._statements: list[sa.TextualSelect] = []
        self._of_single: dict[_Key, sa.TextualSelect] = {}

    def is_matched(self, session: Session, row: EnrolmentRuleRow, at: At, person_id: UUID) -> bool:
        """Tell whether a rule matches somebody, whatever they have."""
        dialect = session.connection().dialect
        statement = self._single(
            ("one", row.id, row.row_versions, at.today, at.site_id, dialect.name),
            lambda: _whether(row, replace(at, people=None, is_one=True), dialect),
        )
        return session.execute(statement, {"person": person_id}).first() is not None

    def newly_matched(self, session: Session, row: EnrolmentRuleRow, at: At) -> list[Opened]:
        """Return who would get a rule's requirement, of everybody; of some as `matching` says."""
        if at.people is not None:
            return to_open(session.execute(newly_matched(row, at)))
        dialect = session.connection().dialect
        statement = self._single(
            ("all", row.id, row.row_versions, at.today, at.site_id, dialect.name),
            lambda: _of_everybody(row, at, dialect),
        )
        return to_open(session.execute(statement))

    def _single(self, key: _Key, make: Callable[[], sa.TextualSelect]) -> sa.TextualSelect:
        statement = self._of_single.get(key)
        if statement is None:
            if len(self._of_single) >= _MOST:
                self._of_single.clear()
            statement = self._of_single[key] = make()
        return statement

    def newly_matching(
        self, session: Session, rules: Sequence[WorkingRule], at: At, person_id: UUID
    ) -> dict[UUID, Opened]:
        """Return by rule what somebody would get."""
        dialect = session.connection().dialect
        key: _Key = (tuple(rules), at.today, at.site_id, dialect.name)
        if key != self._key:
            rows = _rows(session, rules)
            self._statements = _statements(rows, replace(at, people=None, is_one=True), dialect)
            self._key = key
        found: dict[UUID, Opened] = {}
        for statement in self._statements:
            for place, joined_on, cycle in session.execute(statement, {"person": person_id}):
                found[rules[place].id] = Opened(
                    person_id=person_id, joined_on=joined_on, cycle=cycle
                )
        return found


def _rows(session: Session, rules: Sequence[WorkingRule]) -> list[EnrolmentRuleRow]:
    ids = [rule.id for rule in rules]
    found = session.scalars(sa.select(EnrolmentRuleRow).where(EnrolmentRuleRow.id.in_(ids)))
    rows = {row.id: row for row in found}
    return [rows[one] for one in ids]


def _statements(
    rules: Sequence[EnrolmentRuleRow], at: At, dialect: Dialect
) -> list[sa.TextualSelect]:
    words = [_of_rule(row, place, at, dialect) for place, row in enumerate(rules)]
    return [
        _about_one(" UNION ALL ".join(words[first : first + _AT_ONCE]), dialect).columns(
            sa.column("place", sa.Integer), sa.column("joined_on", Day), sa.column("cycle")
        )
        for first in range(0, len(words), _AT_ONCE)
    ]


def _whether(row: EnrolmentRuleRow, at: At, dialect: Dialect) -> sa.TextualSelect:
    """Return a statement that has a row if a rule matches the person."""
    matched = matches(row, at, neighbours().person.id == _person())
    return _about_one(_written(matched, dialect), dialect).columns(sa.column("id", Id()))


def _of_everybody(row: EnrolmentRuleRow, at: At, dialect: Dialect) -> sa.TextualSelect:
    """Return the statement of `newly_matched` with every value written out."""
    return sa.text(_written(newly_matched(row, at), dialect)).columns(
        sa.column("person_id", Id()), sa.column("joined_on", Day), sa.column("cycle")
    )


def _about_one(words: str, dialect: Dialect) -> sa.TextClause:
    """Return a statement of one person, whose places are looked up once."""
    before = _person_and_places(dialect)
    return sa.text(before + words).bindparams(sa.bindparam("person", type_=Id()))


@lru_cache(maxsize=4)
def _person_and_places(dialect: Dialect) -> str:
    places = _written(PlacesOfOne.written(_person()), dialect)
    return (
        "WITH the_person(id) AS MATERIALIZED (SELECT :person), "
        f"{PlacesOfOne.NAME}(kind, code) AS MATERIALIZED ({places}) "
    )


def _of_rule(row: EnrolmentRuleRow, place: int, at: At, dialect: Dialect) -> str:
    narrowed = newly_matched(row, at, neighbours().person.id == _person())
    fresh = narrowed.subquery("fresh")
    return _written(sa.select(sa.literal(place), fresh.c.joined_on, fresh.c.cycle), dialect)


def _person() -> sa.ColumnClause[UUID]:
    return sa.literal_column(_PERSON, Id())


def _written(statement: sa.SelectBase, dialect: Dialect) -> str:
    """Return a statement with every value written out."""
    written = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    if dialect.paramstyle == "pyformat":  # which writes % twice, as the text will be once more
        written = written.replace("%%", "%")
    return written.replace(":", r"\:")
