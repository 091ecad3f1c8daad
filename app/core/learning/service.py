"""Learning as people do it: begin a course, be in a lesson, leave it, come back, complete.

What happens from second to second is kept in a local row, on disk within five seconds; it becomes
one fact at pause, exit and completion. Completions set off what stands above through
`on_completed`, in the same transaction.
"""

from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import ScoredAttempt
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import ReleasedVersion, Releases
from app.core.journal import Site, Unit
from app.core.learning.completing import Completing, OnCompleted
from app.core.learning.errors import LessonLocked, NotALearner
from app.core.learning.models import (
    CourseProgressRow,
    CourseStartRow,
    LessonCompletionRow,
    LessonStateRow,
)
from app.core.learning.rules import open_lessons
from app.core.learning.trackers import Trace, tracker_of
from app.core.learning.types import BegunCourse, CourseInHand, LessonInHand

_LONGEST_TICK_SECONDS = 60
"""Active time beyond this in one tick was not spent: the PC slept or its clock jumped."""


class Learning:
    """What learners do. The learner is always the actor: nobody learns in another's name."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases
        self._completing = Completing(site.clock)

    @property
    def on_completed(self) -> list[OnCompleted]:
        """Return the list of what is called, inside the unit, when a course is completed."""
        return self._completing.on_completed

    def begin(self, actor: Actor, course_id: UUID) -> CourseInHand:
        """Return the course in hand; the first time, begin it on its current version.

        Raises NotFound when there is no version to begin, NotALearner for an account without a
        person.
        """
        person_id = _learner(actor)
        with self._site.read() as session:
            start = _latest_start(session, person_id, course_id)
            if start is not None:
                return self._in_hand(session, start)
        with self._site.transaction(actor, "course.begin") as unit:
            start = _latest_start(unit, person_id, course_id)
            if start is None:
                start = self._add_start(unit, person_id, course_id, cycle=1)
            return self._in_hand(unit, start)

    def begin_again(self, actor: Actor, course_id: UUID) -> CourseInHand:
        """Open the next cycle of a completed course on its current version; old evidence stays."""
        person_id = _learner(actor)
        with self._site.transaction(actor, "course.begin_again") as unit:
            start = _latest_start(unit, person_id, course_id)
            if start is None or not self._is_completed(unit, start.id):
                raise NotFound(_("A completed course to begin again"))
            fresh = self._add_start(unit, person_id, course_id, cycle=start.cycle + 1)
            return self._in_hand(unit, fresh)

    def in_hand(self, actor: Actor, start_id: UUID) -> CourseInHand:
        """Return a course that the actor has begun."""
        with self._site.read() as session:
            return self._in_hand(session, _own_start(session, actor, start_id))

    def tick(
        self, actor: Actor, start_id: UUID, lesson_id: UUID, trace: Trace, active_seconds: int
    ) -> LessonInHand:
        """Keep what has happened in a lesson since the last tick; on disk when this returns.

        A lesson whose rule is met by it is completed at once.
        """
        with self._site.transaction(actor, "lesson.progress") as unit:
            start = _own_start(unit, actor, start_id)
            version = self._releases.version(unit, start.version_id)
            self._refuse_locked(unit, start, version, lesson_id)
            seconds = min(active_seconds, _LONGEST_TICK_SECONDS)
            row = self._keep(unit, start, version, lesson_id, trace, seconds)
            self._completing.consider(unit, start, version, row)
            return self._lesson(unit, start, version, lesson_id)

    def pause(self, actor: Actor, start_id: UUID, lesson_id: UUID) -> None:
        """Write what is not yet a fact as one learning session: at pause, exit and lock."""
        with self._site.transaction(actor, "lesson.pause") as unit:
            start = _own_start(unit, actor, start_id)
            row = unit.get(LessonStateRow, (start.id, lesson_id))
            if row is not None:
                self._completing.write_session(unit, row)

    def acknowledge(
        self, actor: Actor, start_id: UUID, lesson_id: UUID, statement: str, method: str
    ) -> LessonInHand:
        """Record that the actor has read and understood; `method` is how they proved who they are."""
        evidence = {"done": True, "statement": statement, "confirmed_by": method}
        return self.tick(actor, start_id, lesson_id, evidence, active_seconds=0)

    def begun_courses(self, session: Session, person_id: UUID) -> dict[UUID, BegunCourse]:
        """Return the newest cycle of each course a person has begun, by course."""
        statement = (
            sa.select(CourseStartRow, CourseProgressRow)
            .join(CourseProgressRow, CourseProgressRow.start_id == CourseStartRow.id)
            .where(CourseStartRow.person_id == person_id)
            .order_by(CourseStartRow.cycle)
        )
        return {
            start.course_id: self._begun(session, start, progress)
            for start, progress in session.execute(statement)
        }

    def take_quiz_result(self, unit: Unit, scored: ScoredAttempt) -> None:
        """Let a scored attempt count for the lesson it belongs to (hook of assessments)."""
        version = self._releases.of_lesson(unit, scored.lesson_id)
        start = _latest_start(unit, scored.person_id, version.course_id)
        if start is None or start.version_id != version.version_id:
            return
        progress = unit.get_one(CourseProgressRow, start.id)
        best = progress.best_score_hundredths
        if best is None or scored.score_hundredths > best:
            progress.best_score_hundredths = scored.score_hundredths
        trace: Trace = {"attempt": str(scored.attempt_id), "score": _text(scored.score)}
        if scored.passed:
            trace["done"] = True
        row = self._keep(unit, start, version, scored.lesson_id, trace, scored.seconds)
        self._completing.write_session(unit, row)
        self._completing.consider(unit, start, version, row, score=scored.score)

    def open_lesson(self, actor: Actor, start_id: UUID, lesson_id: UUID) -> LessonInHand:
        """Return a lesson that the actor may be in now. Raises LessonLocked."""
        with self._site.read() as session:
            start = _own_start(session, actor, start_id)
            version = self._releases.version(session, start.version_id)
            self._refuse_locked(session, start, version, lesson_id)
            return self._lesson(session, start, version, lesson_id)

    def take_standing(
        self,
        unit: Unit,
        actor: Actor,
        start_id: UUID,
        lesson_id: UUID,
        trace: Trace,
        score: Fraction | None,
    ) -> None:
        """Let what a package says of itself count for its lesson (launches); in the caller's unit."""
        start = _own_start(unit, actor, start_id)
        version = self._releases.version(unit, start.version_id)
        if score is not None:
            progress = unit.get_one(CourseProgressRow, start.id)
            hundredths = int(score * 10_000)
            progress.best_score_hundredths = max(progress.best_score_hundredths or 0, hundredths)
        row = self._keep(unit, start, version, lesson_id, trace, 0)
        self._completing.consider(unit, start, version, row, score=score)

    def _add_start(
        self, unit: Unit, person_id: UUID, course_id: UUID, cycle: int
    ) -> CourseStartRow:
        version = self._releases.current(unit, course_id)
        now = self._site.clock.now()
        start = CourseStartRow(
            person_id=person_id,
            course_id=course_id,
            version_id=version.version_id,
            cycle=cycle,
            at=now,
        )
        unit.add(start)
        unit.flush()
        required = sum(lesson.is_required for lesson in version.outline.lessons)
        unit.add(
            CourseProgressRow(
                start_id=start.id,
                person_id=person_id,
                course_id=course_id,
                lessons_required=required,
                last_at=now,
            )
        )
        unit.flush()
        return start

    def _begun(
        self, session: Session, start: CourseStartRow, progress: CourseProgressRow
    ) -> BegunCourse:
        version = self._releases.version(session, start.version_id)
        done = _done_positions(session, start, version)
        left = (p for p in range(1, len(version.lesson_ids) + 1) if p not in done)
        return BegunCourse(
            start_id=start.id,
            version_id=start.version_id,
            lessons_done=progress.lessons_done,
            lessons_required=progress.lessons_required,
            next_position=next(left, 0),
            best_score_hundredths=progress.best_score_hundredths,
            completed_at=progress.completed_at,
            valid_until=progress.valid_until,
        )

    def _keep(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        lesson_id: UUID,
        trace: Trace,
        active_seconds: int,
    ) -> LessonStateRow:
        plan = version.plan(lesson_id)
        tracker = tracker_of(plan.kind)
        seconds = max(active_seconds, 0)
        now = self._site.clock.now()
        row = unit.get(LessonStateRow, (start.id, lesson_id))
        if row is None:
            row = LessonStateRow(
                start_id=start.id,
                lesson_id=lesson_id,
                state={},
                unsaved={},
                share=Fraction(0),
                active_seconds=0,
                updated_at=now,
            )
            unit.add(row)
        before: dict[str, Any] = row.unsaved or {
            "since": now.isoformat(),
            "seconds": 0,
            "trace": {},
        }
        row.state = tracker.merged(row.state, trace)
        row.share = tracker.share(plan, row.state)
        row.active_seconds += seconds
        row.unsaved = {
            "since": before["since"],
            "seconds": before["seconds"] + seconds,
            "trace": tracker.merged(before["trace"], trace),
        }
        row.updated_at = now
        progress = unit.get_one(CourseProgressRow, start.id)
        progress.last_at = now
        progress.active_seconds += seconds
        unit.flush()
        return row

    def _refuse_locked(
        self, session: Session, start: CourseStartRow, version: ReleasedVersion, lesson_id: UUID
    ) -> None:
        done = _done_positions(session, start, version)
        position = version.lesson_ids.index(lesson_id) + 1
        if position not in open_lessons(version.outline, done):
            raise LessonLocked(version.plan(lesson_id).title)

    def _is_completed(self, session: Session, start_id: UUID) -> bool:
        return session.get_one(CourseProgressRow, start_id).completed_at is not None

    def _lesson(
        self, session: Session, start: CourseStartRow, version: ReleasedVersion, lesson_id: UUID
    ) -> LessonInHand:
        return self._in_hand_of(session, start, version).lesson(lesson_id)

    def _in_hand(self, session: Session, start: CourseStartRow) -> CourseInHand:
        return self._in_hand_of(session, start, self._releases.version(session, start.version_id))

    def _in_hand_of(
        self, session: Session, start: CourseStartRow, version: ReleasedVersion
    ) -> CourseInHand:
        done = _done_positions(session, start, version)
        opened = open_lessons(version.outline, done)
        statement = sa.select(LessonStateRow).where(LessonStateRow.start_id == start.id)
        states = {row.lesson_id: row for row in session.scalars(statement)}
        progress = session.get_one(CourseProgressRow, start.id)
        lessons = []
        for position, plan in enumerate(version.outline.lessons, start=1):
            lesson_id = version.lesson_ids[position - 1]
            row = states.get(lesson_id)
            lessons.append(
                LessonInHand(
                    lesson_id=lesson_id,
                    position=position,
                    plan=plan,
                    share=row.share if row else Fraction(0),
                    is_done=position in done,
                    is_open=position in opened,
                    state=row.state if row else {},
                )
            )
        return CourseInHand(
            start_id=start.id,
            course_id=start.course_id,
            version_id=start.version_id,
            version=version.number,
            outline=version.outline,
            lessons=tuple(lessons),
            completed_at=progress.completed_at,
            valid_until=progress.valid_until,
        )


def _learner(actor: Actor) -> UUID:
    actor.require_anywhere(Capability.LEARN)
    if actor.person_id is None:
        raise NotALearner
    return actor.person_id


def _own_start(session: Session, actor: Actor, start_id: UUID) -> CourseStartRow:
    start = session.get(CourseStartRow, start_id)
    if start is None:
        raise NotFound(_("The course"))
    if start.person_id != actor.person_id:
        raise NotAllowed(Capability.LEARN.value)
    return start


def _latest_start(session: Session, person_id: UUID, course_id: UUID) -> CourseStartRow | None:
    statement = (
        sa.select(CourseStartRow)
        .where(CourseStartRow.person_id == person_id, CourseStartRow.course_id == course_id)
        .order_by(CourseStartRow.cycle.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def _done_positions(
    session: Session, start: CourseStartRow, version: ReleasedVersion
) -> frozenset[int]:
    statement = sa.select(LessonCompletionRow.lesson_id).where(
        LessonCompletionRow.start_id == start.id
    )
    return frozenset(version.lesson_ids.index(one) + 1 for one in session.scalars(statement))


def _text(score: Fraction) -> str:
    return f"{score.numerator}/{score.denominator}"
