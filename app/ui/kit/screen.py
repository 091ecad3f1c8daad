"""What a screen is, what it declares of itself, and what it gets to work with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.kit.buttons import Button, IconButton
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.dialogs import Question
from app.ui.kit.focus import place_kept, tab_stops
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, ScrollPage, column, row
from app.ui.kit.progress import BusyLine
from app.ui.kit.theme import TextRole, Theme, Tone, current_theme

T = TypeVar("T")
ServicesT = TypeVar("ServicesT")
ServicesT_co = TypeVar("ServicesT_co", covariant=True)
_TITLE_ROOM = 300


class Place(Protocol):
    """The site as papers name it, and where this PC keeps what is beside its records."""

    @property
    def name(self) -> str:
        """Return the site's name."""
        ...

    @property
    def folder(self) -> Path:
        """Return the data folder."""
        ...


class Desk(Protocol[ServicesT_co]):
    """What a screen works with. `services` is the narrow protocol that the screen asks for."""

    @property
    def services(self) -> ServicesT_co:
        """Return the core's services."""
        ...

    @property
    def actor(self) -> Actor:
        """Return who is signed in."""
        ...

    @property
    def photo(self) -> bytes:
        """Return the photo (JPEG) of who is signed in; b"" where there is none."""
        ...

    @property
    def place(self) -> Place:
        """Return the site that is worked at."""
        ...

    @property
    def jobs(self) -> JobRunner:
        """Return what runs work off the window's thread."""
        ...

    @property
    def changes(self) -> ChangeFeed:
        """Return what tells of changes."""
        ...

    @property
    def theme(self) -> Theme:
        """Return the look in force."""
        ...

    @property
    def clock(self) -> Clock:
        """Return what tells the time."""
        ...

    def open(self, key: str, /, **args: object) -> None:
        """Go to the screen with `key`; `args` reach its `enter`."""
        ...

    def back(self) -> None:
        """Go to the screen before this one."""
        ...

    def toast(
        self, text: str, tone: Tone = Tone.SUCCESS, undo: Callable[[], None] | None = None
    ) -> None:
        """Show a message that goes by itself."""
        ...

    def tell_error(self, error: UserFacingError) -> None:
        """Show an error; being stopped on purpose is told as a toast."""
        ...

    def note_activity(self) -> None:
        """Say that somebody is there although nothing was touched: media plays."""
        ...

    def take_turns(self, session_id: UUID) -> None:
        """Cover the work with the queue for a class's quiz: others sign in, one after the other."""
        ...

    def sign_out(self) -> None:
        """Let go of the person who is signed in: somebody else sits here."""
        ...

    def change_data_key(self, password: str) -> None:
        """Sign out, close the site and give its records another key, which the password alone opens."""
        ...

    def confirm(self, question: Question, then: Callable[[str], None]) -> None:
        """Ask; call `then` with the reason ("" when none is asked) only on yes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSpec:
    """A screen as the shell knows it. `title` and `section` are marked words."""

    key: str
    title: str
    icon: str
    section: str = ""
    needs: Capability | None = None
    factory: Callable[[Any], "Screen[Any]"]  # each screen asks for its own services
    in_navigation: bool = True
    beneath: str = ""
    """The place whose page has a door to this one; on the rail it stands only for those who may not go there."""
    stands_alone: bool = False
    """Whether a screen outside the navigation opens with nothing given, so that the search offers it."""
    is_immersive: bool = False
    """Whether it takes the whole window, without navigation and top bar (a player)."""

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether somebody may go there."""
        return self.needs is None or actor.may(self.needs)


class PageHeader(QWidget):
    """Title, a line under it, and the actions of the page: one of them primary."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(self, gap=16)
        self._back = IconButton("arrow-left", _("Back"))  # first of all to Tab, where there is one
        self._back.hide()
        self._line.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QWidget(self)
        words = column(self._words, gap=4)
        self._title = PlainLabel(title, TextRole.DISPLAY, wrap=True)
        self._subtitle = PlainLabel(subtitle, TextRole.BODY2, wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._subtitle.setVisible(bool(subtitle))
        words.addStretch(1)
        self._line.addWidget(self._words, 1)
        self._bar = QWidget(self)
        self._actions = FlowLayout(self._bar, gap=10)
        self._bar.hide()
        self._line.addWidget(self._bar)

    def set_words(self, title: str, subtitle: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def title(self) -> str:
        """Return the title shown."""
        return self._title.text()

    def add_action(self, button: QWidget) -> None:
        """Add a button at the right."""
        self._actions.addWidget(button)
        self._bar.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._actions.sizeHint().width()
        under = room < current_theme().px(_TITLE_ROOM)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if under else across)

    def add_back(self, act: Callable[[], None]) -> Button:
        """Show the way back, in front of the title."""
        self._back.on_press(act)
        self._back.show()
        return self._back


class Screen(QWidget, Generic[ServicesT]):
    """Base of every screen: make widgets into `body`, start `load` in `refresh`.

    What is shown stays until new content is there. A change of one of `topics` refreshes: at once
    when the screen is seen, otherwise when it is next shown.
    """

    topics: ClassVar[frozenset[str]] = frozenset()
    scrolls: ClassVar[bool] = True

    def __init__(
        self,
        desk: Desk[ServicesT],
        *,
        title: str,
        subtitle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._focus_is_due = False
        self._rounds: dict[str, int] = {}
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.header = PageHeader(title, subtitle)
        self.busy = BusyLine()
        outer = column(self, gap=0)
        outer.addWidget(self.busy)
        self.body: QVBoxLayout
        if self.scrolls:
            page = ScrollPage()
            self.body = column(page.content, gap=16, margin=24)
            outer.addWidget(page, 1)
        else:
            self.body = column(gap=16, margin=24)
            outer.addLayout(self.body, 1)
        self.body.addWidget(self.header)
        desk.changes.changed.connect(self._heard)

    def enter(self, **args: object) -> None:
        """Take what the screen was opened with (a person's id, a filter). Comes before refresh."""

    def arrive(self, **args: object) -> None:
        """Enter and load. The shell calls this each time it goes to the screen."""
        self.enter(**args)
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()

    def may_leave(self) -> bool:
        """Tell whether the shell may go elsewhere; False keeps what is half done on screen."""
        return True

    def pause(self) -> None:
        """Save what is under way: somebody locks, signs out or closes the window."""

    def focus_first(self) -> None:
        """Put the focus where the work begins: by itself on the first control below the header.

        Where there is none yet, it goes to the first that a load brings.
        """
        stops = tab_stops(self)
        below = [stop for stop in stops if not self.header.isAncestorOf(stop)]
        self._focus_is_due = not below
        for stop in (below or stops)[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_late(self) -> None:
        """Put the focus on what a load brought, where there was nothing to focus before."""
        if self._focus_is_due and self.isVisible():
            self._focus_is_due = False
            self.focus_first()

    def refresh(self) -> None:
        """Load what is shown. Called on opening and when a topic changed."""

    def load(
        self,
        work: Callable[[Progress], T],
        show: Callable[[T], None],
        *,
        failed: Callable[[UserFacingError], None] | None = None,
        lane: Lane = Lane.DATABASE,
        what: str = "",
    ) -> None:
        """Run `work` off the window's thread and `show` its value here.

        Of several loads of the same `what` only the latest is shown.
        """
        ticket = self._rounds[what] = self._rounds.get(what, 0) + 1
        self.busy.start()

        def shown(value: T) -> None:
            if ticket == self._rounds[what]:
                with place_kept(self):
                    show(value)
                if self._focus_is_due:
                    QTimer.singleShot(0, self, self._focus_late)

        job = self.desk.jobs.run(
            work, done=shown, failed=failed or self.desk.tell_error, owner=self, lane=lane
        )
        job.finished.connect(self.busy.stop)

    def act(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        title: str | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run something that a person asked for; errors are told. A title lists it as a job."""
        self.busy.start()
        job = self.desk.jobs.run(
            work, done=done, failed=self.desk.tell_error, owner=self, lane=lane, title=title
        )
        job.finished.connect(self.busy.stop)

    def act_on_yes(self, question: Question, act: Callable[[str], object], told: str) -> None:
        """Ask; on yes act with the reason that was given, off the window's thread, and say that it is done."""
        self.desk.confirm(
            question,
            lambda reason: self.act(
                lambda _progress: act(reason), lambda _done: self.desk.toast(told)
            ),
        )

    @Slot(object)
    def _heard(self, topics: frozenset[str]) -> None:
        if not topics & self.topics:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()


def screen_around(widget: QWidget) -> Screen[Any]:
    """Return the screen that a widget lies in. Raises LookupError."""
    at: QWidget | None = widget
    while at is not None and not isinstance(at, Screen):
        at = at.parentWidget()
    if at is None:
        raise LookupError("a widget that lies in no screen")
    return at
