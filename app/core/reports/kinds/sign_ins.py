"""Who came to the door, when, and whether they were let in; auditors among them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.models import (
    AccountRow,
    PersonListingRow,
    RoleGrantRow,
    SignInEvent,
    SignInRow,
)
from app.core.people.roles import RoleName
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, moment, text
from app.core.reports.filters import since, until
from app.core.reports.pairs import AnySelect, Condition, within

EVENTS = {
    SignInEvent.IN.value: mark("Signed in"),
    SignInEvent.OUT.value: mark("Signed out"),
    SignInEvent.CONFIRMED.value: mark("Confirmed who they are"),
    SignInEvent.REFUSED.value: mark("Refused"),
    SignInEvent.LOCKED.value: mark("Locked"),
    SignInEvent.UNLOCKED.value: mark("Unlocked"),
}
ROLES = {one.value: one.value for one in RoleName}


def _is(_session: Session, value: str, _today: date) -> Condition:
    return SignInRow.event == SignInEvent(value)


def _has_role(_session: Session, value: str, _today: date) -> Condition:
    granted = sa.select(RoleGrantRow.account_id).where(RoleGrantRow.role == value)
    return SignInRow.account_id.in_(granted)


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            SignInRow.id,
            SignInRow.at,
            sa.type_coerce(SignInRow.event, sa.String).label("event"),
            SignInRow.method,
            AccountRow.login,
            PersonListingRow.number,
            sa.func.coalesce(PersonListingRow.name, AccountRow.name).label("name"),
            PersonListingRow.org_unit.label("department"),
        )
        .select_from(SignInRow)
        .outerjoin(AccountRow, AccountRow.id == SignInRow.account_id)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="sign-ins",
    title=mark("Sign-ins"),
    columns=(
        moment("at", mark("When")),
        chip("event", mark("What"), EVENTS),
        text("login", mark("Login")),
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        text("method", mark("How")),
    ),
    filters=(
        ReportFilter(key="event", title=mark("What"), condition=_is, choices=EVENTS),
        ReportFilter(key="role", title=mark("Role"), condition=_has_role, choices=ROLES),
        since(SignInRow.at),
        until(SignInRow.at),
    ),
    default_sort=Sort("at", descending=True),
    searched=("login", "number", "name"),
    ties=("id",),
    select=_select,
)
