"""One session: the roll in front, what it proves beside it, and what comes next as the one main button."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.words import _, mark
from app.core.training.sessions import (
    SESSION_KINDS,
    GroupQuiz,
    OnRoll,
    SessionDetail,
    SessionKind,
    SessionState,
    SessionSummary,
)
from app.services import Services
from app.ui.kit.buttons import Button, IconButton, primary
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.layouts import SideBySide
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.menus import RowAction
from app.ui.training.roll_board import RollBoard
from app.ui.training.roll_entry import RollEntry
from app.ui.training.session_acts import SessionActs
from app.ui.training.session_facts import SessionFacts
from app.ui.training.session_host import SessionHost, menu_under
from app.ui.training.session_words import seats_in_words, state_status, when
from app.ui.training.sessions_screen import TOPICS

_Offer = tuple[str, str, Callable[[SessionDetail], object]]
_Shown = tuple[SessionDetail, dict[UUID, bytes]]


class SessionScreen(SessionHost):
    """Opened with `session_id`. A drill shows itself on a screen of its own."""

    topics = TOPICS | {"person_photo", "shift", "shift_hours", "holiday"}

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Session"))
        self.chip = StatusChip("")
        self.header.add_action(self.chip)
        self.more = IconButton("ellipsis-vertical", _("More"))
        self.more.on_press(self._open_menu)
        self.header.add_action(self.more)
        self.second = Button("")
        self.main = primary("")
        self.second.clicked.connect(lambda _on=False: self._second_act())
        self.main.clicked.connect(lambda _on=False: self._main_act())
        for button in (self.second, self.main):
            self.header.add_action(button)
            button.hide()
        self._second_act: Callable[[], object] = _nothing
        self._main_act: Callable[[], object] = _nothing
        self.acts = SessionActs(self)
        self.board = RollBoard()
        self.facts = SessionFacts()
        card = Card(margin=16)
        card.body.addWidget(self.board)
        self.parts = SideBySide(card, self.facts, side_width=300)
        self.body.addWidget(self.parts, 1)
        self.entry = RollEntry(self, self.board)

    @override
    def enter(self, **args: object) -> None:
        super().enter(**args)
        self.board.begin()

    @override
    def refresh(self) -> None:
        """Load the session with its roll."""
        key, sessions, actor = self.session_id, self.desk.services.sessions, self.desk.actor
        if key is None:
            return

        def read(_progress: object) -> _Shown:
            found = sessions.detail(actor, key)
            return found, self.photos_of(found.roll)

        self.load(read, self._show, what="session")

    def _show(self, shown: _Shown) -> None:
        found, photos = shown
        is_first = self.found is None
        self.found = found
        one = found.summary
        self.header.set_words(one.title, _under(one, self))
        self.setAccessibleName(one.title)
        self.chip.set_status(*state_status(one))
        self.board.show_roll(found.roll, one.state, photos)
        self.facts.show_session(found)
        self.entry.show_session(one)
        self._offer(found)
        if is_first:
            self.focus_first()

    def _offer(self, found: SessionDetail) -> None:
        acts, state = self.acts, found.summary.state
        self.more.setVisible(bool(acts.more(found)))
        offers = {
            SessionState.PLANNED: (
                (_("Invite"), "user-plus", acts.invite),
                (_("Open the roll"), "clipboard-list", acts.open_roll),
            ),
            SessionState.OPEN: (
                (_("Project"), "presentation", acts.project)
                if found.course_id
                else self._hands(found),
                (_("End"), "flag", acts.end),
            ),
            SessionState.HELD: (
                (_("Quiz of each"), "clipboard-check", self._open_queue)
                if found.quiz_queue
                else self._hands(found) or (_("Scan the sheet"), "scan-line", acts.scan),
                (_("Sign"), "signature", acts.sign),
            ),
            SessionState.SIGNED: (
                (_("Move who missed it"), "calendar-plus", acts.rebook) if found.absent else None,
                (_("Close"), "check", acts.close),
            ),
        }.get(state, (None, None))
        for button, offer in zip((self.second, self.main), offers, strict=True):
            button.setVisible(offer is not None)
            if offer is None:
                continue
            words, icon, act = offer
            button.set_words(words)
            button.set_icon(icon)
            if button is self.main:
                self._main_act = partial(act, found)
            else:
                self._second_act = partial(act, found)

    def _hands(self, found: SessionDetail) -> _Offer | None:
        """Offer the show of hands where the plan asks for one that was not counted yet."""
        if found.quiz is not GroupQuiz.TALLY or found.tallies:
            return None
        return _("Show of hands"), "hand", self.acts.tally

    def _open_queue(self, found: SessionDetail) -> None:
        """Let those who were there take the quiz at this PC, one after the other."""
        self.desk.take_turns(found.summary.id)

    def _open_menu(self) -> None:
        if self.found is not None:
            menu_under(self.more, self.acts.more(self.found))

    def open_person(self, one: OnRoll) -> list[RowAction]:
        """Return what can be done with somebody on the roll."""
        return [] if self.found is None else self.acts.for_person(self.found, one)


def _nothing() -> None:
    """Do nothing: no session is shown yet."""


def _under(one: SessionSummary, screen: SessionScreen) -> str:
    parts = (
        _(SESSION_KINDS[one.kind]),
        when(one.starts_at, screen.desk.clock),
        one.venue,
        "" if one.kind is SessionKind.TALK else seats_in_words(one),
    )
    return " · ".join(filter(None, parts))


SPEC = ScreenSpec(
    key="session",
    title=mark("Session"),
    icon="presentation",
    needs=Capability.ASSIGN,
    factory=SessionScreen,
    in_navigation=False,
)
