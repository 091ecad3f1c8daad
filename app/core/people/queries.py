"""Reading people: the list, which is cut and counted in SQL, and one person."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.errors import NotFound
from app.core.base.ids import parse_id
from app.core.base.paging import Page, PageRequest
from app.core.people.account_models import AccountRow
from app.core.people.holding import has_role
from app.core.people.models import (
    WITH_GATE_PASS,
    FurtherRoleRow,
    JobRoleRow,
    OrgUnitReachRow,
    OrgUnitRow,
    PersonListingRow,
    PersonRow,
    PlacementRow,
    Reads,
)
from app.core.people.naming_places import called, home_told
from app.core.people.other_names import former_numbers_in
from app.core.people.placing import ends_of
from app.core.people.rules import is_active, search_words, still_here
from app.core.people.sign_in_states import SignInStates
from app.core.people.types import (
    GATE_PASS_DAYS,
    AccountId,
    FurtherRole,
    GatePass,
    JobRoleId,
    OrgUnitId,
    PassState,
    PersonDetail,
    PersonId,
    PersonSummary,
    Placement,
    SignInState,
    gate_pass_that_counts,
)
from app.core.storage.columns import Day
from app.core.storage.folding import as_word

Condition = sa.ColumnElement[bool]
Scope = frozenset[UUID] | None

_SORTS: dict[str, tuple[str, ...]] = {
    "": ("number",),
    "number": ("number",),
    "name": ("name", "number"),
    "org_unit": ("org_unit", "name", "number"),
    "job_role": ("job_role", "name", "number"),
}
ACTIVE, LEFT = "yes", "no"
"""Values of the filter `active`."""


def page_of_people(
    session: Session, request: PageRequest, scope: Scope, now: datetime
) -> Page[PersonSummary]:
    """Return one stretch of the people within `scope`. Raises ValueError for an unknown sort."""
    today = now.astimezone().date()
    states = SignInStates(session, now)
    chosen = map(states.stands, request.values("sign_in"))
    stand = [sa.or_(*chosen)] if request.values("sign_in") else []
    conditions = [*_wanted(request, today), *stand, *_within(scope)]
    listed = sa.select(PersonListingRow).where(*conditions)
    counted = sa.select(sa.func.count()).select_from(PersonListingRow).where(*conditions)
    if search_words(
        request.text
    ):  # reading all names twice, to count and to cut, is what takes time
        found = listed.cte("found")
        listed = sa.select(aliased(PersonListingRow, found))
        counted = sa.select(sa.func.count()).select_from(found)
    rows = session.execute(_stretch(listed, counted, request, states)).all()
    total = rows[0].total if rows else session.scalar(counted)
    return Page(rows=tuple(_summary(*row[:-1], today) for row in rows), total=total or 0)


def _stretch(
    listed: sa.Select[PersonListingRow],
    counted: sa.Select[int],
    request: PageRequest,
    states: SignInStates,
) -> sa.Select[PersonListingRow, str, str, str, date | None, str, str, SignInState, int]:
    entity = listed.column_descriptions[0]["entity"]
    cut = listed.order_by(*_order(entity, request)).limit(request.limit).offset(request.offset)
    row = aliased(PersonListingRow, cut.subquery())
    return (
        sa.select(
            row,
            PersonRow.name_local,
            PersonRow.language,
            PersonRow.gate_pass,
            PersonRow.gate_pass_until,
            PersonRow.reads,
            home_told(),
            states.of_person(row.person_id),
            counted.scalar_subquery().label("total"),
        )
        .join(PersonRow, PersonRow.id == row.person_id)
        .order_by(*_order(row, request))
    )


def _summary(
    row: PersonListingRow,
    name_local: str,
    language: str,
    gate_pass: str,
    gate_pass_until: date | None,
    reads: str,
    site: str,
    sign_in: SignInState,
    today: date,
) -> PersonSummary:
    return PersonSummary(
        id=PersonId(row.person_id),
        number=row.number,
        name=row.name,
        name_local=name_local,
        org_unit=row.org_unit,
        job_role=row.job_role,
        kind=row.kind,
        language=language,
        active=is_active(row.left_on, today),
        sign_in=sign_in,
        gate_pass=gate_pass_that_counts(
            row.kind, GatePass(number=gate_pass, until=gate_pass_until)
        ),
        reads=Reads(reads),
        site=site,
    )


def _order(row: Any, request: PageRequest) -> list[sa.ColumnElement[Any]]:  # a class or its alias
    if request.sort not in _SORTS:
        raise ValueError(f"people are not sorted by {request.sort}")
    columns = [getattr(row, name) for name in _SORTS[request.sort]]
    return [column.desc() if request.descending else column.asc() for column in columns]


def _wanted(request: PageRequest, today: date) -> list[Condition]:
    words = [
        PersonListingRow.search_text.contains(word, autoescape=True)
        for word in search_words(request.text)
    ]
    chosen = (
        sa.or_(*(condition(value, today) for value in values))
        for key, condition in _FILTERS.items()
        if (values := request.values(key))
    )
    return [*words, *chosen]


def _is_below(value: str, _today: date) -> Condition:
    below = sa.select(OrgUnitReachRow.below_id).where(OrgUnitReachRow.above_id == parse_id(value))
    return PersonListingRow.org_unit_id.in_(below)


def _does(value: str, today: date) -> Condition:
    role_id = parse_id(value)
    return has_role(PersonListingRow, [] if role_id is None else [role_id], today)


def _is_kind(value: str, _today: date) -> Condition:
    return sa.type_coerce(PersonListingRow.kind, sa.String) == value


def _is_active(value: str, today: date) -> Condition:
    here = still_here(PersonListingRow.left_on, today)
    return here if value == ACTIVE else sa.not_(here)


def _has_pass(value: str, today: date) -> Condition:
    until, now = PersonRow.gate_pass_until, sa.literal(today, Day)
    soon = sa.literal(today + timedelta(days=GATE_PASS_DAYS), Day)
    ends = until < now if value == PassState.OVER else until.between(now, soon)
    found = sa.select(PersonRow.id).where(ends, PersonRow.kind.in_(WITH_GATE_PASS))
    return PersonListingRow.person_id.in_(found)


def _reads(value: str, _today: date) -> Condition:
    found = sa.select(PersonRow.id).where(PersonRow.reads == value)
    return PersonListingRow.person_id.in_(found)


def _is_in_shift(value: str, _today: date) -> Condition:
    return PersonListingRow.shift_word == as_word(value)


def _is_of_site(value: str, _today: date) -> Condition:
    found = sa.select(PersonRow.id).where(PersonRow.home_site_id == parse_id(value))
    return PersonListingRow.person_id.in_(found)


_FILTERS: dict[str, Callable[[str, date], Condition]] = {
    "org_unit": _is_below,
    "job_role": _does,
    "kind": _is_kind,
    "active": _is_active,
    "gate_pass": _has_pass,
    "reads": _reads,
    "shift": _is_in_shift,
    "site": _is_of_site,
}


def _within(scope: Scope) -> Iterable[Condition]:
    return () if scope is None else (PersonListingRow.org_unit_id.in_(scope),)


def place_of(session: Session, person_id: UUID) -> UUID | None:
    """Return the org unit a person belongs to, or belonged to on leaving. Raises NotFound."""
    listed = PersonListingRow.person_id == person_id
    found = session.scalars(sa.select(PersonListingRow.org_unit_id).where(listed)).all()
    if not found:
        raise NotFound(str(person_id))
    return found[0]


def person_detail(session: Session, person_id: UUID, today: date) -> PersonDetail:
    """Return everything about one person. Raises NotFound."""
    person = session.get(PersonRow, person_id)
    if person is None:
        raise NotFound(str(person_id))
    account = session.scalar(sa.select(AccountRow.id).where(AccountRow.person_id == person_id))
    return PersonDetail(
        id=PersonId(person.id),
        number=person.number,
        name=person.name,
        name_local=person.name_local,
        kind=person.kind,
        language=person.language,
        email=person.email,
        location=person.location,
        shift=person.shift,
        agency=person.agency,
        gate_pass=GatePass(number=person.gate_pass, until=person.gate_pass_until),
        reads=Reads(person.reads),
        joined_on=person.joined_on,
        left_on=person.left_on,
        active=is_active(person.left_on, today),
        placements=_placements(session, person_id),
        account_id=None if account is None else AccountId(account),
        former_numbers=former_numbers_in(person.former_numbers),
        further_roles=further_roles(session, person_id),
    )


def _placements(session: Session, person_id: UUID) -> tuple[Placement, ...]:
    manager = aliased(PersonRow)
    statement = (
        sa.select(PlacementRow, called(OrgUnitRow), called(JobRoleRow), manager.name)
        .join(OrgUnitRow, OrgUnitRow.id == PlacementRow.org_unit_id)
        .outerjoin(JobRoleRow, JobRoleRow.id == PlacementRow.job_role_id)
        .outerjoin(manager, manager.id == PlacementRow.manager_id)
        .where(PlacementRow.person_id == person_id)
        .order_by(PlacementRow.from_on.desc(), PlacementRow.id.desc())
    )
    found = session.execute(statement).all()
    ends = ends_of([row for row, *_names in found])
    return tuple(
        Placement(
            org_unit_id=OrgUnitId(row.org_unit_id),
            org_unit=unit,
            job_role_id=None if row.job_role_id is None else JobRoleId(row.job_role_id),
            job_role=title or "",
            manager_id=None if row.manager_id is None else PersonId(row.manager_id),
            manager=name or "",
            from_on=row.from_on,
            to_on=ends[row.id],
        )
        for row, unit, title, name in found
    )


def further_roles(session: Session, person_id: UUID) -> tuple[FurtherRole, ...]:
    """Return what somebody does or did beside their job role, newest first; each once.

    Without those that were ended on the day on which they began.
    """
    row = FurtherRoleRow
    statement = (
        sa.select(row.job_role_id, called(JobRoleRow), row.from_on, row.to_on)
        .join(JobRoleRow, JobRoleRow.id == row.job_role_id)
        .where(row.person_id == person_id, sa.or_(row.to_on.is_(None), row.to_on > row.from_on))
        .order_by(row.from_on.desc(), row.id.desc())
    )
    found = (
        FurtherRole(job_role_id=JobRoleId(role_id), job_role=title, from_on=from_on, to_on=to_on)
        for role_id, title, from_on, to_on in session.execute(statement)
    )
    return tuple(dict.fromkeys(found))
