"""What a lesson view is: the part of the player that shows lessons of one or more kinds."""

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.figures import duration, share
from app.core.base.words import _
from app.core.courses import LessonPlan, Variant
from app.core.learning import LessonInHand
from app.ui.kit.attention import Attention
from app.ui.kit.layouts import column
from app.ui.kit.screen import Desk
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.progress_keeper import ProgressKeeper, Trace

ContentT = TypeVar("ContentT")
TICK_MS = 3000
"""How often what happened is told: the records promise not to lose more than five seconds."""


class NothingToShow(UserFacingError):
    """A lesson has no content."""

    def __init__(self) -> None:
        super().__init__(
            _("This lesson has no content yet."),
            safe=_("Your progress is saved."),
            remedy=_("Tell the author of the course."),
        )


class FileDamaged(UserFacingError):
    """The file of a lesson is not what it was."""

    def __init__(self) -> None:
        super().__init__(
            _("This lesson cannot be shown: its file is damaged."),
            safe=_("Your progress is saved."),
            remedy=_("Tell your trainer, and go on with another lesson."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a lesson view works with: the desk, who keeps the progress, and the learner's attention."""

    desk: Desk[LearnerServices]
    course_id: UUID
    keeper: ProgressKeeper
    attention: Attention
    home: QWidget
    """Outlives the view: what was prepared for it is there."""


class LessonView(QWidget, Generic[ContentT]):
    """Shows one lesson and tells what happens in it. A fresh one is made for every lesson.

    `fetch` runs off the window's thread and may be slow; everything else runs on it. After `stop`
    nothing more is told.
    """

    kinds: ClassVar[frozenset[str]]
    """The lesson kinds it shows."""

    begins_slowly: ClassVar[bool] = False
    """Whether `prepare_any` saves time."""

    plays: ClassVar[bool] = False
    """Whether it runs by itself, so that only while it runs is it shown."""

    tells_when_it_appears: ClassVar[bool] = False
    """Whether it emits `appeared` by itself; of others it is, as soon as they are presented."""

    run_changed = Signal()
    """What plays by itself began or stopped."""
    appeared = Signal()
    """What it shows is worth seeing now."""
    traced = Signal(object, int)
    """Carries a Trace since the last one, and the seconds of active time since then."""
    told_done = Signal()
    """The lesson was done by an act that the core has recorded already (a signature)."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.lesson: LessonInHand | None = None
        self.body: QVBoxLayout = column(self, gap=12)
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tell)

    @classmethod
    def counts(cls, plan: LessonPlan) -> str:
        """Return what has to happen in a lesson for it to be done, before it is opened."""
        raise NotImplementedError

    @classmethod
    def prepare(cls, home: QWidget, start_id: UUID, lesson: LessonInHand, language: str) -> None:
        """Begin in `home` what takes long when a lesson is opened, which it will be or may be."""

    @classmethod
    def read_ahead(cls, services: LearnerServices, lesson: LessonInHand, language: str) -> None:
        """Read off the window's thread what `fetch` would read first; nothing is recorded."""

    @classmethod
    def prepare_any(cls, home: QWidget) -> None:
        """Begin in `home` what takes long whichever lesson of this kind is opened."""

    @classmethod
    def languages(cls, plan: LessonPlan) -> tuple[str, ...]:
        """Return the languages a lesson can be shown in, in the author's order."""
        return tuple(dict.fromkeys(variant.language for variant in plan.variants))

    @classmethod
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> ContentT:
        """Read what is shown, off the window's thread. Raises AssetMissing."""
        raise NotImplementedError

    def show_lesson(self, lesson: LessonInHand, language: str, content: ContentT) -> None:
        """Show what was fetched, and begin to tell what happens. Raises FileDamaged."""
        self.present(lesson, language, content)
        self.lesson = lesson
        self._ticker.start()
        if not self.tells_when_it_appears:
            self.appeared.emit()

    def present(self, lesson: LessonInHand, language: str, content: ContentT) -> None:
        """Put the content on screen. Raises FileDamaged."""
        raise NotImplementedError

    def take_lesson(self, lesson: LessonInHand) -> None:
        """Learn how the lesson now stands in the records; before it is shown, nothing is told of it."""
        if self.lesson is not None:
            self.lesson = lesson

    def resume(self, state: Trace) -> None:
        """Go to where somebody was, in the terms of the lesson's tracker."""

    def state(self) -> Trace:
        """Return where somebody is now, so that another language goes on from there."""
        return {}

    def new_trace(self) -> Trace:
        """Return what happened since the last call, and forget it; empty when nothing did."""
        return {}

    def hint(self, lesson: LessonInHand) -> str:
        """Return the line under the lesson: how it works and what it asks for."""
        raise NotImplementedError

    def needs(self, lesson: LessonInHand) -> str:
        """Return in a few words what is missing before the next lesson opens."""
        raise NotImplementedError

    def tell(self) -> None:
        """Tell what happened since the last time, if anything did."""
        if self.lesson is None:
            return
        trace, seconds = self.new_trace(), self.place.attention.take()
        if trace or seconds:
            self.traced.emit(trace, seconds)

    def is_running(self) -> bool:
        """Tell whether it is shown: what plays by itself, only while it plays."""
        return True

    def toggle_running(self) -> None:
        """Let what plays by itself go on, or pause."""

    def turn(self, pages: int) -> bool:  # noqa: ARG002  of this lesson, nothing
        """Turn so many pages on, or back; tell whether there was one to turn to."""
        return False

    def halt(self) -> None:
        """Stop what moves by itself; the lesson stays where it is."""

    def stop(self) -> None:
        """Tell what is left to tell, and let go of files and players."""
        self.halt()
        self.tell()
        self._ticker.stop()
        self.lesson = None

    def take_focus(self) -> None:
        """Put the focus where the lesson is worked with."""
        self.setFocus()


def variant_in(plan: LessonPlan, language: str) -> Variant:
    """Return a lesson's content in a language, or the first there is. Raises NothingToShow."""
    in_language = (one for one in plan.variants if one.language == language)
    found = next(in_language, next(iter(plan.variants), None))
    if found is None:
        raise NothingToShow
    return found


def with_time(plan: LessonPlan, words: str) -> str:
    """Return what a lesson's rule asks for: `words`, and the least time where it names one."""
    if not plan.rule.active_seconds:
        return words
    time = _("stay at least {time}").format(time=duration(plan.rule.active_seconds))
    return f"{words}, {time}"


def asked_share(plan: LessonPlan) -> str:
    """Return the share that a lesson's rule asks for; "" where it asks for all of it."""
    return "" if plan.rule.share >= 1 else share(plan.rule.share)


def needs_time(lesson: LessonInHand) -> str:
    """Return that only time is missing, when that is so; else ""."""
    rule = lesson.plan.rule
    if lesson.is_done or lesson.share < rule.share or not rule.active_seconds:
        return ""
    return _("Stay with it for at least {time}").format(time=duration(rule.active_seconds))


AnyLessonView = LessonView[Any]  # each view has content of its own
