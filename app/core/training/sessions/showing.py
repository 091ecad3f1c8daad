"""What is shown to all at once: a log of the pace, and what each gets of it from their joining minute on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import QUIZ_KIND, quiz_of, texts_asked
from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.courses import LessonPlan, Releases, lesson_kind
from app.core.journal import Site, Unit
from app.core.learning import Learning, ShownLesson
from app.core.training.errors import TrainingRefused
from app.core.training.requirements.checks import MOST_LETTERS, clean_text
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import SessionState
from app.core.training.sessions.models import ClassSessionRow, SessionPaceRow, SessionTallyRow
from app.core.training.sessions.presence import Interval, both
from app.core.training.sessions.reading import session_row, state_in
from app.core.training.sessions.types import (
    CourseRevised,
    InQuizQueue,
    OnRoll,
    Shown,
    ShownPlan,
    Tally,
)


class Showing:
    """Keeps what was shown in sessions, and lets it count for each who saw it."""

    def __init__(self, site: Site, releases: Releases, learning: Learning) -> None:
        self._site = site
        self._releases = releases
        self._learning = learning

    def lessons(self, actor: Actor, session_id: UUID) -> tuple[ShownPlan, ...]:
        """Return the lessons of a session's course; those that are one's own cannot be shown."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = session_row(session, session_id)
            if row.course_id is None:
                return ()
            version = self._releases.newest(session, row.course_id)
            return tuple(
                ShownPlan(
                    lesson_id=lesson_id,
                    title=plan.title,
                    plan=plan,
                    can_be_shown=lesson_kind(plan.kind).is_for_all,
                )
                for lesson_id, plan in zip(version.lesson_ids, version.outline.lessons, strict=True)
            )

    def note(self, actor: Actor, session_id: UUID, lesson_id: UUID, shown: Interval) -> None:
        """Note that a lesson was shown to all who were there, from when to when, without the pauses.

        Of two things noted of one moment the one that began first counts. Raises WrongState unless the
        roll is open, TrainingRefused for times that cannot be.
        """
        actor.require_anywhere(Capability.ASSIGN)
        begin, end = shown
        if end <= begin or end > self._site.clock.now():
            raise TrainingRefused(
                _("Nothing was shown in that time."), _("Give when it began and when it ended.")
            )
        with self._site.transaction(actor, "session.show") as unit:
            row = session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state is not SessionState.OPEN:
                raise WrongState(state)
            _lesson_of(unit, self._releases, row, lesson_id)
            unit.add(
                SessionPaceRow(
                    session_id=session_id,
                    lesson_id=lesson_id,
                    from_at=begin,
                    to_at=end,
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def questions(self, actor: Actor, session_id: UUID) -> tuple[str, ...]:
        """Return what the quizzes of a session's course ask, in order: a class may be asked it at once."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = session_row(session, session_id)
            if row.course_id is None:
                return ()
            lessons = self._releases.newest(session, row.course_id).outline.lessons
            quizzes = (quiz_of(plan) for plan in lessons if plan.kind == QUIZ_KIND)
            return tuple(
                text for quiz in quizzes for text in texts_asked(session, quiz, MOST_LETTERS)
            )

    def tally(self, actor: Actor, session_id: UUID, *tallies: Tally) -> None:
        """Keep how many knew each answer, by show of hands. Raises TrainingRefused, WrongState."""
        actor.require_anywhere(Capability.ASSIGN)
        asked = [clean_text(one.question, what=_("The question")) for one in tallies]
        are_counted = all(min(one.knew, one.missed) >= 0 < one.knew + one.missed for one in tallies)
        if not tallies or not are_counted:
            raise TrainingRefused(_("No hands were counted."), _("Give how many knew it, and not."))
        with self._site.transaction(actor, "session.tally") as unit:
            session_row(unit, session_id)
            state = state_in(unit, session_id)
            if state not in {SessionState.OPEN, SessionState.HELD}:
                raise WrongState(state)
            unit.add_all(
                SessionTallyRow(
                    session_id=session_id,
                    question=question,
                    knew=one.knew,
                    missed=one.missed,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
                for question, one in zip(asked, tallies, strict=True)
            )

    def shown(self, session: Session, row: ClassSessionRow) -> tuple[Shown, ...]:
        """Return what was shown, in order."""
        found = []
        for pace in _paces(session, row.id):
            version = self._releases.of_lesson(session, pace.lesson_id)
            found.append(
                Shown(
                    lesson_id=pace.lesson_id,
                    version=version.number,
                    title=version.plan(pace.lesson_id).title,
                    from_at=pace.from_at,
                    to_at=pace.to_at,
                    by_name=pace.by_name,
                )
            )
        return tuple(found)

    def revised(
        self, session: Session, row: ClassSessionRow, queue: Iterable[InQuizQueue]
    ) -> CourseRevised | None:
        """Return what tells that a course has a newer version than what was shown or asked of it."""
        if row.course_id is None:
            return None
        lessons = {one.lesson_id for one in _paces(session, row.id)}
        lessons |= {tried.lesson_id for one in queue for tried in one.tries}
        versions = {self._releases.of_lesson(session, one).number for one in lessons}
        now = self._releases.newest(session, row.course_id)
        if versions <= {now.number}:
            return None
        return CourseRevised(
            held_by=tuple(sorted(versions)), now=now.number, since=now.published_at
        )

    def apply(self, unit: Unit, row: ClassSessionRow, people: Iterable[OnRoll]) -> tuple[UUID, ...]:
        """Let what was shown count for each who was there; return who completed the course by it."""
        paces = _paces(unit, row.id)
        if row.course_id is None or not paces:
            return ()
        completed = []
        for one in sorted(people, key=lambda one: one.person_id):
            seen = _seen(paces, one.intervals)
            if seen and self._learning.take_shown(unit, one.person_id, row.course_id, row.id, seen):
                completed.append(one.person_id)
        return tuple(completed)


def tallies_of(session: Session, session_id: UUID) -> tuple[Tally, ...]:
    """Return the counts that stand, in the order in which the questions were first asked."""
    rows = session.scalars(
        sa.select(SessionTallyRow)
        .where(SessionTallyRow.session_id == session_id)
        .order_by(SessionTallyRow.at, SessionTallyRow.id)
    )
    newest: dict[str, Tally] = {}
    for row in rows:
        newest[row.question] = Tally(question=row.question, knew=row.knew, missed=row.missed)
    return tuple(newest.values())


def _paces(session: Session, session_id: UUID) -> Sequence[SessionPaceRow]:
    return session.scalars(
        sa.select(SessionPaceRow)
        .where(SessionPaceRow.session_id == session_id)
        .order_by(SessionPaceRow.from_at, SessionPaceRow.id)
    ).all()


def _seen(paces: Iterable[SessionPaceRow], there: tuple[Interval, ...]) -> list[ShownLesson]:
    """Return what somebody saw: one screen shows one thing, the one that began first."""
    shown: dict[UUID, list[Interval]] = {}
    until: datetime | None = None
    for pace in paces:
        begin = pace.from_at if until is None else max(pace.from_at, until)
        if begin < pace.to_at:
            shown.setdefault(pace.lesson_id, []).append((begin, pace.to_at))
            until = pace.to_at
    return [
        ShownLesson(lesson_id=lesson_id, seen=seen)
        for lesson_id, intervals in shown.items()
        if (seen := both(intervals, there))
    ]


def _lesson_of(
    session: Session, releases: Releases, row: ClassSessionRow, lesson_id: UUID
) -> LessonPlan:
    version = releases.of_lesson(session, lesson_id)
    plan = version.plan(lesson_id)
    if version.course_id != row.course_id or not lesson_kind(plan.kind).is_for_all:
        raise TrainingRefused(
            _("{title} is not shown to all in this session.").format(title=plan.title),
            _("Show lessons of the session's course that are watched or read."),
        )
    return plan
