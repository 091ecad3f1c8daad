"""Training that people chose themselves from the catalogue, and what came of it: nobody asked it of them."""

import sqlalchemy as sa

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, SelectReport
from app.core.reports.columns import chip, moment, text
from app.core.reports.filters import PEOPLE, REQUIREMENT
from app.core.reports.pairs import AnySelect, within
from app.core.training import is_begun, was_asked
from app.core.training.kinds import Outcome
from app.core.training.models import AssignmentRow, RequirementRow

_STATES = {
    "open": mark("Not started"),
    "begun": mark("In progress"),
    "done": mark("Done"),
    "superseded": mark("Asked of them since"),
    "ended": mark("Ended"),
}


def _state() -> sa.Case[str]:
    is_closed, outcome = AssignmentRow.closed_at.is_not(None), AssignmentRow.outcome
    return sa.case(
        (sa.and_(is_closed, outcome == Outcome.SUPERSEDED), "superseded"),
        (sa.and_(is_closed, outcome == Outcome.CANCELLED), "ended"),
        (is_closed, "done"),
        (is_begun(), "begun"),
        else_="open",
    )


def _select(asked: Asked) -> AnySelect:
    state = _state()
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
            AssignmentRow.assigned_at.label("chosen_at"),
            state.label("state"),
            sa.case((state == "done", AssignmentRow.closed_at)).label("done_at"),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(PersonListingRow, PersonListingRow.person_id == AssignmentRow.person_id)
        .where(~was_asked(AssignmentRow), *within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="chosen",
    title=mark("Training that people chose"),
    question=mark("Who took what from the catalogue, and have they done it?"),
    icon="library",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("code", mark("Code")),
        text("requirement", mark("Requirement")),
        moment("chosen_at", mark("Chosen on")),
        text("because", mark("Why")),
        chip("state", mark("Status"), _STATES),
        moment("done_at", mark("Done on")),
    ),
    filters=(*PEOPLE, REQUIREMENT),
    default_sort=Sort("chosen_at", descending=True),
    searched=("found_by", "code", "requirement", "because"),
    ties=("number", "id"),
    select=_select,
)
