"""A course shown on one screen to a whole class: the pace is kept once, for all who are there."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.clock import Clock
from app.core.courses import Outline
from app.core.learning import CourseInHand, Launch, LessonInHand
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.progress_keeper import Trace

_TOGETHER = timedelta(seconds=6)
"""Two stretches with less between them are one: ticks come every three seconds."""
_AT_ONCE = timedelta(seconds=30)
"""So long a stretch is written at the latest: a power cut takes no more than that of the log."""


class ShownToAll:
    """The trainer's course: every lesson that is watched or read is open; nobody's own progress is kept.

    What was shown, and when, becomes facts of the session, which count for each from their joining on.
    """

    is_recording = True
    is_for_all = True

    def __init__(
        self, services: LearnerServices, actor: Actor, session_id: UUID, clock: Clock
    ) -> None:
        self.session_id = session_id
        self._services = services
        self._actor = actor
        self._clock = clock
        self._shown: dict[UUID, tuple[datetime, datetime]] = {}

    def open(self) -> CourseInHand:
        """Return the lessons that may be shown, all of them open."""
        sessions = self._services.sessions
        shown = sessions.showing.lessons(self._actor, self.session_id)
        title = sessions.detail(self._actor, self.session_id).summary.title
        can_be = [one for one in shown if one.can_be_shown]
        nobody = UUID(int=0)
        return CourseInHand(
            start_id=nobody,
            course_id=nobody,
            version_id=nobody,
            version=0,
            outline=Outline(title=title, lessons=tuple(one.plan for one in can_be)),
            lessons=tuple(
                LessonInHand(
                    lesson_id=one.lesson_id,
                    position=position,
                    plan=replace(one.plan, is_locked_first=False),
                    share=Fraction(0),
                    is_done=False,
                    is_open=True,
                    state={},
                )
                for position, one in enumerate(can_be, start=1)
            ),
            completed_at=None,
            valid_until=None,
        )

    def open_package(self, lesson: LessonInHand, language: str) -> Launch:
        """Return a launch that is kept nowhere. Packages are each one's own, and are not offered."""
        return self._services.launches.preview(self._actor, lesson.plan, language)

    def keep(self, lesson_id: UUID, trace: Trace, active_seconds: int) -> LessonInHand | None:  # noqa: ARG002  where the film is matters to nobody afterwards
        """Take over that a lesson was on the screen for some seconds until now."""
        now = self._clock.now()
        begin = now - timedelta(seconds=active_seconds)
        since, until = self._shown.get(lesson_id, (begin, begin))
        if begin - until > _TOGETHER:
            self._write(lesson_id)
            since = begin
        if active_seconds:
            self._shown[lesson_id] = (min(since, begin), now)
        since, until = self._shown.get(lesson_id, (now, now))
        if until - since >= _AT_ONCE:
            self._write(lesson_id)
        return None

    def leave(self, lesson_id: UUID) -> None:
        """Write what was shown since the last time."""
        self._write(lesson_id)

    def acknowledge(self, lesson_id: UUID, statement: str, untrusted_secret: str) -> None:
        """Keep nothing: nobody acknowledges for a class."""

    def _write(self, lesson_id: UUID) -> None:
        stretch = self._shown.pop(lesson_id, None)
        if stretch is not None and stretch[0] < stretch[1]:
            self._services.sessions.showing.note(self._actor, self.session_id, lesson_id, stretch)
