"""Packages: web content that a course brings along, behind walls, with what it reports kept as it goes.

F6 leads out of the package to the bar over it, and back; Esc leaves full screen.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.courses import LessonPlan, PackageWindow, package_settings
from app.core.learning import Launch, LessonInHand, Situation, Way, Wish
from app.ui.kit.notices import Banner
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone, current_theme
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.lesson_views.lesson_view import LessonView, Place, needs_time, with_time
from app.ui.learning.packages.bar import PackageBar
from app.ui.learning.packages.own_window import OwnWindow
from app.ui.learning.packages.stage import PackageStage

if TYPE_CHECKING:
    from app.ui.learning.web.page import CoursePage
    from app.ui.learning.web.session import PackageSession

_OUTSIDE = frozenset({PackageWindow.OWN, PackageWindow.FULL_SCREEN})


class PackageView(LessonView[Launch]):
    """The package's page, its contents beside it, a bar over it."""

    kinds = frozenset({"package"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.session: PackageSession | None = None
        self.bar = PackageBar()
        self.trouble = Banner("", Tone.DANGER)
        self.stage = PackageStage(self.reopen)
        self.own_window = OwnWindow(self)
        self._is_away = False
        self._shown: tuple[LessonInHand, str] | None = None
        self.body.setSpacing(current_theme().px(6))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        self.body.addWidget(self.stage, 1)
        self._connect()

    def _connect(self) -> None:
        self.bar.wished.connect(lambda way: self._wish(Wish(way)))
        self.bar.contents_toggled.connect(self.stage.toggle_contents)
        self.bar.zoomed.connect(self._zoom)
        self.bar.print_asked.connect(self._print)
        self.bar.full_screen_asked.connect(partial(self._take_out, full=True))
        self.stage.contents.chosen.connect(lambda target: self._wish(Wish(Way.CHOICE, target)))
        self.own_window.came_back.connect(self._take_back)
        out = QShortcut(QKeySequence(Qt.Key.Key_F6), self)
        out.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        out.activated.connect(self.step_out)

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        required = package_settings(plan).required_score
        if required is None:
            return with_time(plan, _("Finish the package"))
        return with_time(
            plan, _("Finish the package with at least {percent} %").format(percent=required)
        )

    @override
    def fetch(self, lesson: LessonInHand, language: str) -> Launch:
        return self.place.keeper.open_package(lesson, language)

    @override
    def present(self, lesson: LessonInHand, language: str, content: Launch) -> None:
        from app.ui.learning.web.engine import start_engine  # loads the web engine: packages only

        try:
            start_engine()
        except UserFacingError:
            self._give_back(content)
            raise
        from app.ui.learning.web.session import PackageSession  # likewise, and after it

        self._shown = (lesson, language)
        self._let_go()
        before = PackageSession.ending.get(content.registration)
        if before is not None:
            before.closed.connect(self.reopen)
            self._give_back(content)
            return
        services, desk = self.place.desk.services, self.place.desk
        session = PackageSession(content, services.launches, desk.actor, services.assets, desk.jobs)
        self._take(session)
        session.start()

    def _give_back(self, launch: Launch) -> None:
        """End a launch that was never begun."""
        desk = self.place.desk
        desk.jobs.run(
            lambda _progress: desk.services.launches.close(desk.actor, launch), owner=desk.jobs
        )

    def _take(self, session: "PackageSession") -> None:
        self.session = session
        session.moved.connect(self._show_situation)
        session.kept.connect(self.told_done)
        session.failing.connect(self._show_trouble)
        session.refused.connect(self._show_refusal)
        session.crashed.connect(self._show_crash)
        session.close_asked.connect(lambda: self._wish(Wish(Way.SUSPEND_ALL)))
        session.web.full_screen_asked.connect(self._take_full_screen)
        session.web.print_asked.connect(self._print_page)
        session.web.set_zoom(self.bar.percent)
        self.stage.put_on(session.web)

    def _let_go(self) -> None:
        """Let the launch go on by itself until its page has said its last words."""
        session = self.session
        if session is None:
            return
        self.own_window.bring_back()
        self.session = None
        told = (session.moved, session.kept, session.failing, session.refused, session.crashed)
        for signal in told:
            signal.disconnect()
        self.stage.take_off(session.web)
        session.web.hide()
        session.web.setParent(self.window())
        session.close()

    def reopen(self) -> None:
        """Open the package once more, from where it was left."""
        shown = self._shown
        if shown is None or self.lesson is None:
            return
        lesson, language = shown
        self._let_go()
        self.place.desk.jobs.run(
            lambda _progress: self.fetch(lesson, language),
            done=lambda launch: self.present(lesson, language, launch),
            failed=self._show_trouble,
            owner=self,
        )

    def _wish(self, wish: Wish) -> None:
        if self.session is not None:
            self.session.wish(wish)

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
            self._take_out(full=window is PackageWindow.FULL_SCREEN)
        session.is_fresh = False

    def _show_crash(self) -> None:
        session = self.session
        if session is not None:
            self.own_window.bring_back()
            self.session = None
            self.stage.take_off(session.web)
            session.drop()
        self.stage.show_tile(
            _("This part of the course stopped working. What it has saved is kept."), again=True
        )

    def _show_refusal(self, sentence: str) -> None:
        self.place.desk.toast(sentence, Tone.WARNING)

    def _show_trouble(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()

    def _zoom(self, percent: int) -> None:
        if self.session is not None:
            self.session.web.set_zoom(percent)

    def _print(self) -> None:
        if self.session is not None:
            self._print_page(self.session.web.window_page or self.session.web.page)

    def _print_page(self, page: "CoursePage") -> None:
        title = self.lesson.plan.title if self.lesson is not None else ""

        def printed(content: QByteArray) -> None:
            if not content.isEmpty():
                ask_printer(self._screen(), bytes(content.data()), title)

        page.printToPdf(printed)

    def _screen(self) -> Screen[LearnerServices]:
        at: QWidget | None = self
        while at is not None and not isinstance(at, Screen):
            at = at.parentWidget()
        if at is None:
            raise LookupError("a lesson view lies in a screen")
        return at

    def _take_full_screen(self, wanted: bool) -> None:
        if wanted:
            self._take_out(full=True)
        else:
            self.own_window.bring_back()

    def _take_out(self, *, full: bool) -> None:
        if self.session is None or self.own_window.is_out:
            return
        if self.session.web.unit_window is not None:
            self.session.web.unit_window.come_forward(full=full)
        else:
            self.stage.take_off(self.session.web)
            self.own_window.take_out(self.session.web, full=full)

    def _take_back(self) -> None:
        if self.session is not None:
            self.stage.put_on(self.session.web)
            self.session.web.leave_full_screen()
            self.session.web.setFocus()

    def step_out(self) -> None:
        """Go from the package to the bar over it, or back."""
        focused, session = QApplication.focusWidget(), self.session
        inside = session is not None and focused is not None and session.web.isAncestorOf(focused)
        if inside or session is None:
            self.bar.focus_first()
        else:
            session.web.setFocus()

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("The package says that it is done. Come back to it whenever you like.")
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
        self._let_go()

    @override
    def take_focus(self) -> None:
        if self.session is not None:
            self.session.web.setFocus()
        else:
            self.bar.focus_first()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the package say its last words when somebody signs out: all around it is deleted then."""
        if event.type() is QEvent.Type.DeferredDelete:
            self._let_go()
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        at = self.parentWidget()
        while at is not None and not at.isWindow():
            at.removeEventFilter(self)
            at.installEventFilter(self)
            at = at.parentWidget()
        if self.session is not None:
            self.session.web.set_muted(muted=False)
            self.session.web.set_covered(covered=False)
        elif self._is_away:
            # Whoever comes back by opening a course gets a view anew at once, and this one is stopped
            QTimer.singleShot(0, self, self._come_back)
        self._is_away = False

    def _come_back(self) -> None:
        if self.session is None and self.isVisible():
            self.reopen()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Let the package say its last words when the learner goes elsewhere; a lock only covers it."""
        super().hideEvent(event)
        is_covered = not self._screen().isHidden() and not self.window().isHidden()
        if self.session is None or event.spontaneous():
            return
        if is_covered:  # what stands in a window of its own would stand over the lock
            self.own_window.bring_back()
            self.session.web.set_covered(covered=True)
        else:
            self._is_away = self.lesson is not None
            self._let_go()
