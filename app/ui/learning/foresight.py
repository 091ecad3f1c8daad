"""What a learner will probably open next, prepared while nothing else is to do."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.core.base.words import current_language
from app.core.learning import CourseInHand
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.packages.launcher import is_room_warm
from app.ui.learning.sitting import Sitting
from app.ui.learning.steps import first_language, step_after

if TYPE_CHECKING:
    from app.ui.learning.lesson_views import AnyLessonView

QUIET_MS = 700
"""How long a screen stands before anything is prepared: what it shows itself comes first."""
SOON_MS = 120
"""The same where most of it stands already, for whichever lesson comes."""
LEAN_MS = 60
"""How long pointer or focus rest on a lesson before it is prepared."""


class Foresight(QObject):
    """Prepares for one lesson at a time, while its screen is seen."""

    def __init__(self, screen: Screen[LearnerServices]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._course_id: UUID | None = None
        self._lesson_id: UUID | None = None
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._look)
        self._later = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._later.timeout.connect(self._look_around)

    def expect(self, course_id: UUID, lesson_id: UUID | None = None) -> None:
        """Prepare in a moment for a lesson of a course, begun or not; None: for the next one to do."""
        self._course_id, self._lesson_id = course_id, lesson_id
        self._quiet.start(SOON_MS if is_room_warm(home_of(self._screen)) else QUIET_MS)

    def expect_any(self) -> None:
        """Prepare in a moment for whichever lesson is opened."""
        self._later.start()

    def expect_after(self, sitting: Sitting) -> None:
        """Prepare in a moment for the lesson that follows the open one, if one does."""
        if sitting.hand is None or sitting.lesson is None or not sitting.is_recording:
            return
        following = step_after(sitting.hand, sitting.lesson).lesson
        if following is None:
            self.expect_any()
        else:
            self.expect(sitting.hand.course_id, following.lesson_id)

    def lean_beside(self, sitting: Sitting, lesson_id: UUID) -> None:
        """Prepare likewise for a lesson that somebody turned to beside the open one."""
        hand, lesson = sitting.hand, sitting.lesson
        if hand is None or lesson is None or not sitting.is_recording:
            return
        if lesson_id != lesson.lesson_id and hand.lesson(lesson_id).is_open:
            self.lean(hand.course_id, lesson_id)

    def lean(self, course_id: UUID, lesson_id: UUID) -> None:
        """Prepare for a lesson as soon as somebody who turned to it stays there."""
        self._course_id, self._lesson_id = course_id, lesson_id
        self._quiet.start(LEAN_MS)

    def forget(self) -> None:
        """Prepare for nothing."""
        self._course_id = None
        self._quiet.stop()
        self._later.stop()

    def _look(self) -> None:
        course_id, desk = self._course_id, self._screen.desk
        if course_id is not None and self._screen.isVisible():
            desk.jobs.run(
                lambda _progress: desk.services.learning.foresee(desk.actor, course_id),
                done=self._prepare,
                failed=lambda _error: None,  # told to whoever opens it
                owner=self,
            )

    def _prepare(self, hand: CourseInHand) -> None:
        if self._course_id != hand.course_id or not self._screen.isVisible():
            return
        self.expect_any()
        lesson = hand.next_lesson if self._lesson_id is None else hand.lesson(self._lesson_id)
        if lesson is None:
            return
        from app.ui.learning.lesson_views import view_of  # PDF and media libraries: 100 ms

        view = view_of(lesson.plan.kind)
        wished = (current_language(), hand.outline.language)
        language = first_language(view.languages(lesson.plan), wished)
        view.prepare(home_of(self._screen), hand.start_id, lesson, language)
        services = self._screen.desk.services
        self._screen.desk.jobs.run(
            lambda _progress: view.read_ahead(services, lesson, language),
            failed=lambda _error: None,
            owner=self,
            lane=Lane.WORK,
        )

    def _look_around(self) -> None:
        from app.ui.learning.lesson_views import LESSON_VIEWS  # as above

        desk = self._screen.desk
        slow = [view for view in LESSON_VIEWS if view.begins_slowly]

        def taught() -> "list[type[AnyLessonView]]":
            learning = desk.services.learning
            return [view for view in slow if any(learning.teaches(one) for one in view.kinds)]

        if self._screen.isVisible():
            desk.jobs.run(
                lambda _progress: taught(),
                done=self._prepare_any,
                failed=lambda _error: None,
                owner=self,
            )

    def _prepare_any(self, views: "list[type[AnyLessonView]]") -> None:
        if self._screen.isVisible():
            for view in views:
                view.prepare_any(home_of(self._screen))


def home_of(screen: Screen[LearnerServices]) -> QWidget:
    """Return where things stand that were prepared: what holds all screens of this sign-in."""
    return screen.parentWidget() or screen
