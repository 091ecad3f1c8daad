"""Reading people: the list, one person, the tree, job roles. Lists are cut and counted in SQL."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.errors import NotFound
from app.core.base.ids import parse_id
from app.core.base.paging import Page, PageRequest
from app.core.keys import sites_on_record
from app.core.people.account_models import AccountRow
from app.core.people.holding import has_role, is_held
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
from app.core.people.naming_places import called, coded, home_told, site_told
from app.core.people.other_names import former_numbers_in
from app.core.people.placing import ends_of
from app.core.people.rules import is_active, search_words, still_here
from app.core.people.sign_in_states import SignInStates
from app.core.people.types import (
    GATE_PASS_DAYS,
    AccountId,
    FurtherRole,
    GatePass,
    HomeSite,
    JobRole,
    JobRoleId,
    OrgUnit,
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
from app.core.storage.folding import Folded, fold, says

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
    found = sa.select(PersonRow.id).where(Folded(PersonRow.shift) == fold(value))
    return PersonListingRow.person_id.in_(found)


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


def home_sites(session: Session) -> tuple[HomeSite, ...]:
    """Return the sites that have people here, by name; none where there is only one."""
    site = sites_on_record()
    found = [
        HomeSite(id=row.id, code=row.code, name=row.name)
        for row in session.execute(sa.select(site).order_by(site.c.name, site.c.id))
    ]
    return tuple(found) if len(found) > 1 else ()


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


def org_unit_tree(
    session: Session, scope: Scope, today: date, text: str = ""
) -> tuple[OrgUnit, ...]:
    """Return the units within `scope` that `text` finds, each under its parent, siblings by name.

    Units in a loop, which two sites can make together, come last, so that they can be moved.
    """
    told = session.execute(
        sa.select(OrgUnitRow, coded(OrgUnitRow), site_told(OrgUnitRow)).order_by(OrgUnitRow.name)
    ).all()
    rows = [row for row, _code, _site in told]
    codes = {row.id: code for row, code, _site in told}
    sites = {row.id: site for row, _code, site in told}
    names = {row.id: row.name for row in rows}
    here = _head_count(session, PersonListingRow.org_unit_id, today)
    within = _with_all_below(session, here)
    named = sa.select(OrgUnitRow.id).where(*says(text, OrgUnitRow.code, OrgUnitRow.name))
    found = set(session.scalars(named)) if text else set(names)
    return tuple(
        OrgUnit(
            id=OrgUnitId(row.id),
            code=codes[row.id],
            name=row.name,
            site=sites[row.id],
            parent_id=None if row.parent_id is None else OrgUnitId(row.parent_id),
            parent="" if row.parent_id is None else names[row.parent_id],
            depth=depth,
            people=here.get(row.id, 0),
            people_within=within.get(row.id, 0),
        )
        for row, depth in _each_under_its_parent(rows)
        if row.id in found and (scope is None or row.id in scope)
    )


def _each_under_its_parent(rows: Iterable[OrgUnitRow]) -> Iterable[tuple[OrgUnitRow, int]]:
    below: dict[UUID | None, list[OrgUnitRow]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    waiting = [(row, 0) for row in reversed(below.pop(None, []))]
    while waiting:
        row, depth = waiting.pop()
        waiting.extend((child, depth + 1) for child in reversed(below.pop(row.id, [])))
        yield row, depth
    for looped in below.values():
        yield from ((row, 0) for row in looped)


def job_roles(session: Session, today: date, text: str = "") -> tuple[JobRole, ...]:
    """Return every job role that `text` finds by title."""
    people = _who_does(session, today)
    named = sa.select(JobRoleRow, coded(JobRoleRow), site_told(JobRoleRow)).where(
        *says(text, JobRoleRow.code, JobRoleRow.title)
    )
    return tuple(
        JobRole(
            id=JobRoleId(row.id),
            code=code,
            title=row.title,
            site=site,
            people=people.get(row.id, 0),
        )
        for row, code, site in session.execute(named.order_by(JobRoleRow.title))
    )


def _who_does(session: Session, today: date) -> dict[UUID, int]:
    """Return for each job role how many people who are here have it, mainly or beside another."""
    listing, row = PersonListingRow, FurtherRoleRow
    beside = (
        sa.select(row.job_role_id, sa.func.count(row.person_id.distinct()))
        .join(listing, listing.person_id == row.person_id)
        .where(
            is_held(row, today),
            _is_active(ACTIVE, today),
            listing.job_role_id.is_distinct_from(row.job_role_id),
        )
        .group_by(row.job_role_id)
    )
    people = _head_count(session, listing.job_role_id, today)
    for role_id, count in session.execute(beside):
        people[role_id] = people.get(role_id, 0) + count
    return people


def _with_all_below(session: Session, here: dict[UUID, int]) -> dict[UUID, int]:
    """Return for each unit how many people it has with all below, from how many each has itself."""
    within: dict[UUID, int] = {}
    reach = sa.select(OrgUnitReachRow.above_id, OrgUnitReachRow.below_id)
    for above_id, below_id in session.execute(reach):
        within[above_id] = within.get(above_id, 0) + here.get(below_id, 0)
    return within


def _head_count(session: Session, column: Any, today: date) -> dict[UUID, int]:
    counted = sa.select(column, sa.func.count()).where(_is_active(ACTIVE, today)).group_by(column)
    return {key: count for key, count in session.execute(counted) if key is not None}
