"""Writing sync files: for whom, what goes, onto which stick; "safe to remove" once they were read back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.sync import Distributed, Exported, ExportOrder, PaperExport, PeerState
from app.services import Services
from app.ui.kit.jobs import Job
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.delivered_card import DeliveredCard
from app.ui.sync.paper_card import PaperCard
from app.ui.sync.second_person import SecondSigning
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.topics import SYNC_TOPIC
from app.ui.sync.write_form import Wanted, WriteForm
from app.ui.sync.write_jobs import WriteJobs
from app.ui.sync.written_card import WrittenCard


class WriteScreen(Screen[Services]):
    """May be opened with `peer` or `peers`, the keys of whom it is for, and `course`, the one that goes."""

    topics = frozenset(
        {SYNC_TOPIC, "export_terms", "approval_step", "key_certificate", "key_revocation"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Write a sync file"),
            subtitle=_("It is encrypted: only those it is written for can read it."),
        )
        self._readers: set[str] = set()
        """The keys of those it is being written for."""
        self._second = SecondSigning(self, self._refused)
        self._jobs = WriteJobs(
            self,
            written=self._written,
            delivered=self._delivered,
            printed=self._printed,
            refused=self._refused,
        )
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.form = WriteForm(self)
        self.form.asked.connect(self.write)
        self.form.refused.connect(self._refused)
        self.form.room_seen.connect(self.banner.hide)
        self.body.addWidget(self.form)
        place = QWidget()
        self._after = column(place, gap=16)
        self.body.addWidget(place)
        self.written: WrittenCard | DeliveredCard | PaperCard | None = None
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        wanted = args.get("peers", args.get("peer"))
        keys = (wanted,) if isinstance(wanted, str) else wanted
        if isinstance(keys, tuple):
            course = args.get("course")
            self._clear(keys, course if isinstance(course, UUID) else None)

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def write(self, wanted: Wanted) -> None:
        """Write the files, or make the sheets, after a second person signed where the site asks for that."""
        self._readers = {peer.key for peer in wanted.peers}

        def write(orders: Sequence[ExportOrder]) -> None:
            self._show_job(self._jobs.write(wanted, orders), is_on_paper=wanted.place is None)

        self.banner.hide()
        self._second.confirm(wanted.peers, wanted.courses, write)

    def _look(self, _progress: Progress) -> tuple[tuple[PeerState, ...], bool]:
        sync, actor = self.desk.services.sync, self.desk.actor
        return sync.board(actor).peers, sync.rule.now(actor).two_persons

    def _show(self, seen: tuple[tuple[PeerState, ...], bool]) -> None:
        peers, self._second.is_asked = seen
        states = [state for state in peers if state.may_send]
        self.form.show_states(states, is_second_asked=self._second.is_asked)

    def _show_job(self, job: Job, *, is_on_paper: bool) -> None:
        clear(self._after)
        self.form.hide()
        card = JobCard(job, self.desk.jobs)
        self._put(card, card.stop_button)
        about = (
            _("You may go on working elsewhere meanwhile.")
            if is_on_paper
            else _("Leave the stick in. You may go on working elsewhere meanwhile.")
        )
        self._after.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))

    def _put(self, card: QWidget, first: QWidget) -> None:
        self._after.addWidget(card)
        card.show()  # at once: what is not seen yet takes no focus
        first.setFocus()

    def _written(self, exported: Exported) -> None:
        is_one_way = bool(self._readers) and self._readers <= self._one_way()
        again, back, slips = self._begin_anew, self.desk.back, SlipPaper(self)
        card = WrittenCard(exported, again, back, slips, is_one_way=is_one_way)
        self._show_written(card, card.again)

    def _delivered(self, done: Distributed) -> None:
        one_way, slips = self._one_way(), SlipPaper(self)
        card = DeliveredCard(done, self._begin_anew, self.desk.back, slips, one_way)
        self._show_written(card, card.first)

    def _printed(self, made: PaperExport) -> None:
        card = PaperCard(self, made, self._begin_anew, self.desk.back)
        self._show_written(card, card.print_button)

    def _show_written(self, card: WrittenCard | DeliveredCard | PaperCard, first: QWidget) -> None:
        self._second.forget()
        clear(self._after)
        self.written = card
        self._put(card, first)
        self.desk.changes.announce({SYNC_TOPIC})

    def _one_way(self) -> set[str]:
        """Return the keys of those from whom nothing comes back by file."""
        states = self.form.readers.states()
        return {one.peer.key for one in states if one.one_way is not None}

    def _refused(self, error: UserFacingError) -> None:
        clear(self._after)
        self.form.show()
        self.banner.set_tone(Tone.INFO if isinstance(error, Cancelled) else Tone.DANGER)
        self.banner.set_text(error.sentence)
        self.banner.show()
        self.form.write_button.setFocus()

    def _begin_anew(self, keys: Collection[str] = ()) -> None:
        """Show the form again; these are chosen, if any are named."""
        self._clear(keys)
        self.form.readers.table.view.setFocus()
        self.refresh()

    def _clear(self, keys: Collection[str], course: UUID | None = None) -> None:
        if self.form.isHidden() and self.written is None:
            return  # one is being written
        self.form.ask_for(keys, course)
        self.written = None
        self._second.forget()
        clear(self._after)
        self.banner.hide()
        self.form.show()


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
