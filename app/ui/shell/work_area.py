"""What a signed-in person works in: navigation, top bar, and the screen that is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock
from app.core.base.errors import Cancelled, UserFacingError
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.dialogs import Question, ask, tell
from app.ui.kit.held_note import HeldNote
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column, row
from app.ui.kit.nav import NavRail
from app.ui.kit.screen import Place, Screen
from app.ui.kit.theme import Theme, Tone
from app.ui.kit.top_bar import TopBar
from app.ui.people.words import roles_words
from app.ui.shell.found import search_words
from app.ui.shell.layers import Layers
from app.ui.shell.learner_mode_notice import LearnerModeNotice
from app.ui.shell.navigation import Navigation
from app.ui.shell.screen_stack import ScreenStack
from app.ui.shell.screens import screen_spec
from app.ui.shell.site_notices import SiteNotices
from app.ui.shell.trail import Trail

if TYPE_CHECKING:
    from app.core.training.sessions import SessionSummary
    from app.services import Services

_HOME = "home"
_OF_ACCOUNTS = frozenset(
    {"account", "role_grant", "delegation", "person", "person_decision", "org_unit"}
)
"""Tables of which a change may end what somebody could do when they signed in."""
_LOOK_EVERY_MS = 60_000
"""While it is seen: a visit runs out, and what another program at these records writes is not announced here."""


class WorkArea(QWidget):
    """Implements kit's Desk for the screens. Lives from sign-in to sign-out."""

    sign_out_asked = Signal()
    over = Signal(object)
    """Carries the UserFacingError that says why whoever works here has to sign in anew."""
    lock_asked = Signal()
    turns_asked = Signal(object)
    """Carries the id of the class for whose quiz others sign in here."""
    language_chosen = Signal(str)

    def __init__(
        self,
        services: "Services",
        actor: Actor,
        *,
        theme: Theme,
        jobs: JobRunner,
        changes: ChangeFeed,
        note_activity: Callable[[], None],
        change_data_key: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.services: Final = services
        self.actor: Final = actor
        self.theme: Final = theme
        self.jobs: Final = jobs
        self.changes: Final = changes
        self.change_data_key: Final = change_data_key
        self._note_activity = note_activity
        self.photo = b""
        self._trail = Trail()
        self.layers = Layers(self, self)
        self._navigation = Navigation(services.open_site.name, actor, self)
        self.nav = self._navigation.rail
        self.top = TopBar(theme, jobs, search=search_words(actor))
        self.stack = ScreenStack(self, self.nav.keys())
        self.notices = SiteNotices(self, self) if actor.may(Capability.MANAGE_SITE) else None
        self.held = HeldNote(self, self)
        self.learner_mode = LearnerModeNotice(self)
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self._load_photo()
        self.open(self._navigation.first)
        if self._navigation.first == _HOME and actor.may(Capability.ASSIGN):
            self._begin_by_day()

    def _begin_by_day(self) -> None:
        """Begin with today's classes where a trainer who learns, too, has one to hold or to sign."""

        def begin(led: "tuple[SessionSummary, ...]") -> None:
            if led and self._trail.here[0] == _HOME:
                self.open("sessions")

        sessions = self.services.sessions
        self.jobs.run(lambda _progress: sessions.led_today(self.actor), done=begin, owner=self)

    def _load_photo(self) -> None:
        """Show the face of who is signed in beside "Not you?"."""
        photos, actor = self.services.people.photos, self.actor

        def show(photo: bytes) -> None:
            self.photo = photo
            self.top.person.show_photo(photo)

        if actor.person_id is not None:
            self.jobs.run(lambda _progress: photos.own(actor), done=show, owner=self)

    def _lay_out(self) -> None:
        sides = row(self, gap=0)
        sides.addWidget(self.nav)
        right = column(gap=0)
        sides.addLayout(right, 1)
        self.top.show_person(self.actor.name, self.actor.number or roles_words(self.actor.roles))
        right.addWidget(self.top)
        right.addWidget(self.learner_mode)
        if self.notices is not None:
            right.addWidget(self.notices)
            self.notices.refresh()
        right.addWidget(self.held)
        right.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._navigation.place_asked.connect(self.open)
        self._navigation.help_asked.connect(self.open_help)
        self._navigation.lock_asked.connect(self.lock_asked)
        self._navigation.end_asked.connect(self.sign_out_asked)
        self.top.search_asked.connect(self.layers.open_palette)
        self.top.jobs_asked.connect(self.layers.open_jobs)
        self.top.language_chosen.connect(self.language_chosen)
        self.top.not_me.connect(self.sign_out_asked)
        self.changes.changed.connect(self._hear)
        self._looking = QTimer(self, interval=_LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look_who_this_is)

    def _hear(self, topics: frozenset[str]) -> None:
        if "person_photo" in topics:
            self._load_photo()
        if topics & _OF_ACCOUNTS:
            self.look_who_this_is()

    def look_who_this_is(self) -> None:
        """Ask for a new sign-in where whoever works here is no longer who they were, or may do less."""
        self.jobs.run(
            lambda _progress: self.services.sign_in.why_over(self.actor),
            done=lambda why: None if why is None else self.over.emit(why),
            owner=self,
        )

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+K", self.layers.open_palette),
            ("F1", self.open_help),
            ("F5", self._refresh),
            ("Alt+Left", self.back),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl++", lambda: self.theme.zoom_by(1)),
            ("Ctrl+=", lambda: self.theme.zoom_by(1)),
            ("Ctrl+-", lambda: self.theme.zoom_by(-1)),
            ("Ctrl+0", lambda: self.theme.zoom_by(0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda number=number: self._navigation.go_to_place(number))

    def _refresh(self) -> None:
        self.current.refresh()

    @property
    def place(self) -> Place:
        """Return the site that is worked at."""
        return self.services.open_site

    @property
    def clock(self) -> Clock:
        """Return what tells the time."""
        return self.services.open_site.site.clock

    @property
    def current(self) -> Screen[Any]:
        """Return the screen that is open."""
        return self.stack.screen_of(self._trail.here[0])

    @property
    def where(self) -> tuple[str, dict[str, object]]:
        """Return the screen that is open, and what it was opened with."""
        return self._trail.here

    def open(self, key: str, /, **args: object) -> None:
        """Go to a screen; does nothing while the one that is open must not be left."""
        if self._trail and not self.current.may_leave():
            self._navigation.mark(
                self._trail.keys_back()
            )  # whoever pressed there has moved the mark
            return
        screen_spec(key)  # what there is not is no step on the way
        self._trail.go(key, args)
        self._show()

    def back(self) -> None:
        """Go to the screen before this one, or to the first one."""
        if not self.current.may_leave():
            return
        self._trail.back()
        self._show()

    def _show(self) -> None:
        key, args = self._trail.here
        self.layers.dismiss()
        spec = screen_spec(key)
        self.nav.setVisible(not spec.is_immersive)
        self.top.setVisible(not spec.is_immersive)
        if self.notices is not None:
            self.notices.set_wanted(wanted=not spec.is_immersive)
        self._navigation.mark(self._trail.keys_back())
        self.stack.show_screen(spec, args)
        self.held.look_at(args.values())

    def open_help(self) -> None:
        """Open the manual's page of the screen that is open."""
        self.layers.open_help(self._trail.here[0])

    def toast(
        self, text: str, tone: Tone = Tone.SUCCESS, undo: Callable[[], None] | None = None
    ) -> None:
        """Show a message that goes by itself, in the place of the one before."""
        self.layers.toast(text, tone, undo)

    def tell_error(self, error: UserFacingError) -> None:
        """Show an error; being stopped on purpose is a toast."""
        if isinstance(error, Cancelled):
            self.toast(error.sentence, Tone.INFO)
        else:
            tell(error, self)

    def confirm(self, question: Question, then: Callable[[str], None]) -> None:
        """Ask; call `then` only on yes."""
        ask(question, then, self)

    def sign_out(self) -> None:
        """Ask to leave: "Not you?" on a screen that hides the top bar."""
        self.sign_out_asked.emit()

    def take_turns(self, session_id: UUID) -> None:
        """Ask that others sign in over this work, for the quiz of a class."""
        self.turns_asked.emit(session_id)

    def note_activity(self) -> None:
        """Say that somebody is there although nothing was touched: media plays."""
        self._note_activity()

    def may_leave(self) -> bool:
        """Tell whether the person may sign out now."""
        return self.current.may_leave()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._looking.stop()  # whoever unlocks is looked at then; a closed window has no one to ask
        super().hideEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.set_narrow(NavRail.should_be_narrow(self.width()))
