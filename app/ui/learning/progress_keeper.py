"""Who keeps what a learner does: the records, or, in an author's preview, nobody."""

from fractions import Fraction
from typing import Any, Protocol
from uuid import UUID

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.learning import CourseInHand, Launch, LessonInHand
from app.ui.learning.learner_services import LearnerServices

Trace = dict[str, Any]
"""What happened in a lesson, in the terms of its tracker."""


class ProgressKeeper(Protocol):
    """Opens a course and keeps what happens in it. Everything but `is_recording` may take a while."""

    is_recording: bool
    """Whether anything is kept; False in a preview."""
    is_for_all: bool
    """Whether it is shown to a class: then no lesson waits for another, and none is one's own."""

    def open(self) -> CourseInHand:
        """Return the course as it stands, begun if it was not."""
        ...

    def open_package(self, lesson: LessonInHand, language: str) -> Launch:
        """Return a launch of a package lesson. Raises PackageNotPlayable, AssetMissing."""
        ...

    def keep(self, lesson_id: UUID, trace: Trace, active_seconds: int) -> LessonInHand | None:
        """Keep what happened; on disk when this returns. None where nothing is kept."""
        ...

    def leave(self, lesson_id: UUID) -> None:
        """Write what was done in this sitting as one fact."""
        ...

    def acknowledge(self, lesson_id: UUID, statement: str, untrusted_secret: str) -> None:
        """Prove who is here and record that they have read and understood.

        Raises WrongSecret, AccountLocked.
        """
        ...


class RecordedProgress:
    """The learner's own course: everything is kept."""

    is_recording = True
    is_for_all = False

    def __init__(self, services: LearnerServices, actor: Actor, course_id: UUID) -> None:
        self._services = services
        self._actor = actor
        self._course_id = course_id
        self._start_id: UUID | None = None

    def open(self) -> CourseInHand:
        """Return the course as it stands, begun if it was not."""
        hand = self._services.learning.begin(self._actor, self._course_id)
        self._start_id = hand.start_id
        return hand

    def open_package(self, lesson: LessonInHand, language: str) -> Launch:
        """Return a launch that goes on from where the learner was."""
        launches = self._services.launches
        return launches.open(self._actor, self._start, lesson.lesson_id, language)

    def keep(self, lesson_id: UUID, trace: Trace, active_seconds: int) -> LessonInHand | None:
        """Keep what happened; on disk when this returns."""
        learning = self._services.learning
        return learning.tick(self._actor, self._start, lesson_id, trace, active_seconds)

    def leave(self, lesson_id: UUID) -> None:
        """Write what was done in this sitting as one fact."""
        self._services.learning.pause(self._actor, self._start, lesson_id)

    def acknowledge(self, lesson_id: UUID, statement: str, untrusted_secret: str) -> None:
        """Prove who is here and record that they have read and understood."""
        method = self._services.sign_in.verify_again(self._actor, untrusted_secret)
        self._services.learning.acknowledge(
            self._actor, self._start, lesson_id, statement, method.value
        )

    @property
    def _start(self) -> UUID:
        return self._start_id if self._start_id is not None else self.open().start_id


class PreviewedCourse:
    """An author's look at a course: every lesson is open, nothing is kept."""

    is_recording = False
    is_for_all = False

    def __init__(self, services: LearnerServices, actor: Actor, outline: Outline) -> None:
        self._services = services
        self._actor = actor
        self._outline = outline

    def open(self) -> CourseInHand:
        """Return the course with every lesson open and none done."""
        nobody = UUID(int=0)
        lessons = tuple(
            LessonInHand(
                lesson_id=plan.key,
                position=position,
                plan=plan,
                share=Fraction(0),
                is_done=False,
                is_open=True,
                state={},
            )
            for position, plan in enumerate(self._outline.lessons, start=1)
        )
        return CourseInHand(
            start_id=nobody,
            course_id=nobody,
            version_id=nobody,
            version=0,
            outline=self._outline,
            lessons=lessons,
            completed_at=None,
            valid_until=None,
        )

    def open_package(self, lesson: LessonInHand, language: str) -> Launch:
        """Return a launch that works as a learner's does, and is kept nowhere."""
        return self._services.launches.preview(self._actor, lesson.plan, language)

    def keep(self, lesson_id: UUID, trace: Trace, active_seconds: int) -> LessonInHand | None:  # noqa: ARG002  a preview keeps nothing
        """Keep nothing."""
        return None

    def leave(self, lesson_id: UUID) -> None:
        """Keep nothing."""

    def acknowledge(self, lesson_id: UUID, statement: str, untrusted_secret: str) -> None:
        """Keep nothing."""
