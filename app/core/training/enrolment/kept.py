"""Rules whose statements are kept: looked at for one person, many of them in one, or for everybody.

Putting the statements of two hundred rules together takes a second, running them for one person a few
milliseconds: so each is put together once, with every value written out and the person alone left open,
and kept until its rule changes or a day begins. They are the statements of `matching`, but that the
person and where they are is looked up once and not once a rule, and what they have once for all rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import replacement_traverse

from app.core.base.batches import batches
from app.core.people import PlacesOfOne
from app.core.storage.columns import Day, Id
from app.core.storage.tables import table_of
from app.core.training.enrolment.matching import At, is_of_here, meets, newly_matched
from app.core.training.models import EnrolmentRuleRow
from app.core.training.neighbours import neighbours
from app.core.training.opening import Opened, next_cycle, stands, to_open

_THE_PERSON = "the_person"
"""The person's own row, found once: whoever names it in two hundred queries does not look it up anew."""
_OPEN = "who_it_is"
"""What stands for the one value that is left open."""
_MATCHED = sa.table("matched", sa.column("rule_id", Id()), sa.column("requirement_id", Id()))
"""The rules of a statement that match the person."""
_WORDS = ("location_word", "shift_word", "agency_word")
"""What stands in the list of people beside them, and is found with the person's own row."""
_AT_ONCE = 250
"""Rules in one statement: SQLite takes at most 500 together."""


class WorkingRule(NamedTuple):
    """A rule that works on a day, by the version of it that does."""

    id: UUID
    row_versions: bytes
    cancels: bool
    away_days: int | None = None
    moved: str | None = None

    @property
    def asks_anew(self) -> bool:
        """Tell whether it asks whoever comes back after a long absence, or was moved, and nobody else."""
        return self.away_days is not None or self.moved is not None


class RuleMatch(NamedTuple):
    """A rule that matches somebody, and whether what it asks for is new to them."""

    rule_id: UUID
    requirement_id: UUID
    is_new: bool
    joined_on: date | None
    cycle: int

    def opened(self, person_id: UUID) -> Opened:
        """Return what the rule would open for the person."""
        return Opened(person_id=person_id, joined_on=self.joined_on, cycle=self.cycle)


class KeptRules:
    """Asks which rules match one person, and what of it is new; and whom a rule matches newly."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        """The day, the site and the engine for which all that is kept was put together."""
        self._of_everybody: dict[tuple[UUID, bytes], sa.TextualSelect] = {}
        self._of_one: dict[WorkingRule, str] = {}
        self._all: tuple[tuple[WorkingRule, ...], list[sa.TextualSelect]] = ((), [])
        """All rules that worked when somebody was looked at last, and what tells which match."""

    def newly_matched(self, session: Session, row: EnrolmentRuleRow, at: At) -> list[Opened]:
        """Return who would get a rule's requirement, of everybody; of some as `matching` says."""
        if at.people is not None:
            return to_open(session.execute(newly_matched(row, at)))
        dialect, rule = self._kept_for(session, at), (row.id, row.row_versions)
        statement = self._of_everybody.get(rule)
        if statement is None:
            statement = self._of_everybody[rule] = _of_everybody(row, at, dialect)
        return to_open(session.execute(statement))

    def matching(
        self, session: Session, rules: Sequence[WorkingRule], at: At, person_id: UUID
    ) -> list[RuleMatch]:
        """Return what matches somebody; `rules` are all that work, which stay the same for long."""
        dialect, wanted = self._kept_for(session, at), tuple(rules)
        if self._all[0] != wanted:
            words = self._words(session, rules, at, dialect)
            self._all = wanted, list(_of_person(words, at, dialect))
        return [
            RuleMatch(*row)
            for statement in self._all[1]
            for row in session.execute(statement, {"person": person_id})
        ]

    def _kept_for(self, session: Session, at: At) -> Dialect:
        """Forget what was put together for another day; return the engine."""
        dialect = session.connection().dialect
        key = (at.today, at.site_id, dialect.name)
        if key != self._key:
            self._key, self._all = key, ((), [])
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
    conditions = meets(row, replace(at, people=None, is_one=True))
    ids = (sa.cast(sa.literal(one, Id()), Id()) for one in (row.id, row.requirement_id))
    found = sa.select(*ids).select_from(_the_person())
    return _written(found.where(*map(_of_the_person, conditions)), dialect)


def _of_the_person(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return a condition on people as one on the person's own row; what else it looks up stays."""
    people, listing, mine = (
        table_of(neighbours().person), table_of(neighbours().listing), _the_person(),
    )  # fmt: skip

    def mine_instead(element: Any, **_more: Any) -> Any:
        if isinstance(element, sa.Column) and isinstance(element.table, sa.Table):
            is_mine = element.table.name == people.name or (
                element.table.name == listing.name and element.name in _WORDS
            )
            return mine.c[element.name] if is_mine else None
        return None

    return replacement_traverse(condition, {}, mine_instead)


def _of_everybody(row: EnrolmentRuleRow, at: At, dialect: Dialect) -> sa.TextualSelect:
    """Return the statement of `newly_matched` with every value written out."""
    return sa.text(_written(newly_matched(row, at), dialect)).columns(
        sa.column("person_id", Id()), sa.column("joined_on", Day), sa.column("cycle")
    )


def _of_person(rules: Sequence[str], at: At, dialect: Dialect) -> Iterator[sa.TextualSelect]:
    """Yield what tells which rules match the person: rule_id, requirement_id, is_new, joined_on, cycle."""
    mine = _the_person()
    pair = mine.c.id, _MATCHED.c.requirement_id
    asked = sa.select(
        *_MATCHED.c,
        (~stands(*pair)).label("is_new"),
        mine.c.joined_on,
        next_cycle(*pair).label("cycle"),
    ).select_from(_MATCHED.join(mine, sa.true()))
    before, after = _person_and_places(at, dialect), _written(asked, dialect)
    for some in batches(rules, _AT_ONCE):
        matched = " UNION ALL ".join(some)
        yield (
            sa.text(
                f"{before}, {_MATCHED.name}(rule_id, requirement_id) AS MATERIALIZED ({matched}) {after}"
            )
            .bindparams(sa.bindparam("person", type_=Id()))
            .columns(*asked.selected_columns)
        )


def _person_and_places(at: At, dialect: Dialect) -> str:
    """Return what stands before: the person, if they are here, and where they are."""
    person, listing = neighbours().person, neighbours().listing
    of_here = is_of_here(replace(at, people=None))
    mine = (
        sa.select(table_of(person), *(getattr(listing, word) for word in _WORDS))
        .join(listing, listing.person_id == person.id)
        .where(person.id == sa.literal_column(_OPEN, Id()), *of_here)
    )
    one = sa.select(_the_person().c.id).scalar_subquery()
    places = _written(PlacesOfOne.written(one, at.today), dialect)
    found = _written(mine, dialect).replace(_OPEN, ":person")
    return (
        f"WITH {_THE_PERSON} AS MATERIALIZED ({found}), "
        f"{PlacesOfOne.NAME}({PlacesOfOne.COLUMN}) AS MATERIALIZED ({places})"
    )


@cache
def _the_person() -> sa.TableClause:
    columns = table_of(neighbours().person).columns
    words = (sa.column(word, sa.String) for word in _WORDS)
    return sa.table(_THE_PERSON, *(sa.column(one.name, one.type) for one in columns), *words)


def _written(statement: sa.SelectBase, dialect: Dialect) -> str:
    """Return a statement with every value written out."""
    written = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    if dialect.paramstyle == "pyformat":  # which writes % twice, as the text will be once more
        written = written.replace("%%", "%")
    return written.replace(":", r"\:")
