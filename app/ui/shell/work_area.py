"""What a signed-in person works in: navigation, top bar, and the screen that is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.actor import Actor
from app.core.base.clock import Clock
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.resources import resource
from app.core.base.words import _
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.dialogs import Question, ask, tell
from app.ui.kit.help import HelpPanel
from app.ui.kit.jobs import JobRunner
from app.ui.kit.jobs_panel import JobsPanel
from app.ui.kit.layouts import column, row
from app.ui.kit.nav import NavItem, NavRail
from app.ui.kit.notices import Toast
from app.ui.kit.overlay import Overlay, SideSheet
from app.ui.kit.palette import CommandPalette
from app.ui.kit.screen import Place, Screen, ScreenSpec
from app.ui.kit.theme import Theme, Tone
from app.ui.kit.top_bar import TopBar
from app.ui.people.words import roles_words
from app.ui.shell.found import palette_groups
from app.ui.shell.screens import SCREENS, SECTIONS, screen_spec

if TYPE_CHECKING:
    from app.services import Services

_LOCK, _HELP = "lock", "help"


class WorkArea(QWidget):
    """Implements kit's Desk for the screens. Lives from sign-in to sign-out."""

    sign_out_asked = Signal()
    lock_asked = Signal()
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
    ) -> None:
        super().__init__()
        self._services = services
        self._actor = actor
        self._theme = theme
        self._jobs = jobs
        self._changes = changes
        self._note_activity = note_activity
        self._screens: dict[str, Screen[Any]] = {}
        self._trail: list[tuple[str, dict[str, object]]] = []
        self._toast: Toast | None = None
        self._lay_out()
        self._add_shortcuts()
        self._open_first()

    @property
    def services(self) -> "Services":
        """Return the core's services."""
        return self._services

    @property
    def actor(self) -> Actor:
        """Return who is signed in."""
        return self._actor

    @property
    def place(self) -> Place:
        """Return the site that is worked at."""
        return self._services.open_site

    @property
    def jobs(self) -> JobRunner:
        """Return what runs work off the window's thread."""
        return self._jobs

    @property
    def changes(self) -> ChangeFeed:
        """Return what tells of changes."""
        return self._changes

    @property
    def theme(self) -> Theme:
        """Return the look in force."""
        return self._theme

    @property
    def clock(self) -> Clock:
        """Return what tells the time."""
        return self._services.open_site.site.clock

    @property
    def current(self) -> Screen[Any]:
        """Return the screen that is open."""
        return self._screens[self._trail[-1][0]]

    @property
    def where(self) -> tuple[str, dict[str, object]]:
        """Return the screen that is open, and what it was opened with."""
        return self._trail[-1]

    def open(self, key: str, /, **args: object) -> None:
        """Go to a screen; does nothing while the one that is open must not be left."""
        if self._trail and not self.current.may_leave():
            return
        if not self._trail or self._trail[-1] != (key, args):
            self._trail.append((key, args))
        self._show(key, args)

    def back(self) -> None:
        """Go to the screen before this one, or to the first one."""
        if not self.current.may_leave():
            return
        if len(self._trail) > 1:
            self._trail.pop()
        self._show(*self._trail[-1])

    def toast(
        self, text: str, tone: Tone = Tone.SUCCESS, undo: Callable[[], None] | None = None
    ) -> None:
        """Show a message that goes by itself, in the place of the one before."""
        if self._toast is not None:
            self._toast.dismiss()
        toast = Toast(self, text, tone, undo)
        toast.gone.connect(self._forget_toast)
        self._toast = toast

    def _forget_toast(self) -> None:
        self._toast = None

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

    def note_activity(self) -> None:
        """Say that somebody is there although nothing was touched: media plays."""
        self._note_activity()

    def may_leave(self) -> bool:
        """Tell whether the person may sign out now."""
        return self.current.may_leave()

    def _lay_out(self) -> None:
        sides = row(self, gap=0)
        self.nav = NavRail("Daksha", self._services.open_site.name)
        self.nav.chosen.connect(self._go)
        sides.addWidget(self.nav)
        right = column(gap=0)
        sides.addLayout(right, 1)
        self.top = TopBar(
            self._theme, self._jobs, search=_("Search people, courses, certificates…")
        )
        self.top.search_asked.connect(self.open_palette)
        self.top.jobs_asked.connect(self._open_jobs)
        self.top.language_chosen.connect(self.language_chosen)
        self.top.not_me.connect(self.sign_out_asked)
        self.top.show_person(self._actor.name, self._about_person())
        right.addWidget(self.top)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        self._fill_navigation()

    def _about_person(self) -> str:
        return self._actor.number or roles_words(self._actor.roles)

    def _fill_navigation(self) -> None:
        order = {section: place for place, section in enumerate(SECTIONS)}
        specs = sorted(
            (spec for spec in SCREENS if spec.in_navigation and self._may_open(spec)),
            key=lambda spec: order[spec.section],
        )
        items = [
            NavItem(s.key, _(s.title), s.icon, _(s.section) if s.section else "") for s in specs
        ]
        foot = [
            NavItem(_HELP, _("Help"), "circle-question-mark"),
            NavItem(_LOCK, _("Lock"), "lock"),
            NavItem("end", _("End session"), "log-out"),
        ]
        self.nav.set_items(items, foot)

    def _may_open(self, spec: ScreenSpec) -> bool:
        return spec.needs is None or self._actor.may(spec.needs)

    def _open_first(self) -> None:
        self.open(self.nav.keys()[0])

    def _go(self, key: str) -> None:
        acts = {
            _HELP: self.open_help,
            _LOCK: self.lock_asked.emit,
            "end": self.sign_out_asked.emit,
        }
        act = acts.get(key)
        if act is not None:
            act()
            self.nav.set_current(self._trail[-1][0])
            return
        self.open(key)

    def _show(self, key: str, args: dict[str, object]) -> None:
        for layer in _open_layers(self):
            layer.dismiss()  # search or help, when one goes elsewhere by shortcut
        spec = screen_spec(key)
        screen = self._screens.get(key)
        if screen is None:
            screen = self._screens[key] = spec.factory(self)
            self.stack.addWidget(screen)
        self.nav.setVisible(not spec.is_immersive)
        self.top.setVisible(not spec.is_immersive)
        self._mark_place()
        self.stack.setCurrentWidget(screen)
        screen.arrive(**args)
        for sheet in _open_layers(screen):
            sheet.focus_first(sheet)  # it was open when somebody went elsewhere
            return
        screen.focus_first()

    def _mark_place(self) -> None:
        """Mark in the navigation where one is, or from where one came here."""
        for key, _args in reversed(self._trail):
            if screen_spec(key).in_navigation:
                self.nav.set_current(key)
                return

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+K", self.open_palette),
            ("F1", self.open_help),
            ("F5", self._refresh),
            ("Alt+Left", self.back),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl++", lambda: self._theme.zoom_by(1)),
            ("Ctrl+=", lambda: self._theme.zoom_by(1)),
            ("Ctrl+-", lambda: self._theme.zoom_by(-1)),
            ("Ctrl+0", lambda: self._theme.zoom_by(0)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        for place in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(lambda place=place: self._go_to_place(place))

    def _refresh(self) -> None:
        self.current.refresh()

    def _go_to_place(self, place: int) -> None:
        keys = self.nav.keys()
        if place <= len(keys):
            self._go(keys[place - 1])

    def open_palette(self) -> None:
        """Open the search over everything."""
        CommandPalette(self, palette_groups(self), self._jobs).open()

    def open_help(self) -> None:
        """Open the manual's page of the screen that is open."""
        HelpPanel(self, resource("manual"), f"{self._trail[-1][0]}.md").open()

    def _open_jobs(self) -> None:
        sheet = SideSheet(self, _("Jobs"))
        sheet.body.addWidget(JobsPanel(self._jobs))
        sheet.open()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.set_narrow(NavRail.should_be_narrow(self.width()))


def _open_layers(host: QWidget) -> list[Overlay]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [layer for layer in host.findChildren(Overlay, options=direct) if not layer.isHidden()]
