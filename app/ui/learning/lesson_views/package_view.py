"""Packages: web content that a course brings along, behind walls, with what it reports kept as it goes.

F6 leads out of the package to the bar over it, and back; Esc leaves full screen.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.learning import Launch, LessonInHand, Situation, Way, Wish
from app.ui.kit.layouts import row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.printing import ask_printer
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone, current_theme
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.lesson_views.lesson_view import LessonView, Place, needs_time
from app.ui.learning.packages.bar import PackageBar
from app.ui.learning.packages.contents import ContentsPanel

if TYPE_CHECKING:
    from app.ui.learning.web.page import CoursePage
    from app.ui.learning.web.session import PackageSession

_CONTENTS_WIDTH = 240
_CONTENTS_NEED = 720
_DIRECT = frozenset({Way.PREVIOUS, Way.CONTINUE, Way.SUSPEND_ALL, Way.EXIT_ALL})


class PackageView(LessonView[Launch]):
    """The package's page, its contents beside it, a bar over it."""

    kinds = frozenset({"package"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self.session: PackageSession | None = None
        self.bar = PackageBar()
        self.trouble = Banner("", Tone.DANGER)
        self.contents = ContentsPanel()
        self.pages = QStackedWidget()
        self.tile = EmptyState("", icon="package", action=_("Open it again"), act=self._reopen)
        self._is_wanted = True
        self._is_away = False
        self._shown: tuple[LessonInHand, str] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(current_theme().px(6))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        line = row(gap=10)
        self.contents.setFixedWidth(current_theme().px(_CONTENTS_WIDTH))
        self.contents.hide()
        line.addWidget(self.contents)
        line.addWidget(self.pages, 1)
        self.body.addLayout(line, 1)
        self.pages.addWidget(QWidget())
        self.pages.addWidget(self.tile)

    def _connect(self) -> None:
        self.bar.wished.connect(lambda way: self._wish(Wish(way)))
        self.bar.contents_toggled.connect(self._toggle_contents)
        self.bar.zoomed.connect(self._zoom)
        self.bar.print_asked.connect(self._print)
        self.bar.full_screen_asked.connect(lambda: self._fill_screen(wanted=True))
        self.contents.chosen.connect(lambda target: self._wish(Wish(Way.CHOICE, target)))
        out = QShortcut(QKeySequence(Qt.Key.Key_F6), self)
        out.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        out.activated.connect(self._step_out)

    @override
    def fetch(self, lesson: LessonInHand, language: str) -> Launch:
        return self.place.keeper.open_package(lesson, language)

    @override
    def present(self, lesson: LessonInHand, language: str, content: Launch) -> None:
        from app.ui.learning.web.engine import start_engine  # loads the web engine: packages only

        start_engine()
        from app.ui.learning.web.session import PackageSession  # likewise, and after it

        self._shown = (lesson, language)
        self._let_go()
        before = PackageSession.ending.get(content.registration)
        if before is not None:
            before.closed.connect(self._reopen)
            return
        services = self.place.desk.services
        session = PackageSession(
            content, services.launches, self.place.desk.actor, services.assets, self.place.desk.jobs
        )
        self._take(session)
        session.start()

    def _take(self, session: "PackageSession") -> None:
        self.session = session
        session.moved.connect(self._show_situation)
        session.kept.connect(self.told_done)
        session.failing.connect(self._show_trouble)
        session.crashed.connect(self._show_crash)
        session.close_asked.connect(lambda: self._wish(Wish(Way.SUSPEND_ALL)))
        session.web.full_screen_asked.connect(lambda wanted: self._fill_screen(wanted=wanted))
        session.web.print_asked.connect(self._print_page)
        session.web.set_zoom(self.bar.percent)
        self.pages.addWidget(session.web)
        self.pages.setCurrentWidget(session.web)

    def _let_go(self) -> None:
        """Let the launch go on by itself until its page has said its last words."""
        session, self.session = self.session, None
        if session is None:
            return
        from app.ui.learning.web.session import homed  # the engine is loaded: there is a launch

        self._fill_screen(wanted=False)
        for signal in (session.moved, session.kept, session.failing, session.crashed):
            signal.disconnect()
        self.pages.removeWidget(session.web)
        homed(session.web, self.window())
        session.close()

    def _reopen(self) -> None:
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
        self.trouble.hide()
        self.bar.show_situation(situation)
        self.contents.show_lines(situation.contents)
        self._fold()
        session = self.session
        if session is None:
            return
        if situation.is_over:
            self._show_tile(_("You have left this package. Your progress is saved."), again=True)
        elif not situation.current:
            self._show_tile(_("Choose a part from the contents."), again=False)
        else:
            self.pages.setCurrentWidget(session.web)
        if situation.refusal:
            self.place.desk.toast(situation.refusal, Tone.WARNING)

    def _show_tile(self, sentence: str, *, again: bool) -> None:
        self.tile.set_sentence(sentence)
        if self.tile.button is not None:
            self.tile.button.setVisible(again)
        self.pages.setCurrentWidget(self.tile)

    def _show_crash(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            self.pages.removeWidget(session.web)
            session.drop()
        self._show_tile(
            _("This part of the course stopped working. What it has saved is kept."), again=True
        )

    def _show_trouble(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()

    def _zoom(self, percent: int) -> None:
        if self.session is not None:
            self.session.web.set_zoom(percent)

    def _print(self) -> None:
        if self.session is not None:
            self._print_page(self.session.web.page)

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

    def _fill_screen(self, *, wanted: bool) -> None:
        session = self.session
        if session is None or session.web.isWindow() == wanted:
            return
        web = session.web
        if wanted:
            web.setParent(None)
            web.setWindowFlag(Qt.WindowType.Window, on=True)
            web.installEventFilter(self)
            web.showFullScreen()
        else:
            web.removeEventFilter(self)
            web.setWindowFlag(Qt.WindowType.Window, on=False)
            self.pages.addWidget(web)
            self.pages.setCurrentWidget(web)
            web.leave_full_screen()
        web.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.Close} and (
            is_escape or event.type() == QEvent.Type.Close
        ):
            self._fill_screen(wanted=False)
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _step_out(self) -> None:
        """Go from the package to the bar over it, or back."""
        focused, session = QApplication.focusWidget(), self.session
        inside = session is not None and focused is not None and session.web.isAncestorOf(focused)
        if inside or session is None:
            self.bar.focus_first()
        else:
            session.web.setFocus()

    def _toggle_contents(self) -> None:
        self._is_wanted = self.contents.isHidden()
        self._fold(by_hand=True)

    def _fold(self, *, by_hand: bool = False) -> None:
        situation = self.session.situation if self.session is not None else None
        has_parts = situation is not None and sum(line.opens for line in situation.contents) > 1
        has_room = by_hand or self.width() >= current_theme().px(_CONTENTS_NEED)
        self.contents.setVisible(has_parts and has_room and self._is_wanted)

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
            self.session.web.page.setAudioMuted(True)
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
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.session is not None:
            self.session.web.page.setAudioMuted(False)
        elif self._is_away:
            self._reopen()
        self._is_away = False

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Let the package say its last words when the learner goes elsewhere; a lock only covers it."""
        super().hideEvent(event)
        is_covered = not self._screen().isHidden() and not self.window().isHidden()
        if self.session is not None and not event.spontaneous() and not is_covered:
            self._is_away = self.lesson is not None
            self._let_go()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
