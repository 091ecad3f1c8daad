"""Retraining that was ordered, why, and what came of it: what an investigation of a deviation asks for.

The reason begins with the number of the incident, deviation or CAPA where whoever ordered it gave one.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, text
from app.core.reports.filters import PEOPLE, REQUIREMENT
from app.core.reports.pairs import AnySelect, Condition, within
from app.core.training import is_overdue
from app.core.training.kinds import Outcome, Source
from app.core.training.models import AssignmentRow, RequirementRow

_ORDERED = (Source.RETRAINING, Source.EFFECTIVENESS, Source.RETURN, Source.MOVE)
_STATES = {
    "open": mark("Open"),
    "overdue": mark("Overdue"),
    "done": mark("Done"),
    "ended": mark("Ended"),
}


def _state(today: date) -> sa.Case[str]:
    is_closed, outcome = AssignmentRow.closed_at.is_not(None), AssignmentRow.outcome
    return sa.case(
        (
            sa.and_(is_closed, sa.func.coalesce(outcome, Outcome.COMPLETED) != Outcome.COMPLETED),
            "ended",
        ),
        (is_closed, "done"),
        (sa.and_(*is_overdue(today)), "overdue"),
        else_="open",
    )


def _is(_session: Session, value: str, today: date) -> Condition:
    return _state(today) == value


def _select(asked: Asked) -> AnySelect:
    state = _state(asked.today)
    return (
        sa.select(
            AssignmentRow.id,
            PersonListingRow.number,
            PersonListingRow.name,
            PersonListingRow.search_text.label("found_by"),
            PersonListingRow.org_unit.label("department"),
            RequirementRow.code,
            RequirementRow.title.label("requirement"),
            AssignmentRow.origin.label("because"),
            AssignmentRow.assigned_at.label("ordered"),
            AssignmentRow.due_on,
            state.label("state"),
            sa.case((state == "done", AssignmentRow.closed_at)).label("done_at"),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(PersonListingRow, PersonListingRow.person_id == AssignmentRow.person_id)
        .where(AssignmentRow.source.in_(_ORDERED), *within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="retraining",
    title=mark("Retraining that was ordered"),
    question=mark("Who had to learn what again, why, and have they?"),
    icon="repeat",
    columns=(
        text("because", mark("Why")),
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("code", mark("Code")),
        text("requirement", mark("Requirement")),
        moment("ordered", mark("Ordered")),
        day("due_on", mark("Due")),
        chip("state", mark("Status"), _STATES),
        moment("done_at", mark("Done on")),
    ),
    filters=(
        *PEOPLE,
        REQUIREMENT,
        ReportFilter(key="state", title=mark("Status"), condition=_is, choices=_STATES),
    ),
    default_sort=Sort("ordered", descending=True),
    searched=("found_by", "because", "code", "requirement"),
    ties=("number", "id"),
    select=_select,
)
