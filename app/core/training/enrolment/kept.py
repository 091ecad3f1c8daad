"""Rules whose statements are kept: looked at for one person, many of them in one, or for everybody.

Putting the statements of two hundred rules together takes a second, running them for one person a few
milliseconds: so each is put together once, with every value written out and the person alone left open,
and kept until its rule changes or a day begins. They are the statements of `matching`, but that the
places of one person are looked up once and not once a rule, and what they have once for all rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from app.core.base.batches import batches
from app.core.people import PlacesOfOne
from app.core.storage.columns import Day, Id
from app.core.training.enrolment.matching import At, matches, newly_matched
from app.core.training.models import EnrolmentRuleRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import Opened, next_cycle, stands, to_open

_PERSON = "(SELECT id FROM the_person)"
"""One parameter, not one each time that the person is named: binding five hundred took longer than the rest."""
_MATCHED = sa.table("matched", sa.column("rule_id", Id()), sa.column("requirement_id", Id()))
"""The rules of a statement that match the person."""
_AT_ONCE = 250
"""Rules in one statement: SQLite takes at most 500 together."""


class WorkingRule(NamedTuple):
    """A rule that works on a day, by the version of it that does."""

    id: UUID
    row_versions: bytes
    cancels: bool
    away_days: int | None = None

    @property
    def asks_anew(self) -> bool:
        """Tell whether it asks whoever comes back after a long absence, and nobody else."""
        return self.away_days is not None


class KeptRules:
    """Asks what rules ask of one person, and what of it is new; and whom a rule matches newly."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        """The day, the site and the engine for which all that is kept was put together."""
        self._of_everybody: dict[tuple[UUID, bytes], sa.TextualSelect] = {}
        self._of_one: dict[WorkingRule, str] = {}
        self._newly: tuple[tuple[WorkingRule, ...], list[sa.TextualSelect]] = ((), [])
        """All rules that worked when somebody was looked at last, and what tells which give them something."""

    def newly_matched(self, session: Session, row: EnrolmentRuleRow, at: At) -> list[Opened]:
        """Return who would get a rule's requirement, of everybody; of some as `matching` says."""
        if at.people is not None:
            return to_open(session.execute(newly_matched(row, at)))
        dialect, rule = self._kept_for(session, at), (row.id, row.row_versions)
        statement = self._of_everybody.get(rule)
        if statement is None:
            statement = self._of_everybody[rule] = _of_everybody(row, at, dialect)
        return to_open(session.execute(statement))

    def asked(
        self, session: Session, rules: Sequence[WorkingRule], at: At, person_id: UUID
    ) -> set[UUID]:
        """Return the requirements that some rules ask of somebody, whatever they have."""
        dialect = self._kept_for(session, at)
        words = self._words(session, rules, at, dialect)
        return {
            requirement_id
            for statement in _of_person(_what_is_asked(), words, at.today, dialect)
            for (requirement_id,) in session.execute(statement, {"person": person_id})
        }

    def newly_matching(
        self, session: Session, rules: Sequence[WorkingRule], at: At, person_id: UUID
    ) -> dict[UUID, Opened]:
        """Return by rule what somebody would get; `rules` are all that work, which stay the same for long."""
        dialect, wanted = self._kept_for(session, at), tuple(rules)
        if self._newly[0] != wanted:
            words = self._words(session, rules, at, dialect)
            self._newly = wanted, list(_of_person(_what_is_new(), words, at.today, dialect))
        return {
            rule_id: Opened(person_id=person_id, joined_on=joined_on, cycle=cycle)
            for statement in self._newly[1]
            for rule_id, joined_on, cycle in session.execute(statement, {"person": person_id})
        }

    def _kept_for(self, session: Session, at: At) -> Dialect:
        """Forget what was put together for another day; return the engine."""
        dialect = session.connection().dialect
        key = (at.today, at.site_id, dialect.name)
        if key != self._key:
            self._key, self._newly = key, ((), [])
            self._of_everybody.clear()
            self._of_one.clear()
        return dialect

    def _words(
        self, session: Session, rules: Sequence[WorkingRule], at: At, dialect: Dialect
    ) -> list[str]:
        """Return for each rule the query that has a row where it matches the person."""
        new = {rule.id: rule for rule in rules if rule not in self._of_one}
        for some in batches(new):
            for row in session.scalars(
                sa.select(EnrolmentRuleRow).where(EnrolmentRuleRow.id.in_(some))
            ):
                self._of_one[new[row.id]] = _whether(row, at, dialect)
        return [self._of_one[rule] for rule in rules]


def _whether(row: EnrolmentRuleRow, at: At, dialect: Dialect) -> str:
    """Return the query of one rule: rule_id and requirement_id, if it matches the person."""
    of_one = replace(at, people=None, is_one=True)
    found = matches(row, of_one, neighbours().person.id == _person())
    ids = (sa.cast(sa.literal(one, Id()), Id()) for one in (row.id, row.requirement_id))
    return _written(found.with_only_columns(*ids), dialect)


def _of_everybody(row: EnrolmentRuleRow, at: At, dialect: Dialect) -> sa.TextualSelect:
    """Return the statement of `newly_matched` with every value written out."""
    return sa.text(_written(newly_matched(row, at), dialect)).columns(
        sa.column("person_id", Id()), sa.column("joined_on", Day), sa.column("cycle")
    )


def _what_is_asked() -> sa.Select[Any]:
    return sa.select(_MATCHED.c.requirement_id)


def _what_is_new() -> sa.Select[Any]:
    """Return the query for what matches and is not there, as `without_it`: rule_id, joined_on, cycle."""
    person = neighbours().person
    pair = person.id, _MATCHED.c.requirement_id
    return (
        sa.select(_MATCHED.c.rule_id, person.joined_on, next_cycle(*pair).label("cycle"))
        .join(person, person.id == _person())
        .where(~stands(*pair))
    )


def _of_person(
    question: sa.Select[Any], rules: Sequence[str], day: date, dialect: Dialect
) -> Iterator[sa.TextualSelect]:
    """Yield what asks a question about the rules that match the person, whose places are looked up once."""
    before, asked = _person_and_places(day, dialect), _written(question, dialect)
    for some in batches(rules, _AT_ONCE):
        matched = " UNION ALL ".join(some)
        yield (
            sa.text(
                f"{before}, {_MATCHED.name}(rule_id, requirement_id) AS MATERIALIZED ({matched}) {asked}"
            )
            .bindparams(sa.bindparam("person", type_=Id()))
            .columns(*question.selected_columns)
        )


@lru_cache(maxsize=4)
def _person_and_places(day: date, dialect: Dialect) -> str:
    places = _written(PlacesOfOne.written(_person(), day), dialect)
    return (
        "WITH the_person(id) AS MATERIALIZED (SELECT :person), "
        f"{PlacesOfOne.NAME}(kind, code) AS MATERIALIZED ({places})"
    )


def _person() -> sa.ColumnClause[UUID]:
    return sa.literal_column(_PERSON, Id())


def _written(statement: sa.SelectBase, dialect: Dialect) -> str:
    """Return a statement with every value written out."""
    written = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    if dialect.paramstyle == "pyformat":  # which writes % twice, as the text will be once more
        written = written.replace("%%", "%")
    return written.replace(":", r"\:")
