"""Who may sign: key, check of who they are, and the statement that binds them (21 CFR 11.10(j), 11.100)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.base.paging import Sort
from app.core.base.words import mark
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonListingRow
from app.core.reports.asking import Asked, ReportFilter, SelectReport
from app.core.reports.columns import chip, moment, number, text
from app.core.reports.pairs import AnySelect, Condition, is_here, within
from app.core.signatures.models import (
    AccountabilityRow,
    SignatureRow,
    SignerCheckRow,
    SigningKeyEndRow,
    SigningKeyRow,
)

_YES, _NO = "yes", "no"
_ALONE = "alone"
_ANSWERS = {_YES: mark("Yes"), _NO: mark("No")}
_CHECKS = {**_ANSWERS, _ALONE: mark("Only by who gave the password")}

_ACCEPTED = (
    sa.select(sa.func.min(AccountabilityRow.at))
    .where(AccountabilityRow.account_id == AccountRow.id)
    .scalar_subquery()
)
_ALIVE = sa.and_(
    SigningKeyRow.account_id == AccountRow.id,
    SigningKeyRow.id.not_in(sa.select(SigningKeyEndRow.key_id)),
)
_KEY = sa.select(sa.func.max(SigningKeyRow.made_at)).where(_ALIVE).scalar_subquery()
_CHECK = (
    sa.select(SignerCheckRow.id)
    .join(SigningKeyRow, SigningKeyRow.id == SignerCheckRow.key_id)
    .where(_ALIVE)
)
_BY_ANOTHER = sa.or_(SignerCheckRow.was_alone.is_(False), SignerCheckRow.by.is_(None))
_CHECKED = sa.case((_CHECK.where(_BY_ANOTHER).exists(), _YES), (_CHECK.exists(), _ALONE), else_=_NO)
_COUNT = (
    sa.select(sa.func.count())
    .select_from(SignatureRow)
    .where(SignatureRow.account_id == AccountRow.id)
    .scalar_subquery()
)


def _answers(condition: Condition) -> sa.Case[str]:
    return sa.case((condition, _YES), else_=_NO)


def _has_accepted(_session: Session, value: str, _today: date) -> Condition:
    return _answers(_ACCEPTED.is_not(None)) == value


def _has_key(_session: Session, value: str, _today: date) -> Condition:
    return _answers(_KEY.is_not(None)) == value


def _select(asked: Asked) -> AnySelect:
    return (
        sa.select(
            AccountRow.id,
            sa.func.coalesce(PersonListingRow.name, AccountRow.name).label("name"),
            sa.func.coalesce(PersonListingRow.number, AccountRow.login).label("number"),
            PersonListingRow.org_unit.label("department"),
            _answers(_ACCEPTED.is_not(None)).label("accepted"),
            _ACCEPTED.label("accepted_at"),
            _KEY.label("key_made_at"),
            _CHECKED.label("checked"),
            _COUNT.label("signatures"),
        )
        .select_from(AccountRow)
        .outerjoin(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .where(
            AccountRow.disabled_at.is_(None),
            is_here(asked.today),
            *within(asked.scope),
            *asked.conditions,
        )
    )


REPORT = SelectReport(
    key="signers",
    title=mark("Who may sign"),
    question=mark("Who can sign, and what is still missing for the others?"),
    icon="user-check",
    columns=(
        text("name", mark("Name")),
        text("number", mark("Number")),
        text("department", mark("Department")),
        chip("accepted", mark("Statement signed"), _ANSWERS),
        moment("accepted_at", mark("Signed")),
        moment("key_made_at", mark("Signing key since")),
        chip("checked", mark("Identity checked"), _CHECKS),
        number("signatures", mark("Signatures")),
    ),
    filters=(
        ReportFilter(
            key="accepted",
            title=mark("Statement signed"),
            condition=_has_accepted,
            choices=_ANSWERS,
        ),
        ReportFilter(key="key", title=mark("Signing key"), condition=_has_key, choices=_ANSWERS),
    ),
    default_sort=Sort("name"),
    searched=("name", "number"),
    ties=("id",),
    select=_select,
    capability=Capability.VIEW_JOURNAL,
)
