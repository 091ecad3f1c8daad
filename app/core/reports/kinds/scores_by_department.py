"""How people do in quizzes, department by department."""

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import text
from app.core.reports.kinds.figures_of_attempts import FILTERS, SCORED, attempts, scored
from app.core.reports.pairs import AnySelect


def _select(asked: Asked) -> AnySelect:
    unit = (PersonListingRow.org_unit_id, PersonListingRow.org_unit.label("department"))
    grouped = (PersonListingRow.org_unit_id, PersonListingRow.org_unit)
    return attempts(asked, *unit, *scored()).group_by(*grouped)


REPORT = SelectReport(
    key="scores-by-department",
    title=mark("Scores by department"),
    question=mark("How do departments do in their quizzes?"),
    icon="gauge",
    columns=(text("department", mark("Department")), *SCORED),
    filters=FILTERS,
    default_sort=Sort("pass_rate"),
    searched=("department",),
    ties=("department", "org_unit_id"),
    select=_select,
)
