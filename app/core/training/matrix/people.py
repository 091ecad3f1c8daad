"""The grid of people by requirements: where everybody stands, a page at a time, one letter a cell."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day as day_in_words
from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.egress import Document
from app.core.journal import Site
from app.core.keys import sites_on_record
from app.core.people import has_role, spelt_once, still_here
from app.core.people.shifts import word_of
from app.core.storage.columns import Day
from app.core.storage.past import Then, then_of
from app.core.training.assignments.queries import standing_of
from app.core.training.due_then import has_untold_moves
from app.core.training.due_words import not_come_yet
from app.core.training.enrolment.matching import At
from app.core.training.errors import TrainingRefused
from app.core.training.in_force import in_force
from app.core.training.kinds import Source
from app.core.training.matrix.asking import Asking, entries, holders, things, wanted
from app.core.training.matrix.finding import audiences_of
from app.core.training.matrix.grid import GridColumn
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.paper import people_paper
from app.core.training.matrix.standing import PersonLine, StandingMark, Standpoint, mark_of
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours

MOST_COLUMNS = 300
MOST_ON_PAPER = 2_000
Scope = frozenset[UUID] | None


def _concerning(people: sa.Select[UUID], asking: Asking) -> sa.Select[*tuple[Any, ...]]:
    """Select the requirements that are asked of some people or assigned to them, the first by code."""
    is_assigned = sa.exists().where(
        AssignmentRow.requirement_id == RequirementRow.id,
        *in_force(),
        AssignmentRow.person_id.in_(people),
    )
    return (
        sa.select(
            RequirementRow.id,
            RequirementRow.code,
            RequirementRow.title,
            RequirementRow.retired_on,
        )
        .where(sa.or_(RequirementRow.id.in_(_asked_for(asking, people)), is_assigned))
        .order_by(RequirementRow.code, RequirementRow.id)
        .limit(MOST_COLUMNS)
    )


class PeopleGrid:
    """Reads the grid. Who may: holders of ASSIGN, in their scope.

    With `on` or `known_at` it is told as it stood at the end of that day, and as far as it was known by
    then: departments, job roles, further roles and who was here are those of that day.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.look_back: Callable[[Session, Then], None] = _cannot_look_back
        """Lets a session read the records as they stood; the tables are those of features above."""

    def columns(
        self,
        actor: Actor,
        request: PageRequest,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> tuple[GridColumn, ...]:
        """Return the requirements that concern the people of a request, by code; at most 300.

        Filters: org_unit, role, person (ids), shift (words); searched in the people's numbers and names.
        """
        scope, today = actor.scope_of(Capability.ASSIGN), self._then(on, known_at).day
        with self._reading(on, known_at) as session:
            listed = self._listed(request, scope, today)
            people = sa.select(listed.subquery().c.person_id)
            rows = session.execute(_concerning(people, self._asking(session, today)))
            return tuple(
                GridColumn(
                    id=row.id,
                    code=row.code,
                    title=row.title,
                    is_retired=row.retired_on is not None and row.retired_on <= today,
                )
                for row in rows
            )

    def page(
        self,
        actor: Actor,
        request: PageRequest,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Page[PersonLine]:
        """Return one stretch of the grid; see `columns`. Sorts: number, name, org_unit, job_role."""
        scope, today = actor.scope_of(Capability.ASSIGN), self._then(on, known_at).day
        with self._reading(on, known_at) as session:
            listed = self._listed(request, scope, today)
            total = session.scalar(sa.select(sa.func.count()).select_from(listed.subquery())) or 0
            rows = session.execute(
                listed.order_by(*_order(request)).limit(request.limit).offset(request.offset)
            ).all()
            cells = _cells(session, self._asking(session, today, [row.person_id for row in rows]))
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
        """Return the shifts that people of this site work, each in one spelling."""
        actor.require_anywhere(Capability.ASSIGN)
        shift = neighbours().person.shift
        with self._site.read() as session:
            return spelt_once(session.scalars(sa.select(shift).where(shift != "").distinct()))

    def told_as_of_now(
        self, on: date | None = None, known_at: datetime | None = None
    ) -> tuple[str, ...]:
        """Return what a look back tells as it is now, because nothing says what it was: a line for each."""
        if on is None and known_at is None:
            return ()
        told = [_("Names, shifts and the conditions of audiences are those of now.")]
        told += not_come_yet(self._then(on, known_at).day, local_day(self._site.clock))
        with self._site.read() as session:  # what happened since is looked at, too
            if has_untold_moves(session, self._then(on, known_at).end):
                told.append(
                    _(
                        "Some due dates moved before it was kept what they had been: they are of now."
                    )
                )
        return tuple(told)

    def paper(
        self,
        actor: Actor,
        request: PageRequest,
        filters: tuple[str, ...] = (),
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Document:
        """Return the grid of a request as a PDF, A3 across; `filters` says in words what it is narrowed by.

        Raises TrainingRefused for more people than a paper can hold.
        """
        columns = self.columns(actor, request, on, known_at)
        found = self.page(actor, request.stretch(0, MOST_ON_PAPER), on, known_at)
        if found.total > MOST_ON_PAPER:
            raise TrainingRefused(
                _("{count} people are too many for one paper.").format(count=number(found.total)),
                _("Choose a department, a job role or a shift."),
            )
        with self._site.read() as session:
            site = site_name(session, self._site.site_id)
        return people_paper(
            columns,
            found.rows,
            filters=filters,
            told=(*known_in_words(known_at), *self.told_as_of_now(on, known_at)),
            site=site,
            on=self._then(on, known_at).day,
            made_by=actor.name,
            made_at=self._site.clock.now(),
        )

    def _asking(
        self, session: Session, today: date, people: Collection[UUID] | None = None
    ) -> Asking:
        at = At(today=today, site_id=self._site.site_id, people=people)
        return Asking(at=at, audiences=audiences_of(session, at.site_id, at.today))

    def _listed(
        self, request: PageRequest, scope: Scope, today: date
    ) -> Any:  # a select, to be cut
        found = _listed(request, scope, today)
        return found if today >= local_day(self._site.clock) else found.where(_had_come(today))

    @contextmanager
    def _reading(self, on: date | None, known_at: datetime | None) -> Iterator[Session]:
        """Give a session on the records as they are, or as they stood."""
        with self._site.read() as session:
            if on is not None or known_at is not None:
                self.look_back(session, self._then(on, known_at))
            yield session

    def _then(self, on: date | None, known_at: datetime | None) -> Then:
        return then_of(self._site.clock, on, known_at)


def known_in_words(known_at: datetime | None) -> tuple[str, ...]:
    """Return up to when what was recorded is told, `known_at` being the end of that day; nothing without."""
    if known_at is None:
        return ()
    last = (known_at - timedelta(microseconds=1)).astimezone().date()
    return (_("As it was known on {day}.").format(day=day_in_words(last)),)


def _cannot_look_back(_session: Session, _then: Then) -> None:
    raise LookupError("nobody said how the records stood (hook of assembly)")


def site_name(session: Session, site_id: UUID | None) -> str:
    """Return what the site is called."""
    sites = sites_on_record()
    found = sa.select(sites.c.name).order_by(sites.c.id != site_id).limit(1)
    return session.scalar(found) or ""


def _cells(session: Session, asking: Asking) -> dict[UUID, dict[UUID, Standpoint]]:
    """Return by person and requirement where people stand."""
    people, today = list(asking.at.people or ()), asking.at.today
    found: dict[UUID, dict[UUID, Standpoint]] = {one: {} for one in people}
    if not people:
        return found
    for need, mark in (
        (Need.RECOMMENDED, StandingMark.RECOMMENDED),
        (Need.MANDATORY, StandingMark.NOT_YET),
    ):
        asked = wanted(asking, with_retired=False, need=need)
        for person_id, requirement_id in session.execute(
            sa.select(asked.c.person_id, asked.c.requirement_id)
        ):
            found[person_id][requirement_id] = Standpoint(mark=mark)
    for one in standing_of(session, people, today):
        if one.source is Source.CHOSEN and not one.is_held:
            continue  # nobody asked for it: it is no gap
        found[one.person_id][one.requirement_id] = Standpoint(
            mark=mark_of(one, today),
            assignment_id=one.id,
            due_on=one.due_on,
            valid_until=one.valid_until,
        )
    return found


def _asked_for(asking: Asking, people: sa.Select[UUID]) -> sa.Select[UUID]:
    """Select the requirements that the rows ask for of which any of some people is."""
    entry, holder = entries(asking).subquery(), holders(asking).subquery()
    thing = things(asking, with_retired=False).subquery()
    theirs = sa.select(holder.c.owner_id).where(holder.c.person_id.in_(people))
    return (
        sa.select(thing.c.requirement_id)
        .join(entry, entry.c.thing_id == thing.c.thing_id)
        .where(entry.c.owner_id.in_(theirs))
    )


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
        .where(still_here(listing.left_on, today))
    )
    if scope is not None:
        found = found.where(listing.org_unit_id.in_(scope))
    if wanted_units := _ids(request, "org_unit"):
        below = sa.select(reach.below_id).where(reach.above_id.in_(wanted_units))
        found = found.where(listing.org_unit_id.in_(below))
    if wanted_roles := _ids(request, "role"):
        found = found.where(has_role(listing, wanted_roles, today))
    if wanted_people := _ids(request, "person"):
        found = found.where(listing.person_id.in_(wanted_people))
    if shifts := request.values("shift"):
        found = found.where(listing.shift_word.in_(list(map(word_of, shifts))))
    for word in request.text.casefold().split():
        found = found.where(listing.search_text.contains(word, autoescape=True))
    return found


def _had_come(day: date) -> sa.ColumnElement[bool]:
    """Return the condition that somebody had come by a day gone by: joined, or had a place once."""
    person, placed = neighbours().person, neighbours().placement
    on = sa.literal(day, Day)
    had_place = sa.exists().where(placed.person_id == person.id, placed.from_on <= on)
    return sa.or_(person.joined_on.is_(None), person.joined_on <= on, had_place)


def _order(request: PageRequest) -> list[Any]:  # columns, up or down
    listing = neighbours().listing
    columns = {
        "name": listing.name, "org_unit": listing.org_unit, "job_role": listing.job_role,
    }  # fmt: skip
    column = columns.get(request.sort, listing.number)
    return [column.desc() if request.descending else column.asc(), listing.number]


def _ids(request: PageRequest, key: str) -> list[UUID]:
    return [UUID(value) for value in request.values(key)]
