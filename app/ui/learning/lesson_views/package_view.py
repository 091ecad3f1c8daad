"""Packages: web content that a course brings along, behind walls, with what it reports kept as it goes.

F6 leads out of the package to the bar over it, and back; Esc leaves full screen.
"""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.courses import LessonPlan, PackageWindow, package_settings
from app.core.learning import Launch, LessonInHand, Situation, Way, Wish, registration_of
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Tone, current_theme
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.lesson_views.lesson_view import (
    LessonView,
    Place,
    needs_time,
    variant_in,
    with_time,
)
from app.ui.learning.packages.bar import PackageBar
from app.ui.learning.packages.launcher import Launcher, prepare_room
from app.ui.learning.packages.page_place import PagePlace
from app.ui.learning.packages.paper import print_page
from app.ui.learning.packages.presence import Presence
from app.ui.learning.packages.stage import PackageStage
from app.ui.learning.packages.way_out import WayOut

if TYPE_CHECKING:
    from app.ui.learning.web.page import CoursePage
    from app.ui.learning.web.session import PackageSession

_OUTSIDE = frozenset({PackageWindow.OWN, PackageWindow.FULL_SCREEN})


class PackageView(LessonView[Launch]):
    """The package's page, its contents beside it, a bar over it."""

    kinds = frozenset({"package"})
    begins_slowly = True
    tells_when_it_appears = True

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.bar = PackageBar()
        self.trouble = Banner("", Tone.DANGER)
        self.stage = PackageStage(self.reopen)
        self._page_place = PagePlace(self.stage, self)
        self._launcher = Launcher(self, place.desk, place.home, self._page_place)
        self._way_out = WayOut(self, self.bar, self._page_place)
        self._presence = Presence(self, self._launcher, self._page_place, self.reopen)
        self._shown: tuple[LessonInHand, str] | None = None
        self.body.setSpacing(current_theme().px(6))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        self.body.addWidget(self.stage, 1)
        self._connect()

    def _connect(self) -> None:
        launcher = self._launcher
        self.bar.wished.connect(lambda way: launcher.wish(Wish(way)))
        self.bar.contents_toggled.connect(self.stage.toggle_contents)
        self.bar.zoomed.connect(launcher.set_zoom)
        self.bar.print_asked.connect(self._print)
        self.bar.full_screen_asked.connect(partial(self._page_place.take_out, full=True))
        self.stage.contents.chosen.connect(lambda target: launcher.wish(Wish(Way.CHOICE, target)))
        launcher.moved.connect(self._show_situation)
        launcher.kept.connect(self.appeared)  # a page has loaded, or is gone
        launcher.kept.connect(self.told_done)
        launcher.failing.connect(self._show_trouble)
        launcher.refused.connect(self._show_refusal)
        launcher.crashed.connect(self._show_crash)
        launcher.print_asked.connect(self._print_page)
        launcher.freed.connect(self.reopen)

    @property
    def session(self) -> "PackageSession | None":
        """Return the launch that is open, if one is."""
        return self._launcher.session

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        required = package_settings(plan).required_score
        if required is None:
            return with_time(plan, _("Finish the package"))
        return with_time(
            plan, _("Finish the package with at least {percent} %").format(percent=required)
        )

    @classmethod
    @override
    def prepare(cls, home: QWidget, start_id: UUID, lesson: LessonInHand, language: str) -> None:
        if lesson.plan.variants:
            package = variant_in(lesson.plan, language).asset
            prepare_room(home, registration_of(start_id, lesson.lesson_id, package))

    @classmethod
    @override
    def read_ahead(cls, services: LearnerServices, lesson: LessonInHand, language: str) -> None:
        services.launches.foresee(lesson.plan, language)

    @classmethod
    @override
    def prepare_any(cls, home: QWidget) -> None:
        prepare_room(home)

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> Launch:
        return place.keeper.open_package(lesson, language)

    @override
    def present(self, lesson: LessonInHand, language: str, content: Launch) -> None:
        self._shown = (lesson, language)
        self._launcher.start(content)

    def reopen(self) -> None:
        """Open the package once more, from where it was left."""
        shown = self._shown
        if shown is None or self.lesson is None:
            return
        lesson, language = shown
        self._launcher.let_go()
        self.place.desk.jobs.run(
            lambda _progress: self.fetch(self.place, lesson, language),
            done=lambda launch: self.present(lesson, language, launch),
            failed=self._show_trouble,
            owner=self,
        )

    def _show_situation(self, situation: Situation) -> None:
        session, shown = self.session, self._shown
        if session is None or shown is None:
            return
        self.trouble.hide()
        self.bar.show_situation(situation)
        self.stage.show_situation(situation, session.web)
        if situation.current and session.web.window_page is not None:
            self.stage.show_tile(
                _("This part is open in a window of its own. Close it when you are done with it."),
                again=False,
            )
        if situation.refusal:
            self._show_refusal(situation.refusal)
        window = package_settings(shown[0].plan).window
        if situation.opening is not None and session.is_fresh and window in _OUTSIDE:
            self._page_place.take_out(full=window is PackageWindow.FULL_SCREEN)
        session.is_fresh = False

    def _show_crash(self) -> None:
        self.stage.show_tile(
            _("This part of the course stopped working. What it has saved is kept."), again=True
        )

    def _show_refusal(self, sentence: str) -> None:
        self.place.desk.toast(sentence, Tone.WARNING)

    def _show_trouble(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()

    def _print(self) -> None:
        if self.session is not None:
            self._print_page(self.session.web.window_page or self.session.web.page)

    def _print_page(self, page: "CoursePage") -> None:
        print_page(page, self, self.lesson.plan.title if self.lesson is not None else "")

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("This lesson is done. Come back to it whenever you like.")
        return _("The package says itself when it is done. F6 leads out of it and back.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return needs_time(lesson) or _("Finish the package")

    @override
    def tell(self) -> None:
        if self.session is not None and self.session.web.page.recentlyAudible():
            self.place.attention.note()
            self.place.desk.note_activity()
        super().tell()

    @override
    def halt(self) -> None:
        if self.session is not None:
            self.session.web.set_muted(muted=True)
            self.session.pause()

    @override
    def stop(self) -> None:
        super().stop()
        self._launcher.let_go()

    @override
    def take_focus(self) -> None:
        self._way_out.enter()
