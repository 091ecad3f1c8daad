"""Who has not declared what they have to, and whose declaration has lapsed: by department, with who answers for them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, text
from app.core.reports.filters import DUE_FROM, DUE_TO, PEOPLE, REQUIREMENT
from app.core.reports.kinds.rows_of_pairs import (
    SEARCHED,
    STANDING,
    STANDS,
    TIES,
    WHO,
    standing_rows,
    supervisor,
)
from app.core.reports.pairs import AnySelect, Condition
from app.core.storage.columns import Day, Instant
from app.core.training import Pair, held_until_of, newest_evidence
from app.core.training.kinds import RequirementType
from app.core.training.models import RequirementRow

_NOT, _LAPSED = "not-declared", "lapsed"
_MISSING = {_NOT: mark("Not declared"), _LAPSED: mark("Lapsed")}


def _is(_session: Session, value: str, _today: date) -> Condition:
    until = newest_evidence(held_until_of)
    return until.is_(None) if value == _NOT else until.is_not(None)


def _declared_at(pair: sa.FromClause) -> Any:
    """Return when somebody last declared it, or gave what counts for that; null where they never did."""
    mine = Pair(
        person_id=pair.c.person_id,
        requirement_id=pair.c.requirement_id,
        course_id=pair.c.course_id,
    )
    return sa.type_coerce(newest_evidence(lambda met: met.at, mine), Instant)


def _select(asked: Asked) -> AnySelect:
    declarations = RequirementRow.type == RequirementType.DECLARATION
    until = newest_evidence(held_until_of)
    is_missing = sa.or_(until.is_(None), until < sa.literal(asked.today, Day))
    conditions = (*asked.conditions, declarations, is_missing)
    pair = standing_rows(Asked(scope=asked.scope, today=asked.today, conditions=conditions))
    missing = sa.case((pair.c.held_until.is_(None), _NOT), else_=_LAPSED)
    return sa.select(pair, missing.label("missing"))


REPORT = SelectReport(
    key="declarations-missing",
    title=mark("Declarations missing"),
    question=mark("Who has still to declare something, and whose declaration has lapsed?"),
    icon="file-question-mark",
    columns=(
        text("department", mark("Department")),
        *(one for one in WHO if one.key != "department"),
        text("supervisor", mark("Supervisor")),
        text("course", mark("Declaration")),
        chip("missing", mark("Missing"), _MISSING),
        moment("declared_at", mark("Last declared")),
        day("valid_until", mark("Valid until")),
        day("due_on", mark("Due")),
        STANDING,
    ),
    filters=(
        *PEOPLE,
        REQUIREMENT,
        DUE_FROM,
        DUE_TO,
        STANDS,
        ReportFilter(key="missing", title=mark("Missing"), condition=_is, choices=_MISSING),
    ),
    default_sort=Sort("department"),
    searched=SEARCHED,
    ties=TIES,
    select=_select,
    beside={"supervisor": supervisor, "declared_at": _declared_at},
    looks_back=True,
)
