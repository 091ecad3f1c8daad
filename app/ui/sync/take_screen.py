"""Taking in what somebody brought: a file or a whole stick, looked into first; or sheets of codes."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.sync import BUNDLE_ENDING, PICTURE_ENDINGS, Imported, Inspected, SheetsTaken
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.jobs import Lane
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.sync.compare_sheet import CompareSheet
from app.ui.sync.inspected_card import InspectedCard
from app.ui.sync.receipt_paper import ReceiptPaper
from app.ui.sync.sheets_part import TypedSheet, WaitingSheetsCard
from app.ui.sync.taken_card import TakenCard
from app.ui.sync.topics import SYNC_TOPIC

T = TypeVar("T")
RECEIPT_ENDING = ".dksr"
_NAMED = 4


class TakeScreen(Screen[Services]):
    """Files are copied to this PC before anything of them is read. Taking one in twice does no harm."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Take in"),
            subtitle=_("What another PC or site wrote. Taking in the same again does no harm."),
        )
        self.setAcceptDrops(True)
        self.path: Path | None = None
        self.sheets: tuple[Path, ...] = ()
        self._is_busy = False
        self._is_seen = False
        """Whether somebody was here when it was told what came: else it is told when they return."""
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.picker = FilePicker(
            _("Drop a sync file here, a receipt, the stick's folder, or scans of sheets"),
            suffixes=(BUNDLE_ENDING, RECEIPT_ENDING, *PICTURE_ENDINGS),
            folders=True,
        )
        self.picker.picked.connect(self.offer_all)
        self.body.addWidget(self.picker)
        self.reader_button = plain(_("Sheets by a reader"), "scan-line").on_press(self.read_sheets)
        self.body.addWidget(self.reader_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.waiting = WaitingSheetsCard(self)
        self.body.addWidget(self.waiting)
        place = QWidget()
        self._after = column(place, gap=16)
        self.body.addWidget(place)
        self.taken: TakenCard | None = None
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        path = args.get("path")
        if self._is_busy:
            return
        if isinstance(path, Path):
            self.offer(path)
        elif self.taken is not None and self._is_seen:
            self._begin_anew()
        self._is_seen = True
        self.waiting.refresh()

    @override
    def focus_first(self) -> None:
        if self.picker.isVisible():
            self.picker.file_button.setFocus()
        else:
            super().focus_first()

    def offer_all(self, paths: Sequence[Path]) -> None:
        """Show what was chosen: all scans of sheets together, else the first."""
        scans = tuple(path for path in paths if path.suffix.lower() in PICTURE_ENDINGS)
        if not scans:
            self.offer(paths[0])
            return
        self._make_way()
        self.sheets = scans
        card = Card(gap=14)
        names = ", ".join(path.name for path in scans[:_NAMED]) + (" …" * (len(scans) > _NAMED))
        card.setAccessibleName(names)
        about = _("Scans or photos of sheets; those that are missing can come later.")
        card.body.addWidget(FactRow(names, about, icon="qr-code"))
        self._add_foot(card)
        self._put(card, self.take_button)

    def offer(self, path: Path) -> None:
        """Show what was chosen, and what can be done with it."""
        self._make_way()
        self.path = path
        card = Card(gap=14)
        card.setAccessibleName(path.name)
        is_folder = path.is_dir()
        about = _("All sync files and receipts in this folder.") if is_folder else str(path.parent)
        card.body.addWidget(
            FactRow(path.name or str(path), about, icon="folder" if is_folder else "file")
        )
        foot = self._add_foot(card)
        if path.suffix == BUNDLE_ENDING:
            self.inspect_button = plain(_("Look into it first"), "eye").on_press(self.inspect)
            foot.insertWidget(2, self.inspect_button)
        self.compare_button = plain(_("Compare with the slip"), "file-check")
        self.compare_button.on_press(partial(self._compare, path))
        foot.insertWidget(foot.count() - 1, self.compare_button)
        self._put(card, self.take_button)

    def read_sheets(self) -> None:
        """Take codes of sheets from a reader that types."""
        sheet = TypedSheet(self, self._show_sheets)
        sheet.open()
        sheet.codes.area.setFocus()

    def _make_way(self) -> None:
        """Let go of what was chosen or came before."""
        self.path, self.sheets, self.taken = None, (), None
        self.banner.hide()
        self.picker.hide()
        self.reader_button.hide()
        clear(self._after)

    def _add_foot(self, card: Card) -> QHBoxLayout:
        foot = row(gap=12)
        foot.addWidget(plain(_("Choose another")).on_press(self._begin_anew))
        foot.addStretch(1)
        self.take_button = primary(_("Take in"), "file-down").on_press(self.take)
        foot.addWidget(self.take_button)
        card.body.addLayout(foot)
        return foot

    def inspect(self) -> None:
        """Show what lies in the file."""
        path, sync, actor = self.path, self.desk.services.sync, self.desk.actor
        if path is None:
            return

        def look(_progress: Progress) -> Inspected:
            return sync.inspect(actor, path)

        self.banner.hide()
        self.load(look, self._show_inspected, failed=self._refused, lane=Lane.EXCHANGE)

    def _compare(self, path: Path) -> None:
        CompareSheet(self, path).open()

    def take(self) -> None:
        """Take it in; it goes on when somebody leaves this screen."""
        path, sheets = self.path, self.sheets
        sync, actor = self.desk.services.sync, self.desk.actor
        if sheets:
            self._run(
                lambda progress: sync.sheets.take_files(actor, sheets, progress),
                self._show_sheets,
                sheets[0].name,
            )
        elif path is not None:
            self._run(
                lambda progress: (sync.take(actor, path, progress), sync.conflicts_open(actor)),
                self._show_taken,
                path.name or str(path),
            )

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None], name: str) -> None:
        self._is_busy = True
        self.banner.hide()
        job = self.desk.jobs.run(
            work,
            done=done,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Taking in {file}").format(file=name),
        )
        clear(self._after)
        card = JobCard(job, self.desk.jobs)
        self._put(card, card.stop_button)

    def _put(self, card: QWidget, first: QWidget) -> None:
        self._after.addWidget(card)
        card.show()  # at once: what is not seen yet takes no focus
        first.setFocus()

    def _show_inspected(self, seen: Inspected) -> None:
        self.inspect_button.setEnabled(False)
        self._after.addWidget(InspectedCard(seen))
        self.take_button.setFocus()

    def _show_sheets(self, taken: SheetsTaken) -> None:
        if taken.whole:
            sync, actor = self.desk.services.sync, self.desk.actor
            self.load(
                lambda _progress: (taken.imported, sync.conflicts_open(actor)),
                partial(self._show_taken, on_paper=True),
                what="conflicts",
            )
        else:
            self._is_busy = False
            self._begin_anew()
            words = plural("{count} code was read.", "{count} codes were read.", taken.codes)
            self.banner.set_tone(Tone.INFO)
            self.banner.set_text(words)
            self.banner.show()
        self.waiting.show_waiting(taken.waiting)

    def _show_taken(self, outcome: tuple[Imported, int], *, on_paper: bool = False) -> None:
        taken, conflicts = outcome
        self._is_busy = False
        self._is_seen = self.isVisible()
        self._make_way()
        self.taken = TakenCard(
            taken,
            conflicts,
            decide=lambda: self.desk.open("conflicts"),
            another=self._begin_anew,
            leave=self.desk.back,
            receipt=ReceiptPaper(self),
            on_paper=on_paper,
        )
        self._put(self.taken, self.taken.another)
        self.desk.changes.announce({SYNC_TOPIC})

    def _refused(self, error: UserFacingError) -> None:
        self._is_busy = False
        if self.sheets:
            self.offer_all(self.sheets)
        elif self.path is not None:
            self.offer(self.path)
        self.banner.set_tone(Tone.INFO if isinstance(error, Cancelled) else Tone.DANGER)
        self.banner.set_text(error.sentence)
        self.banner.show()
        self.desk.changes.announce({SYNC_TOPIC})  # that it was refused is written down

    def _begin_anew(self) -> None:
        self._make_way()
        self.picker.show()
        self.reader_button.show()
        self.picker.file_button.setFocus()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._is_busy and _dropped(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [one for one in _dropped(event) if self.picker.accepts(one)]
        if paths:
            self.offer_all(paths)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


SPEC = ScreenSpec(
    key="sync_take",
    title=mark("Take in a sync file"),
    icon="file-down",
    needs=Capability.MANAGE_SITE,
    factory=TakeScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="sync",
)
