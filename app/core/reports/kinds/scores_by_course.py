"""How people do in quizzes, course by course."""

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.courses.models import CourseRow
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import text
from app.core.reports.kinds.figures_of_attempts import FILTERS, SCORED, attempts, scored
from app.core.reports.pairs import AnySelect


def _select(asked: Asked) -> AnySelect:
    of = (CourseRow.code, CourseRow.title.label("course"))
    return attempts(asked, *of, *scored()).group_by(CourseRow.code, CourseRow.title)


REPORT = SelectReport(
    key="scores-by-course",
    title=mark("Scores by course"),
    question=mark("How hard is each course's quiz?"),
    icon="target",
    columns=(text("code", mark("Code")), text("course", mark("Course")), *SCORED),
    filters=FILTERS,
    default_sort=Sort("pass_rate"),
    searched=("code", "course"),
    ties=("code",),
    select=_select,
)
