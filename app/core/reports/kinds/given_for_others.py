"""Who let whom give training for them, where and how long, and how much was given (Annex 11, 12)."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people import called
from app.core.people.account_models import AccountRow, DelegationRow
from app.core.people.models import OrgUnitRow, PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, day, moment, number, text
from app.core.reports.filters import DEPARTMENT
from app.core.reports.pairs import AnySelect, Condition, within
from app.core.storage.columns import Day
from app.core.training.models import AssignmentRow

_STATES = {
    "to_come": mark("To come"),
    "lasting": mark("Lasting"),
    "over": mark("Over"),
    "ended": mark("Ended"),
}


def _state(today: date) -> sa.Case[str]:
    now = sa.literal(today, Day)
    return sa.case(
        (DelegationRow.ended_at.is_not(None), "ended"),
        (DelegationRow.until_on < now, "over"),
        (DelegationRow.from_on > now, "to_come"),
        else_="lasting",
    )


def _stands(_session: Session, value: str, today: date) -> Condition:
    return _state(today) == value


def _given() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.count())
        .select_from(AssignmentRow)
        .where(AssignmentRow.delegation_id == DelegationRow.id)
        .correlate(DelegationRow)
        .scalar_subquery()
    )


def _select(asked: Asked) -> AnySelect:
    giver, of_giver = aliased(PersonListingRow), aliased(AccountRow)
    return (
        sa.select(
            DelegationRow.id,
            PersonListingRow.number,
            sa.func.coalesce(PersonListingRow.name, AccountRow.name).label("name"),
            sa.func.coalesce(giver.number, of_giver.login).label("giver_number"),
            sa.func.coalesce(giver.name, of_giver.name).label("giver"),
            sa.func.coalesce(called(OrgUnitRow), "").label("place"),
            DelegationRow.from_on,
            DelegationRow.until_on,
            DelegationRow.ended_at,
            _state(asked.today).label("state"),
            _given().label("given"),
        )
        .select_from(DelegationRow)
        .join(AccountRow, AccountRow.id == DelegationRow.account_id)
        .join(of_giver, of_giver.id == DelegationRow.giver_id)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .outerjoin(giver, giver.person_id == of_giver.person_id)
        .outerjoin(OrgUnitRow, OrgUnitRow.id == DelegationRow.org_unit_id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="given-for-others",
    title=mark("Training given for somebody else"),
    question=mark("Who let whom give training for them, how long, and how much was given?"),
    icon="handshake",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("giver_number", mark("Number of whom")),
        text("giver", mark("For whom")),
        text("place", mark("Department")),
        day("from_on", mark("From")),
        day("until_on", mark("Last day")),
        moment("ended_at", mark("Ended")),
        chip("state", mark("Status"), _STATES),
        number("given", mark("Assignments given")),
    ),
    filters=(
        DEPARTMENT,
        ReportFilter(key="state", title=mark("Status"), condition=_stands, choices=_STATES),
    ),
    default_sort=Sort("from_on", descending=True),
    searched=("number", "name", "giver_number", "giver"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
