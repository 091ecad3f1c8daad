"""The grid of people by requirements: where everybody stands, a page at a time, one letter a cell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest
from app.core.journal import Site
from app.core.storage.columns import Day
from app.core.training.assignments.queries import standing_of
from app.core.training.assignments.states import State
from app.core.training.assignments.types import AssignmentSummary
from app.core.training.enrolment.matching import At
from app.core.training.in_force import in_force
from app.core.training.matrix.asking import Asking, wanted
from app.core.training.matrix.finding import audiences_of
from app.core.training.matrix.grid import GridColumn
from app.core.training.matrix.kinds import Need
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours

MOST_COLUMNS = 300
Scope = frozenset[UUID] | None


class Mark(StrEnum):
    """Where somebody stands with one requirement; the value is the letter that screen and paper show."""

    QUALIFIED = "Q"
    DUE_SOON = "D"
    OVERDUE = "O"
    LAPSED = "L"
    ASSIGNED = "A"
    WAITING = "P"
    """Evidence waits for somebody else to confirm it."""
    BLOCKED = "B"
    WAIVED = "W"
    AWAY = "H"
    RECOMMENDED = "R"
    NOT_YET = "N"
    """The matrix asks for it, and it is not assigned yet."""
    NOT_ASKED = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """A cell of somebody's: its mark, and the assignment that tells more, if there is one."""

    mark: Mark
    assignment_id: UUID | None = None
    due_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A row: somebody, and where they stand with each requirement that concerns them."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    job_role: str
    cells: dict[UUID, Standpoint]
    """By requirement; one that is not here is not asked for."""

    def at(self, requirement_id: UUID) -> Standpoint:
        """Return where they stand with a requirement."""
        return self.cells.get(requirement_id) or Standpoint(mark=Mark.NOT_ASKED)


class PeopleGrid:
    """Reads the grid. Who may: holders of ASSIGN, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def columns(self, actor: Actor, request: PageRequest) -> tuple[GridColumn, ...]:
        """Return the requirements that concern the people of a request, by code; at most 300.

        Filters: org_unit, role, person (ids), shift (words); searched in the people's numbers and names.
        """
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            people = _listed(request, scope, self._today()).subquery()
            assigned = sa.select(AssignmentRow.requirement_id).where(
                *in_force(), AssignmentRow.person_id.in_(sa.select(people.c.person_id))
            )
            asked = _asked_of(session, self._at(), Need.MANDATORY)
            advised = _asked_of(session, self._at(), Need.RECOMMENDED)
            concerned = [
                sa.select(one.c.requirement_id).where(
                    one.c.person_id.in_(sa.select(people.c.person_id))
                )
                for one in (asked, advised)
            ]
            rows = session.execute(
                sa.select(
                    RequirementRow.id,
                    RequirementRow.code,
                    RequirementRow.title,
                    RequirementRow.retired_on,
                )
                .where(sa.or_(*(RequirementRow.id.in_(one) for one in (assigned, *concerned))))
                .order_by(RequirementRow.code, RequirementRow.id)
                .limit(MOST_COLUMNS)
            )
            return tuple(
                GridColumn(
                    id=row.id,
                    code=row.code,
                    title=row.title,
                    is_retired=row.retired_on is not None and row.retired_on <= self._today(),
                )
                for row in rows
            )

    def page(self, actor: Actor, request: PageRequest) -> Page[PersonLine]:
        """Return one stretch of the grid; see `columns`. Sorts: number, name, org_unit, job_role."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            listed = _listed(request, scope, self._today())
            total = session.scalar(sa.select(sa.func.count()).select_from(listed.subquery())) or 0
            rows = session.execute(
                listed.order_by(*_order(request)).limit(request.limit).offset(request.offset)
            ).all()
            cells = _cells(session, self._at([row.person_id for row in rows]))
            return Page(
                rows=tuple(
                    PersonLine(
                        person_id=row.person_id,
                        number=row.number,
                        name=row.name,
                        org_unit=row.org_unit,
                        job_role=row.job_role,
                        cells=cells.get(row.person_id, {}),
                    )
                    for row in rows
                ),
                total=total,
            )

    def shifts(self, actor: Actor) -> tuple[str, ...]:
        """Return the shifts that people of this site work."""
        actor.require_anywhere(Capability.ASSIGN)
        shift = neighbours().person.shift
        with self._site.read() as session:
            return tuple(
                session.scalars(sa.select(shift).where(shift != "").distinct().order_by(shift))
            )

    def _at(self, people: Collection[UUID] | None = None) -> At:
        return At(today=self._today(), site_id=self._site.site_id, people=people)

    def _today(self) -> date:
        return local_day(self._site.clock)


def mark_of(one: AssignmentSummary, today: date) -> Mark:
    """Return the mark of an assignment: what is urgent first, then what is held."""
    stands = one.stands
    was_held = one.valid_until is not None and one.valid_until < today
    if stands.is_lapsed or (stands.is_overdue and was_held):
        return Mark.LAPSED
    if stands.is_overdue:
        return Mark.OVERDUE
    if stands.is_due_soon:
        return Mark.DUE_SOON
    by_state = {
        State.WAIVED: Mark.WAIVED,
        State.COMPLETED: Mark.QUALIFIED,
        State.PAUSED: Mark.AWAY,
        State.PENDING_EVIDENCE: Mark.WAITING,
        State.BLOCKED: Mark.BLOCKED,
    }
    if one.is_held:
        return by_state.get(stands.state, Mark.QUALIFIED)
    return by_state.get(stands.state, Mark.ASSIGNED)


def _cells(session: Session, at: At) -> dict[UUID, dict[UUID, Standpoint]]:
    """Return by person and requirement where people stand."""
    people = list(at.people or ())
    found: dict[UUID, dict[UUID, Standpoint]] = {one: {} for one in people}
    if not people:
        return found
    for need, mark in ((Need.RECOMMENDED, Mark.RECOMMENDED), (Need.MANDATORY, Mark.NOT_YET)):
        asked = _asked_of(session, at, need)
        for person_id, requirement_id in session.execute(
            sa.select(asked.c.person_id, asked.c.requirement_id)
        ):
            found[person_id][requirement_id] = Standpoint(mark=mark)
    for one in standing_of(session, people, at.today):
        found[one.person_id][one.requirement_id] = Standpoint(
            mark=mark_of(one, at.today),
            assignment_id=one.id,
            due_on=one.due_on,
            valid_until=one.valid_until,
        )
    return found


def _asked_of(session: Session, at: At, need: Need) -> sa.CTE:
    audiences = audiences_of(session, at.site_id, at.today)
    return wanted(Asking(at=at, audiences=audiences), with_retired=False, need=need)


def _listed(request: PageRequest, scope: Scope, today: date) -> Any:  # a select, to be cut
    person, listing, reach = neighbours().person, neighbours().listing, neighbours().reach
    found = (
        sa.select(
            listing.person_id,
            listing.number,
            listing.name,
            listing.org_unit,
            listing.job_role,
        )
        .join(person, person.id == listing.person_id)
        .where(sa.or_(listing.left_on.is_(None), listing.left_on > sa.literal(today, Day)))
    )
    if scope is not None:
        found = found.where(listing.org_unit_id.in_(scope))
    if wanted_units := _ids(request, "org_unit"):
        below = sa.select(reach.below_id).where(reach.above_id.in_(wanted_units))
        found = found.where(listing.org_unit_id.in_(below))
    if wanted_roles := _ids(request, "role"):
        found = found.where(listing.job_role_id.in_(wanted_roles))
    if wanted_people := _ids(request, "person"):
        found = found.where(listing.person_id.in_(wanted_people))
    if shifts := request.values("shift"):
        found = found.where(person.shift.in_(shifts))
    for word in request.text.casefold().split():
        found = found.where(listing.search_text.contains(word, autoescape=True))
    return found


def _order(request: PageRequest) -> list[Any]:  # columns, up or down
    listing = neighbours().listing
    columns = {
        "name": listing.name, "org_unit": listing.org_unit, "job_role": listing.job_role,
    }  # fmt: skip
    column = columns.get(request.sort, listing.number)
    return [column.desc() if request.descending else column.asc(), listing.number]


def _ids(request: PageRequest, key: str) -> list[UUID]:
    return [UUID(value) for value in request.values(key)]
