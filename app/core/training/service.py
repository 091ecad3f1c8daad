"""Training as administrators and learners see it: assign, cancel, and what is mine to do."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses import PublishedCourse, ReleasedVersion, Releases
from app.core.journal import Site, Unit
from app.core.learning import BegunCourse, CompletedCourse, Learning, valid_until
from app.core.people import (
    Audience,
    Giving,
    audience_ids,
    meaning_nothing,
    named_here,
    scope_of_ways,
    ways_to_give,
)
from app.core.training.assignments import Assignments, DayChange
from app.core.training.assignments.away_before import end_absences_of_before
from app.core.training.assignments.day import cancel_of_leavers, change_day
from app.core.training.assignments.due_apart import put_off_apart, put_off_by_all
from app.core.training.brought_back import BroughtBack
from app.core.training.committees import Committees
from app.core.training.corrections import Corrections
from app.core.training.crediting import Met, open_of_pair, stand_in, validity_of
from app.core.training.declaring import Declarations
from app.core.training.effectiveness import EffectivenessChecks
from app.core.training.enrolment import Enrolment
from app.core.training.enrolment.running import narrowed
from app.core.training.errors import ComesFirst
from app.core.training.fallen import ask_for_fallen
from app.core.training.given import origins_of
from app.core.training.hindrances import missing_by_course
from app.core.training.in_force import in_force, is_paused, is_waived
from app.core.training.joining_later import wait_for_joining
from app.core.training.kinds import Basis, Outcome, Source
from app.core.training.matrix import Matrix
from app.core.training.mine import my_course
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.offers import Catalogue, Offers
from app.core.training.opening import Grant, open_first, to_open, without_it
from app.core.training.permits import Permits
from app.core.training.practicals.service import Practicals
from app.core.training.programme import YearPlans
from app.core.training.rejoining import ask_who_rejoined
from app.core.training.reminders import Reminders
from app.core.training.requests import TrainingRequests
from app.core.training.requirements import Requirements
from app.core.training.requirements.queries import by_code, terms_of
from app.core.training.rules import URGENCY, Standing
from app.core.training.signing import SignedActs
from app.core.training.standing_in import stand_in_for_held
from app.core.training.taking import refuse_retired
from app.core.training.types import (
    AssignmentPreview,
    CourseAhead,
    LessonAhead,
    MyCourse,
    Requirement,
)


class Training:
    """Requirements and assignments."""

    def __init__(
        self, site: Site, releases: Releases, learning: Learning, assets: AssetStore | None = None
    ) -> None:
        self._site = site
        self._releases = releases
        self._learning = learning
        self.catalogue = Requirements(site)
        self.catalogue.on_changed.append(self._stand_in)
        self.assignments = Assignments(site)
        self.catalogue.on_retired.append(self.assignments.end_retired)
        self.brought_back = BroughtBack(site, self.people_changed)
        self.catalogue.on_brought_back.append(self.brought_back.ask)
        self.enrolment = Enrolment(site)
        self.matrix = Matrix(site, releases, self.enrolment)
        self.enrolment.asked_elsewhere = self.matrix.asked_of
        self.assignments.absences.on_back.append(self.enrolment.came_back)
        self.practicals = Practicals(site, assets)
        self.on_new_day: list[Callable[[Unit, Actor], object]] = []
        """Called within a new day's unit of work, when the rest is done."""
        self.permits = Permits(site, self.assignments.evidence)
        self.permits.visiting.on_added.append(self.people_changed)
        self.reminders = Reminders(site)
        self.signing = SignedActs(site)
        self.corrections = Corrections(site)
        self.declarations = Declarations(site)
        self.requests = TrainingRequests(site)
        self.offers = Offers(site)
        self.choosing = Catalogue(site, releases, self.requests)
        self.committees = Committees(site)
        self.committees.on_seated.append(self.people_changed)
        self.effectiveness = EffectivenessChecks(site)
        self.year_plans = YearPlans(site)
        self._begun_on: date | None = None
        learning.decide_validity(self._holds_until)
        learning.ask_before_beginning(self._require_first)

    def requirements(self, actor: Actor) -> tuple[Requirement, ...]:
        """Return everything that can be assigned, by title."""
        actor.require_anywhere(Capability.GIVE_TRAINING)
        with self._site.read() as session:
            rows = session.scalars(sa.select(RequirementRow).order_by(RequirementRow.title))
            return tuple(_requirement(row) for row in rows)

    def requirement(self, actor: Actor, code: str) -> Requirement:
        """Return a requirement by its code. Raises NotFound."""
        actor.require_anywhere(Capability.GIVE_TRAINING)
        with self._site.read() as session:
            return _requirement(by_code(session, code))

    def preview(self, actor: Actor, code: str, audience: Audience) -> AssignmentPreview:
        """Say how many people an assignment would reach, and how many have it already."""
        actor.require_anywhere(Capability.GIVE_TRAINING)
        with self._site.read() as session:
            scope = scope_of_ways(self._ways(session, actor))
            row = by_code(session, code)
            people = audience_ids(audience, self._today(), scope).subquery()
            total = session.scalar(sa.select(sa.func.count()).select_from(people)) or 0
            lacking = without_it(audience_ids(audience, self._today(), scope), row.id).subquery()
            fresh = session.scalar(sa.select(sa.func.count()).select_from(lacking))
            known = named_here(session, audience.numbers, self._today(), scope)
            return AssignmentPreview(
                requirement=_requirement(row),
                audience=total,
                already_assigned=total - (fresh or 0),
                unknown_numbers=tuple(one for one in audience.numbers if one not in known),
                unknown_codes=meaning_nothing(session, audience),
            )

    def assign(
        self, actor: Actor, code: str, audience: Audience, *, due_on: date | None, origin: str
    ) -> int:
        """Assign a requirement to everybody of an audience who does not have it; return how many.

        `origin` is the sentence that the learner reads as the reason. Without a due date it is due
        as the requirement's terms say. Whom the actor's own role reaches gets it from them; others get it
        from them for whoever lets them. Raises NotAllowed, TrainingRefused for one that is retired.
        """
        actor.require_anywhere(Capability.GIVE_TRAINING)
        with self._site.transaction(actor, "assignment.assign", reason=origin) as unit:
            row = by_code(unit, code)
            refuse_retired(unit, row, self._today())
            unit.take_turn("assignments of", row.id)
            given = Grant(
                requirement_id=row.id,
                terms=terms_of(unit, row.id, self._today()),
                at=self._site.clock.now(),
                origin=origin,
                source=Source.MANUAL,
                due_on=due_on,
                says_due=due_on is not None,
            )
            # One way after the other: whom the first reaches has it by then
            return sum(
                self._give(unit, actor, given, audience, way) for way in self._ways(unit, actor)
            )

    def _give(self, unit: Unit, actor: Actor, given: Grant, audience: Audience, way: Giving) -> int:
        wanted = audience_ids(audience, self._today(), way.org_units)
        people = to_open(unit.execute(without_it(wanted, given.requirement_id)))
        return open_first(unit, actor, replace(given, delegation_id=way.delegation_id), people)

    def _ways(self, session: Session, actor: Actor) -> tuple[Giving, ...]:
        return ways_to_give(session, actor, self._site.site_id, self._site.clock.now())

    def begin_day(self, actor: Actor) -> DayChange:
        """Bring assignments to today: who is back, leavers, renewals, what fell by another PC, rules and matrix.

        Doing it again changes nothing.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "assignment.begin-day") as unit:
            now = self._site.clock.now()
            stand_in_for_held(unit, actor, now)
            # what opens today and nothing asks for any more ends today
            done = change_day(unit, actor, self._today(), now)
            again = ask_for_fallen(unit, actor, now)
            # what ends makes room first: what rules and matrix both ask for stays as it is
            by_matrix = self.matrix.run_in(unit, actor)
            ended = by_matrix.end()
            ran = self.enrolment.run_in(unit, actor)
            given = by_matrix.give()
            for act in self.on_new_day:
                act(unit, actor)
        return replace(
            done,
            opened=done.opened + again,
            assigned=done.assigned + ran.assigned + given.assigned,
            cancelled=done.cancelled + ran.cancelled + ended.cancelled,
            held_back=(*ran.held_back, *dict.fromkeys((*ended.held_back, *given.held_back))),
        )

    def begin_day_if_due(self) -> DayChange:
        """Bring assignments to today, unless this program has done so already."""
        if self._begun_on == self._today():
            return DayChange()
        done = self.begin_day(system_actor())
        self._begun_on = self._today()
        return done

    def my_courses(self, actor: Actor) -> tuple[MyCourse, ...]:
        """Return the actor's courses, assigned or begun, the most urgent first."""
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            return ()
        today = self._today()
        with self._site.read() as session:
            assigned = _assigned(session, actor.person_id, today)
            begun = self._learning.begun_courses(session, actor.person_id)
            origins = origins_of(session, assigned.values())
            is_away = _is_away(session, actor.person_id, today)
            first = missing_by_course(session, actor.person_id, today)
            courses = [
                my_course(
                    self._version(session, course_id, begun.get(course_id)),
                    assigned.get(course_id),
                    begun.get(course_id),
                    today,
                    origin=origins[assigned[course_id].id] if course_id in assigned else "",
                    is_away=is_away,
                    first=first.get(course_id, ()),
                )
                for course_id in {**assigned, **begun}
            ]
        return tuple(sorted(courses, key=_urgency))

    def ahead(self, actor: Actor, course_id: UUID) -> CourseAhead:
        """Return what awaits the actor in a course that is assigned to them and not begun.

        Nothing is opened, and nothing recorded. Raises NotFound for a course that is not theirs.
        """
        actor.require_anywhere(Capability.LEARN)
        with self._site.read() as session:
            mine = (
                {}
                if actor.person_id is None
                else _assigned(session, actor.person_id, self._today())
            )
            if course_id not in mine:
                raise NotFound(_("The course"))
            version = self._releases.newest(session, course_id)
        return CourseAhead(
            course_id=course_id,
            version=version.number,
            description=version.outline.description,
            descriptions=version.outline.descriptions,
            in_order=version.outline.in_order,
            valid_months=version.outline.valid_months,
            lessons=tuple(
                LessonAhead(position=position, plan=plan)
                for position, plan in enumerate(version.outline.lessons, start=1)
            ),
        )

    def require_course(self, unit: Unit, published: PublishedCourse) -> None:
        """Let a course be assigned under its code from its first version on (hook of courses)."""
        statement = sa.select(RequirementRow).where(RequirementRow.course_id == published.course_id)
        row = unit.scalars(statement).one_or_none()
        if row is None:
            row = RequirementRow(code=published.code, title="", course_id=published.course_id)
            unit.add(row)
        if published.number == 1:
            row.retired_on = None  # of a sample, it waited for this
        row.title = published.outline.title
        row.valid_months = published.outline.valid_months
        unit.flush()

    def close_assignment(self, unit: Unit, completed: CompletedCourse) -> None:
        """Close the assignment that a completion meets, and what it stands in for (hook of learning)."""
        meets = sa.select(RequirementRow).where(RequirementRow.course_id == completed.course_id)
        for requirement in unit.scalars(meets).all():
            for row in open_of_pair(unit, completed.person_id, requirement.id):
                row.completion_id = completed.completion_id
                row.closed_at = completed.at
                row.outcome = Outcome.COMPLETED
            unit.flush()
            met = Met(
                person_id=completed.person_id,
                requirement_id=requirement.id,
                at=completed.at,
                basis=Basis.SUBSTITUTE,
                proof_id=completed.completion_id,
                no_longer_than=completed.valid_until,
            )
            stand_in(unit, system_actor(), met, completed.at)

    def take_over(self, touched: Mapping[str, Collection[UUID]]) -> None:
        """Let due dates follow from all absences where PCs put them off apart (hook of sync)."""
        if AssignmentRow.__tablename__ not in touched:
            return
        with self._site.read() as session:
            if not put_off_apart(session):
                return
        actor = system_actor()
        with self._site.transaction(actor, "assignment.put-off-by-all") as unit:
            put_off_by_all(unit, actor, self._site.clock.now())

    def people_changed(self, unit: Unit, people: Collection[UUID]) -> None:
        """End what leavers had open, ask it again of who is back, and let rules and matrix look (hook of people).

        What was asked before somebody joins is due as their day of joining says.
        """
        now, actor, some = self._site.clock.now(), system_actor(), narrowed(people)
        cancel_of_leavers(unit, actor, self._today(), now, some)
        end_absences_of_before(unit, actor, now, people)
        ask_who_rejoined(unit, actor, self._today(), now, some)
        wait_for_joining(unit, actor, self._today(), now, people)
        by_rules = self.enrolment.run_of(unit, people)
        by_matrix = self.matrix.run_in(unit, actor, people, by_rules.asked_of)
        by_matrix.end()
        by_rules.carry_out()
        by_matrix.give()

    def _require_first(self, session: Session, person_id: UUID, course_id: UUID) -> None:
        """Raise ComesFirst where something has to be held before a course is begun (hook of learning)."""
        missing = missing_by_course(session, person_id, self._today(), course_id).get(course_id)
        if missing:
            title = session.scalar(
                sa.select(RequirementRow.title).where(RequirementRow.course_id == course_id)
            )
            raise ComesFirst(title or "", missing)

    def _holds_until(
        self, unit: Unit, person_id: UUID, course_id: UUID, day: date, months: int | None
    ) -> date | None:
        """Return until when a completion holds, as its requirement's terms say."""
        meets = sa.select(RequirementRow).where(RequirementRow.course_id == course_id)
        row = unit.scalars(meets).first()
        if row is None:
            return valid_until(day, months)
        terms = terms_of(unit, row.id, day)
        return validity_of(unit, person_id, row, terms, day, months)

    def _stand_in(self, unit: Unit, actor: Actor, requirement_id: UUID) -> None:
        stand_in_for_held(unit, actor, self._site.clock.now(), [requirement_id])

    def _today(self) -> date:
        return local_day(self._site.clock)

    def _version(
        self, session: Session, course_id: UUID, begun: BegunCourse | None
    ) -> ReleasedVersion:
        if begun is not None:
            return self._releases.version(session, begun.version_id)
        return self._releases.newest(session, course_id)


def _assigned(session: Session, person_id: UUID, today: date) -> dict[UUID, AssignmentRow]:
    """Return the assignments in force for a person, but for what they were let off, by course."""
    statement = (
        sa.select(AssignmentRow, RequirementRow.course_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.person_id == person_id,
            RequirementRow.course_id.is_not(None),
            *in_force(),
            ~is_waived(today),
        )
    )
    found = session.execute(statement)
    return {course_id: row for row, course_id in found if course_id is not None}


def _is_away(session: Session, person_id: UUID, today: date) -> bool:
    paused = sa.select(is_paused(today)).where(AssignmentRow.person_id == person_id).limit(1)
    return bool(session.scalar(paused))


def _urgency(course: MyCourse) -> tuple[int, date, str]:
    place = URGENCY.index(course.standing)
    if course.is_renewing:
        place = min(place, URGENCY.index(Standing.IN_PROGRESS))
    return place, course.due_on or date.max, course.title


def _requirement(row: RequirementRow) -> Requirement:
    return Requirement(
        id=row.id,
        code=row.code,
        title=row.title,
        course_id=row.course_id,
        valid_months=row.valid_months,
    )
