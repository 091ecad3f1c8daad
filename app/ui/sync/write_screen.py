"""Writing a sync file: for whom, what goes, onto which stick; "safe to remove" once it was read back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.sync import (
    Exported,
    ExportOrder,
    Lacking,
    PaperExport,
    Peer,
    PeerState,
    Stick,
    leftovers,
)
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.course_choice import CourseChoiceCard
from app.ui.sync.paper_card import PaperCard
from app.ui.sync.place_card import PlaceCard
from app.ui.sync.second_person import SecondSigning
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.standing import entries
from app.ui.sync.topics import SYNC_TOPIC
from app.ui.sync.written_card import WrittenCard

ALL_PCS = "pcs"


class WriteScreen(Screen[Services]):
    """May be opened with `peer`, the key of whom it is for."""

    topics = frozenset({SYNC_TOPIC, "export_terms", "key_certificate", "key_revocation"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Write a sync file"),
            subtitle=_("It is encrypted: only those it is written for can read it."),
        )
        self._peers: dict[str, PeerState] = {}
        self._asked_for = ""
        self._planned_for: str | None = ""
        self._second = SecondSigning(self, self._refused)
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.form = QWidget()
        self._lay_out_form()
        self.body.addWidget(self.form)
        place = QWidget()
        self._after = column(place, gap=16)
        self.body.addWidget(place)
        self.written: WrittenCard | PaperCard | None = None
        self.body.addStretch(1)

    def _lay_out_form(self) -> None:
        lines = column(self.form, gap=16)
        card = Card(_("For whom"))
        self.whom: ComboField[str] = ComboField(_("PC or site"))
        self.whom.edited.connect(self._show_what)
        card.body.addWidget(self.whom)
        self._what = column(gap=8)
        card.body.addLayout(self._what)
        self.whom_card = card
        lines.addWidget(card)
        self.place_card = PlaceCard(self)
        self.place_card.room_seen.connect(self._show_room)
        self.place_card.refused.connect(self._refused)
        lines.addWidget(self.place_card)
        self.courses = CourseChoiceCard(self.desk.jobs)
        self.courses.edited.connect(self._allow)
        self.courses.hide()
        self.place_card.chosen.connect(self._show_way)
        lines.addWidget(self.courses)
        about = _("A second person reads here what goes, and signs, before it is written.")
        self.second_note = PlainLabel(about, TextRole.MUTED, wrap=True)
        self.second_note.hide()
        lines.addWidget(self.second_note)
        foot = row(gap=12)
        self.write_button = primary(_("Write"), "usb").on_press(self.write)
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        lines.addLayout(foot)

    @override
    def enter(self, **args: object) -> None:
        peer = args.get("peer")
        if isinstance(peer, str):
            self._asked_for = peer
            self._begin_anew()

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def write(self) -> None:
        """Write the file, or make its sheets, after a second person signed where the site asks for that."""
        peers, on_paper = self._chosen(), self.place_card.is_paper
        if not peers or not (on_paper or self.place_card.folder):
            return
        courses = () if on_paper else self.courses.chosen()

        def write(order: ExportOrder | None) -> None:
            if on_paper:
                self._put_on_paper(peers, order)
            else:
                self._put_on_stick(peers, courses, order)

        self.banner.hide()
        self._second.confirm(peers, courses, write)

    def _put_on_stick(
        self, peers: Sequence[Peer], courses: Collection[UUID] | None, order: ExportOrder | None
    ) -> None:
        """Write it; that goes on when somebody leaves this screen."""
        sync, actor, place = self.desk.services.sync, self.desk.actor, self.place_card.folder
        if place is None:
            return

        def work(progress: Progress) -> Exported:
            leftovers(Stick(place))  # raises where it is gone: its folder's name is no file's
            if order is not None:
                return sync.export_order(actor, order, place, progress)
            return sync.export(actor, peers, place, progress, courses)

        job = self.desk.jobs.run(
            work,
            done=self._written,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Writing a sync file for {names}").format(names=_names(peers)),
        )
        self._show_job(job, _("Leave the stick in. You may go on working elsewhere meanwhile."))

    def _put_on_paper(self, peers: Sequence[Peer], order: ExportOrder | None) -> None:
        sheets, actor = self.desk.services.sync.sheets, self.desk.actor

        def work(progress: Progress) -> PaperExport:
            return sheets.export(actor, peers, progress, order)

        job = self.desk.jobs.run(
            work,
            done=self._printed,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Making sheets for {names}").format(names=_names(peers)),
        )
        self._show_job(job, _("You may go on working elsewhere meanwhile."))

    def _look(self, _progress: Progress) -> tuple[tuple[PeerState, ...], bool]:
        sync, actor = self.desk.services.sync, self.desk.actor
        return sync.board(actor).peers, sync.rule.now(actor).two_persons

    def _show(self, seen: tuple[tuple[PeerState, ...], bool]) -> None:
        peers, self._second.is_asked = seen
        self.second_note.setVisible(self._second.is_asked)
        self._peers = {state.peer.key: state for state in peers if state.may_send}
        own = [state for state in self._peers.values() if state.peer.is_own_site]
        choices = [(state.peer.key, state.peer.label) for state in self._peers.values()]
        if len(own) > 1:
            choices.insert(0, (ALL_PCS, _("All PCs of this site")))
        self.whom.set_choices(choices)
        if self._asked_for in self._peers:
            self.whom.set_value(self._asked_for)
        self._asked_for = ""
        self._show_what()

    def _show_what(self) -> None:
        clear(self._what)
        self.whom.setVisible(bool(self._peers))
        self.place_card.setVisible(bool(self._peers))
        self.write_button.setVisible(bool(self._peers))
        if not self._peers:
            self._what.addWidget(
                EmptyState(
                    _("No other PC or site is paired yet: there is nobody to write for."),
                    icon="monitor",
                    action=_("Peers and keys"),
                    act=lambda: self.desk.open("keys"),
                )
            )
        for peer in self._chosen():
            lacks = self._peers[peer.key].lacks
            title = _("{name} lacks {entries}").format(name=peer.label, entries=entries(lacks))
            about = (
                _("All that it is not known to have goes.")
                if self._peers[peer.key].has_news
                else _("Nothing new since it was last heard of. Writing a file does no harm.")
            )
            icon = "monitor" if peer.is_own_site else "building-2"
            self._what.addWidget(FactRow(title, about, icon=icon))
        self._allow()
        self._look_at_courses()

    def _look_at_courses(self) -> None:
        sync, actor, peers = self.desk.services.sync, self.desk.actor, self._chosen()
        key = self.whom.value()
        on_a_stick = bool(peers) and not self.place_card.is_paper
        self.courses.setVisible(on_a_stick and key == self._planned_for)
        if not on_a_stick:
            return

        def show(lacking: Lacking) -> None:
            self.courses.show_lacking(lacking, anew=key != self._planned_for)
            self._planned_for = key
            self.courses.setVisible(bool(lacking.fresh or lacking.on_the_way))

        self.load(lambda _progress: sync.plan(actor, *peers).lacking, show, what="courses")

    def _chosen(self) -> list[Peer]:
        key = self.whom.value()
        if key == ALL_PCS:
            return [state.peer for state in self._peers.values() if state.peer.is_own_site]
        return [self._peers[key].peer] if key in self._peers else []

    def _allow(self) -> None:
        has_place = self.place_card.is_paper or self.place_card.folder is not None
        self.write_button.setEnabled(has_place and bool(self._chosen()))

    def _show_way(self) -> None:
        on_paper = self.place_card.is_paper
        self.write_button.set_words(_("Make the sheets") if on_paper else _("Write"))
        self.write_button.set_icon("qr-code" if on_paper else "usb")
        self._allow()
        self._look_at_courses()

    def _show_room(self, room: int) -> None:
        self.courses.show_room(room)
        self.banner.hide()

    def _show_job(self, job: Job, about: str) -> None:
        clear(self._after)
        self.form.hide()
        card = JobCard(job, self.desk.jobs)
        self._put(card, card.stop_button)
        self._after.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))

    def _put(self, card: QWidget, first: QWidget) -> None:
        self._after.addWidget(card)
        card.show()  # at once: what is not seen yet takes no focus
        first.setFocus()

    def _written(self, exported: Exported) -> None:
        self._second.forget()
        clear(self._after)
        readers = [self._peers[peer.key] for peer in self._chosen()]
        is_one_way = bool(readers) and all(reader.one_way is not None for reader in readers)
        self.written = WrittenCard(
            exported, self._begin_anew, self.desk.back, SlipPaper(self), is_one_way=is_one_way
        )
        self._put(self.written, self.written.again)
        self.desk.changes.announce({SYNC_TOPIC})

    def _printed(self, made: PaperExport) -> None:
        self._second.forget()
        clear(self._after)
        self.written = PaperCard(self, made, self._begin_anew, self.desk.back)
        self._put(self.written, self.written.print_button)
        self.desk.changes.announce({SYNC_TOPIC})

    def _refused(self, error: UserFacingError) -> None:
        clear(self._after)
        self.form.show()
        self.banner.set_tone(Tone.INFO if isinstance(error, Cancelled) else Tone.DANGER)
        self.banner.set_text(error.sentence)
        self.banner.show()
        self.write_button.setFocus()

    def _begin_anew(self) -> None:
        if self.form.isHidden() and self.written is None:
            return  # one is being written
        self._planned_for = ""
        self.written = None
        self._second.forget()
        clear(self._after)
        self.banner.hide()
        self.form.show()
        self.whom.combo.setFocus()


def _names(peers: Sequence[Peer]) -> str:
    return ", ".join(peer.label for peer in peers)


SPEC = ScreenSpec(
    key="sync_write",
    title=mark("Write a sync file"),
    icon="usb",
    needs=Capability.MANAGE_SITE,
    factory=WriteScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="sync",
)
