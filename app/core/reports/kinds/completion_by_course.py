"""How much of what is required is held, course by course."""

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import text
from app.core.reports.filters import PEOPLE, REQUIRED_COURSE
from app.core.reports.kinds.figures_of_pairs import COUNTED, counted
from app.core.reports.pairs import AnySelect, grouped_standings
from app.core.training.models import RequirementRow


def _select(asked: Asked) -> AnySelect:
    of = (RequirementRow.code.label("code"), RequirementRow.title.label("course"))
    pair = grouped_standings(asked.today, asked.scope, asked.conditions, *of)
    return sa.select(pair.c.code, pair.c.course, *counted(pair)).group_by(
        pair.c.code, pair.c.course
    )


REPORT = SelectReport(
    key="completion-by-course",
    title=mark("Completion by course"),
    question=mark("Which courses are held, and which lag behind?"),
    icon="library",
    columns=(text("code", mark("Code")), text("course", mark("Course")), *COUNTED),
    filters=(*PEOPLE, REQUIRED_COURSE),
    default_sort=Sort("compliance"),
    searched=("code", "course"),
    ties=("code",),
    select=_select,
    looks_back=True,
)
