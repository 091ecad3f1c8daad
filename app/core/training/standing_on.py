"""What a cycle stands on: whatever asked for the requirement first, before it was renewed or asked for again.

A renewal goes with what it stands on: with the rule, or the matrix, that asks no more. One definition, as SQL.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.journal import Unit
from app.core.storage.columns import Id, Word
from app.core.training.in_force import is_open
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow

AGAIN = (
    Source.RENEWAL, Source.REVISION, Source.EFFECTIVENESS, Source.RETRAINING, Source.RETURN,
    Source.MOVE,
)  # fmt: skip
"""Sources of cycles that ask again for what something else asked for before."""
GIVEN_BY_ITSELF = (Source.RULE, Source.MATRIX, Source.CHOSEN)
"""What gives again of itself, or was asked by nobody."""


def first_source() -> sa.ColumnElement[Any]:
    """Return what a cycle stands on, as its own source or that of the cycle that began it; null for none."""
    return _of_first(lambda first: sa.case((first.cancelled_reason == "", first.source)))


def first_rule() -> sa.ColumnElement[Any]:
    """Return the rule that a cycle stands on; null for none."""
    rule = _of_first(lambda first: sa.case((first.cancelled_reason == "", first.rule_id)))
    return sa.type_coerce(rule, Id)


def began_as() -> sa.ColumnElement[Any]:
    """Return the source of the cycle that began one, or its own, whatever became of it."""
    return sa.type_coerce(_of_first(lambda first: first.source), Word(Source, Source.OTHER))


def _of_first(column: Any) -> sa.ColumnElement[Any]:
    """Return `column` of the newest cycle of a pair, up to one, that was not asked again."""
    first = aliased(AssignmentRow)
    return (
        sa.select(column(first))
        .where(
            first.person_id == AssignmentRow.person_id,
            first.requirement_id == AssignmentRow.requirement_id,
            first.cycle <= AssignmentRow.cycle,
            first.source.not_in(AGAIN),
        )
        .order_by(first.cycle.desc())
        .limit(1)
        .correlate(AssignmentRow)
        .scalar_subquery()
    )


def name_rules(unit: Unit) -> int:
    """Write the rule on open renewals that do not name it: an earlier program opened them; return how many."""
    rule = first_rule()
    rows = unit.execute(
        sa.select(AssignmentRow, rule).where(
            AssignmentRow.source == Source.RENEWAL,
            AssignmentRow.rule_id.is_(None),
            *is_open(),
            rule.is_not(None),
        )
    ).all()
    for row, rule_id in rows:
        row.rule_id = rule_id
    unit.flush()
    return len(rows)
