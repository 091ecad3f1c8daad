"""How much of what is required is held, department by department."""

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import text
from app.core.reports.filters import PEOPLE, REQUIRED_COURSE
from app.core.reports.kinds.figures_of_pairs import COUNTED, counted
from app.core.reports.pairs import AnySelect, grouped_standings


def _select(asked: Asked) -> AnySelect:
    unit = (PersonListingRow.org_unit_id, PersonListingRow.org_unit)
    pair = grouped_standings(asked.today, asked.scope, asked.conditions, *unit)
    return sa.select(
        pair.c.org_unit_id, pair.c.org_unit.label("department"), *counted(pair)
    ).group_by(pair.c.org_unit_id, pair.c.org_unit)


REPORT = SelectReport(
    key="completion-by-department",
    title=mark("Completion by department"),
    question=mark("Which departments hold what they must?"),
    icon="building-2",
    columns=(text("department", mark("Department")), *COUNTED),
    filters=(*PEOPLE, REQUIRED_COURSE),
    default_sort=Sort("compliance"),
    searched=("department",),
    ties=("department", "org_unit_id"),
    select=_select,
    looks_back=True,
)
