"""What the training matrix asks of whom today: one row a cell."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import JobRoleRow
from app.core.people.naming_places import called
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, text
from app.core.reports.pairs import AnySelect, Condition
from app.core.training.matrix import NEEDS, Need
from app.core.training.matrix.asking import in_force
from app.core.training.matrix.models import AudienceRow, CurriculumRow, MatrixEntryRow
from app.core.training.models import RequirementRow

_ASKED = {one.value: words for one, words in NEEDS.items() if one is not Need.NOTHING}


def _asks_as(_session: Session, value: str, _today: date) -> Condition:
    return MatrixEntryRow.need == Need(value)


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            MatrixEntryRow.id,
            sa.func.coalesce(called(JobRoleRow), AudienceRow.title).label("whom"),
            sa.func.coalesce(JobRoleRow.code, AudienceRow.code).label("whom_code"),
            sa.func.coalesce(RequirementRow.code, CurriculumRow.code).label("code"),
            sa.func.coalesce(RequirementRow.title, CurriculumRow.title).label("title"),
            MatrixEntryRow.need,
            MatrixEntryRow.from_on,
            MatrixEntryRow.to_on,
        )
        .select_from(MatrixEntryRow)
        .outerjoin(JobRoleRow, JobRoleRow.id == MatrixEntryRow.job_role_id)
        .outerjoin(AudienceRow, AudienceRow.id == MatrixEntryRow.audience_id)
        .outerjoin(RequirementRow, RequirementRow.id == MatrixEntryRow.requirement_id)
        .outerjoin(CurriculumRow, CurriculumRow.id == MatrixEntryRow.curriculum_id)
        .where(*in_force(asked.today), *asked.conditions)
    )


REPORT = SelectReport(
    key="matrix",
    title=mark("Training matrix"),
    question=mark("What is asked of which job role, and since when?"),
    icon="grid-3x3",
    columns=(
        text("whom", mark("Job role or audience")),
        text("whom_code", mark("Code")),
        text("title", mark("Requirement or curriculum")),
        text("code", mark("Its code")),
        chip("need", mark("Asked for as"), _ASKED),
        day("from_on", mark("From")),
        day("to_on", mark("Up to")),
    ),
    filters=(
        ReportFilter(key="need", title=mark("Asked for as"), condition=_asks_as, choices=_ASKED),
    ),
    default_sort=Sort("whom"),
    searched=("whom", "whom_code", "code", "title"),
    ties=("code", "id"),
    select=_select,
    capability=Capability.VIEW_REPORTS,
    looks_back=True,
)
