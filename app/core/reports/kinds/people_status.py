"""Everybody × everything they must hold: where they stand, due, completed, score, valid until."""

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import day, moment, percent, text
from app.core.reports.kinds.rows_of_pairs import (
    FILTERS,
    RENEWAL,
    SEARCHED,
    STANDING,
    TIES,
    WHAT,
    WHO,
    completed_at,
    renewal,
    score,
    standing_rows,
)
from app.core.reports.pairs import AnySelect


def _select(asked: Asked) -> AnySelect:
    return sa.select(standing_rows(asked))


REPORT = SelectReport(
    key="people-status",
    title=mark("People and courses"),
    question=mark("Where does each person stand with each course?"),
    icon="users",
    columns=(
        *WHO,
        text("job_role", mark("Job role")),
        WHAT,
        STANDING,
        day("due_on", mark("Due")),
        moment("completed_at", mark("Completed")),
        percent("score", mark("Score")),
        day("valid_until", mark("Valid until")),
        RENEWAL,
    ),
    filters=FILTERS,
    default_sort=Sort("number"),
    searched=SEARCHED,
    ties=TIES,
    select=_select,
    beside={"completed_at": completed_at, "score": score, "renewal": renewal},
    looks_back=True,
)
