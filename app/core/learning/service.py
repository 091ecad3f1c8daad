"""Learning as people do it: begin a course, be in a lesson, leave it, come back, complete.

What happens from second to second is kept in a local row, on disk within five seconds; it becomes
one fact at pause, exit and completion. Completions set off what stands above through
`on_completed`, in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.assessments import ScoredAttempt
from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.courses import ReleasedVersion, Releases
from app.core.journal import Site, Unit, kept_by_reserve
from app.core.learning.completing import Completing, HoldsUntil, OnCompleted
from app.core.learning.cycles import AsksRetraining, Cycles, MayBegin, was_completed_before
from app.core.learning.errors import LessonLocked
from app.core.learning.hands import Hands
from app.core.learning.keeping import LONGEST_TICK_SECONDS, Keeping
from app.core.learning.models import CourseProgressRow, CourseStartRow, LessonStateRow
from app.core.learning.rules import open_lessons
from app.core.learning.shown import ShownLesson, ShownTo
from app.core.learning.starts import done_positions, latest_start, learner, own_start, start_at
from app.core.learning.stuck import is_stuck
from app.core.learning.taking_over import Touched, take_over
from app.core.learning.trackers import Trace
from app.core.learning.types import BegunCourse, CourseInHand, LessonInHand
from app.core.people import take_learners_turn


class Learning:
    """What learners do. The learner is always the actor: nobody learns in another's name."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases
        self._hands = Hands(releases)
        self._keeping = Keeping(site.clock)
        self._completing = Completing(site.clock)
        self._cycles = Cycles(site.clock, releases)

    def take_over(self, touched: Touched) -> None:
        """Bring up what facts from other PCs say, and complete what is done by all of them together."""
        with self._site.transaction(system_actor(), "course.complete") as unit:
            take_over(unit, touched, self._completing, self._releases)

    @property
    def on_completed(self) -> list[OnCompleted]:
        """Return the list of what is called, inside the unit, when a course is completed."""
        return self._completing.on_completed

    @property
    def asks_retraining(self) -> list[AsksRetraining]:
        """Return the list of what may ask that a course be begun again."""
        return self._cycles.asks_retraining

    def ask_before_beginning(self, may_begin: MayBegin) -> None:
        """Let another feature keep people from beginning a course (training: what comes first)."""
        self._cycles.may_begin.append(may_begin)

    def decide_validity(self, holds_until: HoldsUntil) -> None:
        """Let another feature say until when a completion holds (training: its requirement's terms)."""
        self._completing.holds_until = holds_until

    def foresee(self, actor: Actor, course_id: UUID) -> CourseInHand:
        """Return what `begin` will: the course as it stands, or as it will once it is begun.

        Nothing is recorded. The start of a course that is not begun already has its id: what was
        foreseen last begins under it, so that what takes long can be prepared beforehand. Raises
        as `begin` does.
        """
        person_id = learner(actor)
        with self._site.read() as session:
            start = latest_start(session, person_id, course_id)
            if start is not None:
                return self._hands.of(session, start)
            self._cycles.require_may_begin(session, person_id, course_id)
            start_id = self._cycles.foresee(person_id, course_id)
            return self._hands.to_come(session, course_id, start_id)

    def begin(self, actor: Actor, course_id: UUID) -> CourseInHand:
        """Return the course in hand; the first time, begin it on its current version.

        Raises NotFound when there is no version to begin, NotALearner for an account without a
        person, and what keeps somebody from beginning it (`ask_before_beginning`).
        """
        person_id = learner(actor)
        with self._site.read() as session:
            start = latest_start(session, person_id, course_id)
            if start is not None:
                return self._hands.of(session, start)
        with self._site.transaction(actor, "course.begin") as unit:
            take_learners_turn(unit, person_id)
            start = latest_start(unit, person_id, course_id)
            if start is None:
                start = self._cycles.begin(unit, person_id, course_id, cycle=1)
            return self._hands.of(unit, start)

    def begin_for_class(self, actor: Actor, course_id: UUID, since: datetime) -> CourseInHand:
        """Return the course in hand for what follows a class that began at a time.

        Begun where it is not, and begun again where it was completed before. Raises as `begin` does.
        """
        person_id = learner(actor)
        with self._site.transaction(actor, "course.begin") as unit:
            return self._hands.of(unit, self._cycles.for_class(unit, person_id, course_id, since))

    def hand_for_class(
        self, session: Session, person_id: UUID, course_id: UUID, since: datetime
    ) -> CourseInHand:
        """Return what `begin_for_class` would, of anybody; nothing is recorded."""
        start = latest_start(session, person_id, course_id)
        if start is not None and not was_completed_before(session, start, since):
            return self._hands.of(session, start)
        return self._hands.to_come(session, course_id, UUID(int=0))

    def begin_again(self, actor: Actor, course_id: UUID) -> CourseInHand:
        """Open the next cycle of a course on its current version; old evidence stays.

        For a course that is completed, or of which a quiz asks for it. Raises NotFound.
        """
        person_id = learner(actor)
        with self._site.transaction(actor, "course.begin_again") as unit:
            take_learners_turn(unit, person_id)
            start = latest_start(unit, person_id, course_id)
            if start is None or not self._cycles.may_begin_again(unit, start):
                raise NotFound(_("A completed course to begin again"))
            fresh = self._cycles.begin(unit, person_id, course_id, cycle=start.cycle + 1)
            return self._hands.of(unit, fresh)

    def may_begin_again(self, actor: Actor, start_id: UUID) -> bool:
        """Tell whether the actor may open the next cycle of a course they have begun."""
        with self._site.read() as session:
            return self._cycles.may_begin_again(session, own_start(session, actor, start_id))

    def begun_again_at(self, session: Session, person_id: UUID, lesson_id: UUID) -> datetime | None:
        """Return when a person's cycle of a lesson's course began; None in the first (hook of assessments)."""
        course_id = self._releases.of_lesson(session, lesson_id).course_id
        start = latest_start(session, person_id, course_id)
        return None if start is None or start.cycle == 1 else start.at

    def teaches(self, kind: str) -> bool:
        """Tell whether any course here has a lesson of a kind, so that one may be opened."""
        with self._site.read() as session:
            return self._releases.teach(session, kind)

    def in_hand(self, actor: Actor, start_id: UUID) -> CourseInHand:
        """Return a course that the actor has begun."""
        with self._site.read() as session:
            return self._hands.of(session, own_start(session, actor, start_id))

    @kept_by_reserve
    def tick(
        self, actor: Actor, start_id: UUID, lesson_id: UUID, trace: Trace, active_seconds: int
    ) -> LessonInHand:
        """Keep what has happened in a lesson since the last tick; on disk when this returns.

        A lesson whose rule is met by it is completed at once.
        """
        with self._site.transaction(actor, "lesson.progress") as unit:
            start = own_start(unit, actor, start_id)
            take_learners_turn(unit, start.person_id)
            version = self._releases.version(unit, start.version_id)
            self._refuse_locked(unit, start, version, lesson_id)
            seconds = min(active_seconds, LONGEST_TICK_SECONDS)
            row = self._keeping.keep(unit, start, version, lesson_id, trace, seconds)
            self._completing.consider(unit, start, version, row)
            return self._hands.of(unit, start, version).lesson(lesson_id)

    @kept_by_reserve
    def pause(self, actor: Actor, start_id: UUID, lesson_id: UUID) -> None:
        """Write what is not yet a fact as one learning session: at pause, exit and lock."""
        with self._site.transaction(actor, "lesson.pause") as unit:
            start = own_start(unit, actor, start_id)
            take_learners_turn(unit, start.person_id)
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
        return self._hands.begun_courses(session, person_id)

    def take_quiz_result(self, unit: Unit, scored: ScoredAttempt) -> None:
        """Let a scored attempt count for the lesson it belongs to (hook of assessments)."""
        version = self._releases.of_lesson(unit, scored.lesson_id)
        start = latest_start(unit, scored.person_id, version.course_id)
        if start is None or start.version_id != version.version_id:
            return
        progress = unit.get_one(CourseProgressRow, start.id)
        best = progress.best_score_hundredths
        if best is None or scored.score_hundredths > best:
            progress.best_score_hundredths = scored.score_hundredths
        trace: Trace = {"attempt": str(scored.attempt_id), "score": _text(scored.score)}
        if scored.passed:
            trace["done"] = True
        row = self._keeping.keep(unit, start, version, scored.lesson_id, trace, scored.seconds)
        self._completing.write_session(unit, row)
        self._completing.consider(unit, start, version, row, score=scored.score)
        progress.is_stuck = not scored.passed and is_stuck(unit, start, version)

    def take_quiz_passed_anew(self, unit: Unit, scored: ScoredAttempt, at: datetime) -> None:
        """Let an attempt count that passes since it was scored anew (hook of assessments).

        It counts in the cycle in which it was handed in, once however often it is told.
        """
        version = self._releases.of_lesson(unit, scored.lesson_id)
        start = start_at(unit, scored.person_id, version.version_id, at)
        progress = None if start is None else unit.get(CourseProgressRow, start.id)
        if start is None or progress is None:
            return
        progress.best_score_hundredths = max(
            progress.best_score_hundredths or 0, scored.score_hundredths
        )
        self._completing.complete_quiz_anew(unit, start, version, scored, at)
        progress.is_stuck = progress.completed_at is None and is_stuck(unit, start, version)

    def take_gift(self, unit: Unit, person_id: UUID, lesson_id: UUID) -> None:
        """Note that somebody was let go on with a quiz (hook of assessments)."""
        version = self._releases.of_lesson(unit, lesson_id)
        start = latest_start(unit, person_id, version.course_id)
        if start is not None and start.version_id == version.version_id:
            unit.get_one(CourseProgressRow, start.id).is_stuck = is_stuck(unit, start, version)

    def in_lesson(self, actor: Actor, start_id: UUID, lesson_id: UUID) -> CourseInHand:
        """Return a course that the actor has begun and may be in this lesson of now. Raises LessonLocked."""
        hand = self.in_hand(actor, start_id)
        lesson = hand.lesson(lesson_id)
        if not lesson.is_open:
            raise LessonLocked(lesson.plan.title)
        return hand

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
        start = own_start(unit, actor, start_id)
        take_learners_turn(unit, start.person_id)
        version = self._releases.version(unit, start.version_id)
        if score is not None:
            progress = unit.get_one(CourseProgressRow, start.id)
            hundredths = int(score * 10_000)
            progress.best_score_hundredths = max(progress.best_score_hundredths or 0, hundredths)
        row = self._keeping.keep(unit, start, version, lesson_id, trace, 0)
        self._completing.consider(unit, start, version, row, score=score)

    def take_shown(
        self,
        unit: Unit,
        person_id: UUID,
        course_id: UUID,
        session_id: UUID,
        lessons: Sequence[ShownLesson],
    ) -> bool:
        """Let what somebody saw in a session count (training); tell whether the course is done by it.

        A course that is completed is begun again, as a renewal. In the caller's unit.
        """
        shown = ShownTo(self._completing, self._releases, self._cycles.for_class)
        return shown.keep(unit, person_id, course_id, session_id, lessons)

    def _refuse_locked(
        self, session: Session, start: CourseStartRow, version: ReleasedVersion, lesson_id: UUID
    ) -> None:
        done = done_positions(session, start, version)
        position = version.lesson_ids.index(lesson_id) + 1
        if position not in open_lessons(version.outline, done):
            raise LessonLocked(version.plan(lesson_id).title)


def _text(score: Fraction) -> str:
    return f"{score.numerator}/{score.denominator}"
