"""Who came to the door, when, and whether they were let in; auditors among them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people import LEARNER_MODE
from app.core.people.account_models import AccountRow, RoleGrantRow, SignInEvent, SignInRow
from app.core.people.models import PersonListingRow
from app.core.people.roles import ROLES
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import ReportColumn, chip, moment, text
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
ROLE_CHOICES = {one.name.value: one.title for one in ROLES}
_METHODS = {
    "number+pin": mark("Number and PIN"),
    "number+password": mark("Number and password"),
    "badge+pin": mark("Badge and PIN"),
    "badge+password": mark("Badge and password"),
    "login+pin": mark("Login and PIN"),
    "login+password": mark("Login and password"),
    "unknown+pin": mark("PIN of nobody here"),
    "unknown+password": mark("Password of nobody here"),
}
_IN_LEARNER_MODE = {
    "number+pin": mark("Number and PIN, at a PC that is not enrolled"),
    "number+password": mark("Number and password, at a PC that is not enrolled"),
    "badge+pin": mark("Badge and PIN, at a PC that is not enrolled"),
    "badge+password": mark("Badge and password, at a PC that is not enrolled"),
    "login+pin": mark("Login and PIN, at a PC that is not enrolled"),
    "login+password": mark("Login and password, at a PC that is not enrolled"),
}
METHODS = {
    **_METHODS,
    **{f"{key}+{LEARNER_MODE}": words for key, words in _IN_LEARNER_MODE.items()},
}


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
    question=mark("Who signed in when, and who was refused?"),
    icon="log-in",
    columns=(
        moment("at", mark("When")),
        chip("event", mark("What"), EVENTS),
        text("login", mark("Login")),
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("department", mark("Department")),
        ReportColumn(key="method", title=mark("How"), words=METHODS),
    ),
    filters=(
        ReportFilter(key="event", title=mark("What"), condition=_is, choices=EVENTS),
        ReportFilter(key="role", title=mark("Role"), condition=_has_role, choices=ROLE_CHOICES),
        since(SignInRow.at),
        until(SignInRow.at),
    ),
    default_sort=Sort("at", descending=True),
    searched=("login", "number", "name"),
    ties=("id",),
    select=_select,
)
