"""What is asked before a sync file is written: for whom, where to, and which courses' files go along."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.core.sync import Distribution, ExportPlan, Peer, PeerState, readers_of
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole
from app.ui.sync.course_choice import CourseChoiceCard
from app.ui.sync.place_card import PlaceCard
from app.ui.sync.readers_card import ReadersCard


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to be written."""

    peers: tuple[Peer, ...]
    place: Path | None
    """None: onto paper."""
    courses: Collection[UUID] | None
    """Whose files go along; None: whatever is lacking."""


class WriteForm(QWidget):
    """The form over the cards; the screen writes what it asks for."""

    asked = Signal(object)
    """Emitted with a Wanted."""
    refused = Signal(object)
    """Emitted with an error of the place."""
    room_seen = Signal()

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__()
        self._host = host
        self._asked_for: tuple[str, ...] = ()
        self._asked_course: UUID | None = None
        self._planned_for: tuple[Peer, ...] | None = None
        self._make_parts()
        lines = column(self, gap=16)
        cards: tuple[QWidget, ...] = (self.readers, self.nobody, self.place_card, self.courses)
        notes = (self.second_note, self.paper_note)
        for part in (*cards, *notes):
            lines.addWidget(part)
        foot = row(gap=12)
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        lines.addLayout(foot)
        for part in (self.nobody, self.courses, *notes):
            part.hide()

    def _make_parts(self) -> None:
        desk = self._host.desk
        self.readers = ReadersCard(desk.jobs, desk.clock.now())
        self.readers.edited.connect(self._show_chosen)
        self.nobody = EmptyState(
            _("No other PC or site is paired yet: there is nobody to write for."),
            icon="monitor",
            action=_("Peers and keys"),
            act=lambda: desk.open("keys"),
        )
        self.place_card = PlaceCard(self._host)
        self.place_card.room_seen.connect(self._show_room)
        self.place_card.refused.connect(self.refused)
        self.place_card.chosen.connect(self._show_way)
        self.courses = CourseChoiceCard(desk.jobs)
        self.courses.edited.connect(self._allow)
        about = _("A second person reads here what goes, and signs, before it is written.")
        self.second_note = PlainLabel(about, TextRole.MUTED, wrap=True)
        about = _("Sheets of codes are made for one site at a time, or for the PCs of this site.")
        self.paper_note = PlainLabel(about, TextRole.MUTED, wrap=True)
        self.write_button = primary(_("Write"), "usb").on_press(self.ask)

    def ask_for(self, keys: Collection[str], course: UUID | None = None) -> None:
        """Begin anew; once they are shown, these peers are chosen, and this course alone."""
        self._asked_for, self._asked_course = tuple(keys), course
        self._planned_for = None

    def ask(self) -> None:
        """Ask for what is chosen to be written."""
        peers, on_paper = self.readers.chosen(), self.place_card.is_paper
        if peers and on_paper:
            self.asked.emit(Wanted(peers, None, ()))
        elif peers and self.place_card.folder is not None:
            self.asked.emit(Wanted(peers, self.place_card.folder, self.courses.chosen()))

    def show_states(self, states: Sequence[PeerState], *, is_second_asked: bool) -> None:
        """Show for whom one may write, and whether a second person signs."""
        self.second_note.setVisible(is_second_asked)
        self.nobody.setVisible(not states)
        for part in (self.readers, self.place_card, self.write_button):
            part.setVisible(bool(states))
        self.readers.show_peers(states, self._asked_for)
        self._asked_for = ()
        if states:
            self._look_at_each([state.peer for state in states])

    def _look_at_each(self, peers: Sequence[Peer]) -> None:
        several, actor = self._host.desk.services.sync.several, self._host.desk.actor

        def show(plans: tuple[ExportPlan, ...]) -> None:
            self.readers.show_plans(plans)

        self._host.load(lambda _progress: several.each_alone(actor, peers), show, what="each")

    def _show_chosen(self) -> None:
        self._allow()
        self._look_at_courses()

    def _look_at_courses(self) -> None:
        several, actor = self._host.desk.services.sync.several, self._host.desk.actor
        peers = self.readers.chosen()
        on_a_stick = bool(peers) and not self.place_card.is_paper
        self.courses.setVisible(on_a_stick and peers == self._planned_for)
        if not on_a_stick:
            return

        def show(plan: Distribution) -> None:
            lacking = plan.lacking
            self.courses.show_lacking(lacking, anew=peers != self._planned_for)
            self._planned_for = peers
            if self._asked_course is not None:
                self.courses.choose_only(self._asked_course)
                self._asked_course = None
            self.courses.setVisible(bool(lacking.fresh or lacking.on_the_way))

        self._host.load(lambda _progress: several.plan(actor, peers), show, what="courses")

    def _allow(self) -> None:
        peers, on_paper = self.readers.chosen(), self.place_card.is_paper
        is_one_too_many = on_paper and len(readers_of(peers)) > 1
        self.paper_note.setVisible(is_one_too_many)
        has_place = on_paper or self.place_card.folder is not None
        self.write_button.setEnabled(has_place and bool(peers) and not is_one_too_many)

    def _show_way(self) -> None:
        on_paper = self.place_card.is_paper
        self.write_button.set_words(_("Make the sheets") if on_paper else _("Write"))
        self.write_button.set_icon("qr-code" if on_paper else "usb")
        self._show_chosen()

    def _show_room(self, room: int) -> None:
        self.courses.show_room(room)
        self.room_seen.emit()
