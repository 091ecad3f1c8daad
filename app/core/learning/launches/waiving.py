"""Waiving: a unit of a cmi5 course that somebody need not do, because they can do it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.content import AssetStore, Standard, read_package_index
from app.core.courses import LessonPlan, Releases
from app.core.journal import Site, Unit
from app.core.learning.cmi5 import (
    CMI5_CATEGORY,
    Node,
    Voice,
    course_of,
    is_satisfied,
    standing_after,
)
from app.core.learning.launches.plays.cmi5_view import standing_of
from app.core.learning.launches.remembering import said_before
from app.core.learning.launches.reporting import trace_of
from app.core.learning.launches.service import registration_of
from app.core.learning.launches.types import Standing
from app.core.learning.models import CourseStartRow
from app.core.learning.service import Learning
from app.core.learning.statements import Statements
from app.core.people import people_within, person_numbered, printed_person

_KIND = "package"


class WaiveReason(StrEnum):
    """Why a unit need not be done (cmi5 1.0, 9.5.5.2)."""

    TESTED_OUT = "Tested Out"
    EQUIVALENT_UNIT = "Equivalent AU"
    EQUIVALENT_OUTSIDE = "Equivalent Outside Activity"
    ADMINISTRATIVE = "Administrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInHand:
    """A unit of a cmi5 course that somebody has begun, as whoever may waive it sees it."""

    start_id: UUID
    lesson_id: UUID
    course: str
    unit_id: str
    """Its publisher's id, by which it is waived."""
    title: str
    is_begun: bool
    is_satisfied: bool
    """Whether it counts as done, by being done or waived."""
    is_waived: bool


class Waiving:
    """Waives units for learners. Who may assign training to somebody may waive it for them."""

    def __init__(
        self,
        site: Site,
        releases: Releases,
        learning: Learning,
        assets: AssetStore,
        statements: Statements,
    ) -> None:
        self._site = site
        self._releases = releases
        self._learning = learning
        self._assets = assets
        self._statements = statements

    def units_of(self, actor: Actor, person_id: UUID) -> tuple[UnitInHand, ...]:
        """Return the units of the cmi5 courses that somebody has begun, the newest course first.

        Raises NotAllowed.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            _require_reach(actor, session, person_id)
            starts = session.scalars(_begun_by(person_id)).all()
            return tuple(one for start in starts for one in self._units_in(session, start))

    def _units_in(self, session: Session, start: CourseStartRow) -> Iterator[UnitInHand]:
        version = self._releases.version(session, start.version_id)
        for lesson_id, plan in zip(version.lesson_ids, version.outline.lessons, strict=True):
            for asset, course in self._courses_of(plan):
                registration = registration_of(start.id, lesson_id, asset)
                known = standing_after(said_before(session, registration, CMI5_CATEGORY))
                for node in course.units():
                    stands = known.unit(node.activity)
                    yield UnitInHand(
                        start_id=start.id,
                        lesson_id=lesson_id,
                        course=version.outline.title,
                        unit_id=node.publisher_id,
                        title=node.title,
                        is_begun=stands.sessions > 0,
                        is_satisfied=is_satisfied(node, known),
                        is_waived=stands.is_waived,
                    )

    def _courses_of(self, plan: LessonPlan) -> Iterator[tuple[str, Node]]:
        """Yield the packages of a lesson that are cmi5, each with its course."""
        for variant in plan.variants if plan.kind == _KIND else ():
            index = read_package_index(self._assets, variant.asset)
            if index.manifest.standard is Standard.CMI5:
                yield variant.asset, course_of(index)

    def waive(
        self, actor: Actor, start_id: UUID, lesson_id: UUID, unit_id: str, reason: WaiveReason
    ) -> None:
        """Waive a unit, by its publisher's id, of a course that somebody has begun.

        It counts as done from now on; a second time changes nothing. Raises NotFound, NotAllowed.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "package.waive", reason=reason.value) as unit:
            start = unit.get(CourseStartRow, start_id)
            if start is None:
                raise NotFound(_("The course"))
            _require_reach(actor, unit, start.person_id)
            plan = self._releases.version(unit, start.version_id).plan(lesson_id)
            if not self._waived(unit, actor, start, lesson_id, plan, unit_id, reason):
                raise NotFound(_("The unit"))

    def waive_for(self, actor: Actor, number: str, unit_id: str, reason: WaiveReason) -> None:
        """Waive a unit in the course that the person with this number has begun last and that has it.

        Raises NotFound, NotOne, NotAllowed.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "package.waive", reason=reason.value) as unit:
            person_id = person_numbered(unit, number)
            _require_reach(actor, unit, person_id)
            for start in unit.scalars(_begun_by(person_id)).all():
                version = self._releases.version(unit, start.version_id)
                for lesson_id, plan in zip(
                    version.lesson_ids, version.outline.lessons, strict=True
                ):
                    if self._waived(unit, actor, start, lesson_id, plan, unit_id, reason):
                        return
            raise NotFound(_("The unit"))

    def _waived(
        self,
        unit: Unit,
        actor: Actor,
        start: CourseStartRow,
        lesson_id: UUID,
        plan: LessonPlan,
        unit_id: str,
        reason: WaiveReason,
    ) -> bool:
        for asset, course in self._courses_of(plan):
            found = next((one for one in course.units() if one.publisher_id == unit_id), None)
            if found is None:
                continue
            registration = registration_of(start.id, lesson_id, asset)
            voice = Voice(
                learner=self._statements.agents.agent_of(start.person_id),
                registration=registration,
                course=course,
            )
            known = standing_after(said_before(unit, registration, CMI5_CATEGORY))
            said = voice.waiving(found, reason.value, known, self._site.clock.now())
            self._statements.record_within(unit, actor, said)
            for one in said:
                known = known.after(one)
            self._count(unit, actor, start, lesson_id, standing_of(course, known, {}))
            return True
        return False

    def _count(
        self, unit: Unit, actor: Actor, start: CourseStartRow, lesson_id: UUID, standing: Standing
    ) -> None:
        learner = Actor(
            account_id=actor.account_id,
            person_id=start.person_id,
            name=printed_person(unit, start.person_id).name,
            grants=frozenset({Grant(capability=Capability.LEARN)}),
        )
        self._learning.take_standing(
            unit, learner, start.id, lesson_id, trace_of(standing), standing.score
        )


def _begun_by(person_id: UUID) -> sa.Select[CourseStartRow]:
    return (
        sa.select(CourseStartRow)
        .where(CourseStartRow.person_id == person_id)
        .order_by(CourseStartRow.at.desc(), CourseStartRow.cycle.desc())
    )


def _require_reach(actor: Actor, session: Session, person_id: UUID) -> None:
    scope = actor.scope_of(Capability.ASSIGN)
    if scope is None:
        return
    if person_id not in session.scalars(people_within(scope)):
        raise NotAllowed(Capability.ASSIGN.named)
