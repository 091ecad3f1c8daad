"""Writing sync files: for whom, what goes, onto which stick; "safe to remove" once they were read back."""

from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.sync import (
    Distributed,
    Distribution,
    Exported,
    ExportOrder,
    ExportPlan,
    PaperExport,
    Peer,
    PeerState,
    Stick,
    leftovers,
    readers_of,
)
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.course_choice import CourseChoiceCard
from app.ui.sync.delivered_card import DeliveredCard
from app.ui.sync.paper_card import PaperCard
from app.ui.sync.place_card import PlaceCard
from app.ui.sync.readers_card import ReadersCard
from app.ui.sync.second_person import SecondSigning
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.topics import SYNC_TOPIC
from app.ui.sync.written_card import WrittenCard


class WriteScreen(Screen[Services]):
    """May be opened with `peer` or `peers`, the keys of whom it is for, and `course`, the one that goes."""

    topics = frozenset({SYNC_TOPIC, "export_terms", "key_certificate", "key_revocation"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Write a sync file"),
            subtitle=_("It is encrypted: only those it is written for can read it."),
        )
        self._asked_for: tuple[str, ...] = ()
        self._asked_course: UUID | None = None
        self._planned_for: tuple[Peer, ...] | None = None
        self._written_for: tuple[Peer, ...] = ()
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
        self.written: WrittenCard | DeliveredCard | PaperCard | None = None
        self.body.addStretch(1)

    def _lay_out_form(self) -> None:
        lines = column(self.form, gap=16)
        self.readers = ReadersCard(self.desk.jobs, self.desk.clock.now())
        self.readers.edited.connect(self._show_chosen)
        lines.addWidget(self.readers)
        self.nobody = EmptyState(
            _("No other PC or site is paired yet: there is nobody to write for."),
            icon="monitor",
            action=_("Peers and keys"),
            act=lambda: self.desk.open("keys"),
        )
        self.nobody.hide()
        lines.addWidget(self.nobody)
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
        about = _("Sheets of codes are made for one site at a time, or for the PCs of this site.")
        self.paper_note = PlainLabel(about, TextRole.MUTED, wrap=True)
        self.paper_note.hide()
        lines.addWidget(self.paper_note)
        foot = row(gap=12)
        self.write_button = primary(_("Write"), "usb").on_press(self.write)
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        lines.addLayout(foot)

    @override
    def enter(self, **args: object) -> None:
        wanted = args.get("peers", args.get("peer"))
        keys = (wanted,) if isinstance(wanted, str) else wanted
        if isinstance(keys, tuple):
            self._clear(keys)
            course = args.get("course")
            self._asked_course = course if isinstance(course, UUID) else None

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def write(self) -> None:
        """Write the files, or make the sheets, after a second person signed where the site asks for that."""
        peers, on_paper = self.readers.chosen(), self.place_card.is_paper
        if not peers or not (on_paper or self.place_card.folder):
            return
        courses = () if on_paper else self.courses.chosen()
        self._written_for = peers

        def write(orders: Sequence[ExportOrder]) -> None:
            if on_paper:
                self._put_on_paper(peers, orders)
            else:
                self._put_on_stick(peers, courses, orders)

        self.banner.hide()
        self._second.confirm(peers, courses, write)

    def _put_on_stick(
        self,
        peers: tuple[Peer, ...],
        courses: Collection[UUID] | None,
        orders: Sequence[ExportOrder],
    ) -> None:
        """Write them; that goes on when somebody leaves this screen."""
        place = self.place_card.folder
        if place is None:
            return
        if len(readers_of(peers)) > 1:
            job = self._write_several(peers, place, courses, orders)
        else:
            job = self._write_one(peers, place, courses, orders)
        self._show_job(job, _("Leave the stick in. You may go on working elsewhere meanwhile."))

    def _write_one(
        self,
        peers: tuple[Peer, ...],
        place: Path,
        courses: Collection[UUID] | None,
        orders: Sequence[ExportOrder],
    ) -> Job:
        sync, actor = self.desk.services.sync, self.desk.actor

        def work(progress: Progress) -> Exported:
            leftovers(Stick(place))  # raises where it is gone: its folder's name is no file's
            if orders:
                return sync.export_order(actor, orders[0], place, progress)
            return sync.export(actor, peers, place, progress, courses)

        return self.desk.jobs.run(
            work,
            done=self._written,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Writing a sync file for {names}").format(names=_names(peers)),
        )

    def _write_several(
        self,
        peers: tuple[Peer, ...],
        place: Path,
        courses: Collection[UUID] | None,
        orders: Sequence[ExportOrder],
    ) -> Job:
        several, actor = self.desk.services.sync.several, self.desk.actor

        def work(progress: Progress) -> Distributed:
            return several.write(actor, peers, place, progress, courses, orders)

        return self.desk.jobs.run(
            work,
            done=self._delivered,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Writing sync files for {names}").format(names=_names(peers)),
        )

    def _put_on_paper(self, peers: Sequence[Peer], orders: Sequence[ExportOrder]) -> None:
        sheets, actor = self.desk.services.sync.sheets, self.desk.actor

        def work(progress: Progress) -> PaperExport:
            return sheets.export(actor, peers, progress, next(iter(orders), None))

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
        states = [state for state in peers if state.may_send]
        self.nobody.setVisible(not states)
        for part in (self.readers, self.place_card, self.write_button):
            part.setVisible(bool(states))
        self.readers.show_peers(states, self._asked_for)
        self._asked_for = ()
        if states:
            self._look_at_each([state.peer for state in states])

    def _look_at_each(self, peers: Sequence[Peer]) -> None:
        several, actor = self.desk.services.sync.several, self.desk.actor

        def show(plans: tuple[ExportPlan, ...]) -> None:
            self.readers.show_plans(plans)

        self.load(lambda _progress: several.each_alone(actor, peers), show, what="each")

    def _show_chosen(self) -> None:
        self._allow()
        self._look_at_courses()

    def _look_at_courses(self) -> None:
        several, actor, peers = (
            self.desk.services.sync.several,
            self.desk.actor,
            self.readers.chosen(),
        )
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

        self.load(lambda _progress: several.plan(actor, peers), show, what="courses")

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
        one_way, readers = self._one_way(), {peer.key for peer in self._written_for}
        self.written = WrittenCard(
            exported,
            self._begin_anew,
            self.desk.back,
            SlipPaper(self),
            is_one_way=bool(readers) and readers <= one_way,
        )
        self._put(self.written, self.written.again)
        self.desk.changes.announce({SYNC_TOPIC})

    def _delivered(self, done: Distributed) -> None:
        self._second.forget()
        clear(self._after)
        self.written = DeliveredCard(
            done, self._begin_anew, self.desk.back, SlipPaper(self), self._one_way()
        )
        self._put(self.written, self.written.first)
        self.desk.changes.announce({SYNC_TOPIC})

    def _one_way(self) -> set[str]:
        """Return the keys of those chosen from whom nothing comes back by file."""
        return {one.peer.key for one in self.readers.states() if one.one_way is not None}

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

    def _begin_anew(self, keys: Collection[str] = ()) -> None:
        """Show the form again; these are chosen, if any are named."""
        self._clear(keys)
        self.readers.table.view.setFocus()
        self.refresh()

    def _clear(self, keys: Collection[str]) -> None:
        if self.form.isHidden() and self.written is None:
            return  # one is being written
        self._asked_for = tuple(keys)
        self._asked_course = None
        self._planned_for = None
        self.written = None
        self._second.forget()
        clear(self._after)
        self.banner.hide()
        self.form.show()


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
