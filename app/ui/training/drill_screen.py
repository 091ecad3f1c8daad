"""One drill: the stopwatch in front, heads, the roll, what was seen; all clear, and the signature."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import clock_time, moment
from app.core.base.words import _, mark
from app.core.training.drills import DRILL_KINDS, DRILL_MOMENTS, DrillDetail, DrillMoment
from app.core.training.sessions import (
    SESSION_EVENTS,
    OnRoll,
    Place,
    SessionEvent,
    SessionState,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, IconButton, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import SideBySide, clear, column
from app.ui.kit.screen import Desk, ScreenSpec
from app.ui.kit.tables.menus import RowAction
from app.ui.training.drill_forms import CountForm
from app.ui.training.drills_screen import DRILL_TOPICS
from app.ui.training.person_acts import PersonActs
from app.ui.training.roll_board import RollBoard
from app.ui.training.roll_entry import RollEntry
from app.ui.training.session_acts import SessionActs
from app.ui.training.session_host import SessionHost, menu_under
from app.ui.training.session_words import state_status, when
from app.ui.training.stopwatch import Stopwatch

_COUNTED = frozenset({SessionState.OPEN, SessionState.HELD})
"""While it goes on; and afterwards, for what was counted wrongly or not explained."""


class DrillScreen(SessionHost):
    """Opened with `session_id`."""

    topics = DRILL_TOPICS | {"person_photo"}

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("Drill"))
        self.detail: DrillDetail | None = None
        self.chip = StatusChip("")
        self.header.add_action(self.chip)
        self.count_button = plain(_("Count heads"), "users").on_press(self.ask_count)
        self.seen_button = plain(_("Something seen"), "eye").on_press(self.ask_observation)
        self.main = primary("")
        self._main_act: Callable[[], object] = _nothing
        self.main.clicked.connect(lambda _on=False: self._main_act())
        self.more = IconButton("ellipsis-vertical", _("More"))
        self.more.on_press(self._open_menu)
        for button in (self.more, self.count_button, self.seen_button, self.main):
            self.header.add_action(button)
        self.watch = Stopwatch(desk.clock)
        self.board = RollBoard()
        front = Card(margin=16)
        front.body.addWidget(self.watch)
        front.body.addWidget(self.board, 1)
        self._facts = Card(margin=16)
        self._told = column(gap=12)
        self._facts.body.addLayout(self._told)
        self._facts.body.addStretch(1)
        self.body.addWidget(SideBySide(front, self._facts, side_width=300), 1)
        self.acts = SessionActs(self)
        self._people = PersonActs(self)
        self.entry = RollEntry(self, self.board)

    @override
    def enter(self, **args: object) -> None:
        super().enter(**args)
        self.detail = None

    @override
    def refresh(self) -> None:
        """Load the drill with its roll."""
        key, drills, actor = self.session_id, self.desk.services.drills, self.desk.actor
        if key is None:
            return

        def read(_progress: object) -> tuple[DrillDetail, dict[UUID, bytes]]:
            found = drills.detail(actor, key)
            return found, self.photos_of(found.session.roll)

        self.load(read, self._show, what="drill")

    @override
    def open_person(self, one: OnRoll) -> list[RowAction]:
        return [] if self.found is None else self._people.actions(self.found, one)

    def ask_count(self) -> None:
        """Ask how many heads were counted; what the roll says stands there already."""
        detail = self.detail
        if detail is None:
            return
        came = sum(one.came for one in detail.session.roll)
        absent = ", ".join(one.name for one in detail.session.absent)
        heads = detail.heads
        expected = (
            heads.expected
            if heads and heads.expected is not None
            else sum(one.place is not Place.LEFT for one in detail.session.roll)
        )
        form = CountForm(expected, came, absent, heads.unexpected if heads else "")
        drills, actor, key = self.desk.services.drills, self.desk.actor, detail.session.summary.id

        def wish() -> Wish[None]:
            act = partial(
                drills.count,
                actor,
                key,
                expected=form.expected.value(),
                counted=form.counted.value(),
                missing=form.missing.value(),
                unexpected=form.unexpected.value(),
            )
            return Wish(act, _("The count is kept."))

        open_form(self, _("Count heads"), form, wish, done=lambda _none: self.refresh())

    def ask_observation(self) -> None:
        """Ask what was seen; a photo may go along."""
        detail = self.detail
        if detail is None:
            return
        form = Form()
        text = TextField(_("What was seen"), required=True)
        photo = TextField(_("Photo"), hint=_("A PNG or JPEG file; it is kept with the drill."))
        choose = Button(_("Choose a photo"), icon="camera")
        choose.on_press(lambda: self._choose_photo(photo))
        form.add(text)
        form.add(photo)
        form.add_part(choose)
        drills, actor, key = self.desk.services.drills, self.desk.actor, detail.session.summary.id

        def wish() -> Wish[None]:
            file = Path(photo.value()) if photo.value() else None
            act = partial(drills.observe, actor, key, text.value(), file)
            return Wish(act, _("It is kept."))

        open_form(self, _("Something seen"), form, wish, done=lambda _none: self.refresh())

    def _choose_photo(self, field: TextField) -> None:
        dialog = QFileDialog(self, _("Choose a photo"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PNG, JPEG (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(field.set_value)
        dialog.open()

    def _show(self, shown: tuple[DrillDetail, dict[UUID, bytes]]) -> None:
        detail, photos = shown
        is_first = self.detail is None
        self.detail, self.found = detail, detail.session
        one = detail.session.summary
        shift = _("shift {shift}").format(shift=detail.shift) if detail.shift else ""
        under = (
            _(DRILL_KINDS[detail.drill]),
            when(one.starts_at, self.desk.clock),
            one.venue,
            shift,
        )
        self.header.set_words(one.title, " · ".join(filter(None, under)))
        self.chip.set_status(*state_status(one))
        self.watch.show_times(detail.started_at, detail.clear_at or detail.session.ended_at)
        self.board.show_roll(detail.session.roll, one.state, photos)
        self.entry.show_session(one)
        self._offer(detail)
        self._tell(detail)
        if is_first:
            self.focus_first()

    def _offer(self, detail: DrillDetail) -> None:
        drills, actor, state = self.desk.services.drills, self.desk.actor, self.found
        if state is None:
            return
        key, stands = state.summary.id, state.summary.state
        self.more.setVisible(bool(self.acts.of_drill(state)))
        self.count_button.setVisible(stands in _COUNTED)
        self.seen_button.setVisible(stands in _COUNTED)
        start = partial(self.do, lambda: drills.start(actor, key), "")
        clear_now = partial(self.do, lambda: drills.all_clear(actor, key), _("All clear."))
        is_running = stands is SessionState.OPEN and detail.started_at is not None
        offers: dict[SessionState, tuple[str, str, Callable[[], object]]] = {
            SessionState.PLANNED: (_("Start: alarm"), "siren", start),
            SessionState.OPEN: (
                (_("All clear"), "flag", clear_now)
                if is_running
                else (_("Start: alarm"), "siren", start)
            ),
            SessionState.HELD: (_("Sign"), "signature", partial(self.acts.sign, state)),
            SessionState.SIGNED: (_("Close"), "check", partial(self.acts.close, state)),
        }
        offer = offers.get(stands)
        self.main.setVisible(offer is not None)
        if offer is not None:
            self.main.set_words(offer[0])
            self.main.set_icon(offer[1])
            self._main_act = offer[2]

    def _open_menu(self) -> None:
        if self.found is not None:
            menu_under(self.more, self.acts.of_drill(self.found))

    def _tell(self, detail: DrillDetail) -> None:
        clear(self._told)
        for fact in _facts(detail):
            self._told.addWidget(fact)


def _facts(detail: DrillDetail) -> Iterator[FactRow]:
    """Yield what there is to tell of a drill: who leads, what it proves, what happened, how long it took."""
    leads = ", ".join(one.name for one in detail.session.trainers) or "–"
    yield FactRow(leads, _("Led by"), icon="graduation-cap")
    for proof in detail.session.requirements:
        yield FactRow(f"{proof.title} · {proof.code}", _("Proves it"), icon="award")
    yield from map(_moment_told, detail.moments)
    for past in detail.session.events:
        if past.event is SessionEvent.CANCELLED:
            about = " · ".join((moment(past.at), past.by_name, past.reason))
            yield FactRow(_(SESSION_EVENTS[past.event]), about, icon="ban")
    for seen in detail.observations:
        about = " · ".join(filter(None, (seen.photo, seen.by_name)))
        yield FactRow(seen.text, about, icon="camera" if seen.photo else "eye")
    if detail.took is not None:
        took = clock_time(detail.took.total_seconds())
        yield FactRow(took, _("From the alarm to all clear"), icon="flag")


def _moment_told(one: DrillMoment) -> FactRow:
    title, about = _(DRILL_MOMENTS[one.event]), [moment(one.at), one.by_name]
    if one.counted is not None:
        title = f"{title}: {one.counted} / {one.expected}"
    if one.missing:
        about.append(_("Missing: {names}").format(names=one.missing))
    if one.unexpected:
        about.append(_("Not expected: {names}").format(names=one.unexpected))
    return FactRow(title, " · ".join(about), icon="timer")


def _nothing() -> None:
    """Do nothing: no drill is shown yet."""


SPEC = ScreenSpec(
    key="drill",
    title=mark("Drill"),
    icon="siren",
    needs=Capability.ASSIGN,
    factory=DrillScreen,
    in_navigation=False,
)
