"""Who was given which role, where, when and by whom; when it was taken away, and when it was last used (Annex 11, 12)."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Capability, system_actor
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.journal import shown_in_sql
from app.core.journal.models import EntryRow, MentionRow
from app.core.people import called
from app.core.people.account_models import AccountRow, RoleGrantRow, SignInEvent, SignInRow
from app.core.people.models import OrgUnitRow, PersonListingRow, PersonRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, moment, text
from app.core.reports.filters import DEPARTMENT, since, until
from app.core.reports.kinds.sign_ins import ROLE_CHOICES
from app.core.reports.pairs import AnySelect, Condition, within
from app.core.storage.columns import Day

_STATES = {
    "held": mark("Held"),
    "taken": mark("Taken away"),
    "closed": mark("Account closed"),
}
_PROGRAM = system_actor().name


def _who(*, last: bool) -> sa.ScalarSelect[Any]:
    """Return who wrote the first entry of the journal about a grant, or the last."""
    by, person = aliased(AccountRow), aliased(PersonRow)
    order = EntryRow.stamp.desc() if last else EntryRow.stamp.asc()
    return (
        sa.select(sa.func.coalesce(person.name, sa.func.nullif(by.name, ""), by.login, _PROGRAM))
        .select_from(MentionRow)
        .join(EntryRow, EntryRow.place == MentionRow.place)
        .outerjoin(by, by.id == shown_in_sql(AccountRow, EntryRow.actor))
        .outerjoin(person, person.id == by.person_id)
        .where(MentionRow.key == RoleGrantRow.id)
        .order_by(order)
        .limit(1)
        .correlate(RoleGrantRow)
        .scalar_subquery()
    )


def _last_used() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.max(SignInRow.at))
        .where(SignInRow.account_id == AccountRow.id, SignInRow.event == SignInEvent.IN)
        .correlate(AccountRow)
        .scalar_subquery()
    )


def _state(today: date) -> sa.Case[str]:
    is_closed = sa.or_(
        AccountRow.disabled_at.is_not(None), PersonListingRow.left_on <= sa.literal(today, Day)
    )
    return sa.case(
        (RoleGrantRow.revoked_at.is_not(None), "taken"), (is_closed, "closed"), else_="held"
    )


def _stands(_session: Session, value: str, today: date) -> Condition:
    return _state(today) == value


def _is_role(_session: Session, value: str, _today: date) -> Condition:
    return RoleGrantRow.role == value


def _select(asked: Asked) -> AnySelect:
    was_taken = RoleGrantRow.revoked_at.is_not(None)
    return (
        sa.select(
            RoleGrantRow.id,
            PersonListingRow.number,
            sa.func.coalesce(PersonListingRow.name, AccountRow.name).label("name"),
            AccountRow.login,
            RoleGrantRow.role,
            sa.func.coalesce(called(OrgUnitRow), "").label("place"),
            RoleGrantRow.granted_at,
            _who(last=False).label("granted_by"),
            RoleGrantRow.revoked_at,
            sa.case((was_taken, _who(last=True)), else_="").label("revoked_by"),
            _state(asked.today).label("state"),
            _last_used().label("last_used"),
        )
        .select_from(RoleGrantRow)
        .join(AccountRow, AccountRow.id == RoleGrantRow.account_id)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .outerjoin(OrgUnitRow, OrgUnitRow.id == RoleGrantRow.org_unit_id)
        .where(*within(asked.scope), *asked.conditions)
    )


REPORT = SelectReport(
    key="access",
    title=mark("Access given and taken away"),
    question=mark("Who was given which role, who took it away, and when was it last used?"),
    icon="key-round",
    columns=(
        text("number", mark("Number")),
        text("name", mark("Name")),
        text("login", mark("Login")),
        chip("role", mark("Role"), ROLE_CHOICES),
        text("place", mark("Department")),
        moment("granted_at", mark("Given")),
        text("granted_by", mark("Given by")),
        moment("revoked_at", mark("Taken away")),
        text("revoked_by", mark("Taken away by")),
        chip("state", mark("Status"), _STATES),
        moment("last_used", mark("Last sign-in")),
    ),
    filters=(
        DEPARTMENT,
        ReportFilter(key="role", title=mark("Role"), condition=_is_role, choices=ROLE_CHOICES),
        ReportFilter(key="state", title=mark("Status"), condition=_stands, choices=_STATES),
        since(RoleGrantRow.granted_at),
        until(RoleGrantRow.granted_at),
    ),
    default_sort=Sort("granted_at", descending=True),
    searched=("number", "name", "login"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
