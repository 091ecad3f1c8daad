"""A customs desk: what anybody may read of a sync file, the virus scanner, a stamp. It needs no site and no key."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.base.actor import system_actor
from app.core.base.clock import SystemClock
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.sync import (
    BUNDLE_ENDING,
    Inspected,
    NotScanned,
    Scan,
    ScanResult,
    inspect_outside,
    put_stamp,
    require_scanned,
    scan,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.layouts import ScrollPage, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.progress import BusyLine
from app.ui.kit.theme import Tone, current_theme
from app.ui.sync.inspected_card import InspectedCard

VOLUME_ENDING = ".dksv"
_WIDE, _HIGH = 640, 480
_TONES = {ScanResult.CLEAN: Tone.SUCCESS, ScanResult.FOUND: Tone.DANGER}


class CustomsDialog(Dialog):
    """Looks at one file after another."""

    def __init__(
        self,
        jobs: JobRunner,
        parent: QWidget,
        services: Callable[[], Services | None] = lambda: None,
    ) -> None:
        """`services` gives those of the site that is open here, if one is: its register has the stamps."""
        super().__init__(_("Look at a sync file"), "eye", Tone.PRIMARY, parent.window())
        self._jobs = jobs
        self._services = services
        self._seen: Inspected | None = None
        self._path: Path | None = None
        self._unscanned = False
        self.add_words(
            _("What anybody may read of it, without a key. Nothing is taken in, and the file stays as it is.")
        )  # fmt: skip
        self.busy = BusyLine()
        self.body.addWidget(self.busy)
        page = ScrollPage(page=False)
        page.setMinimumHeight(current_theme().px(_HIGH))
        self.setMinimumWidth(current_theme().px(_WIDE))
        self.body.addWidget(page)
        self.body.addSpacing(current_theme().px(10))
        lines = column(page.content, gap=12, margin=4)
        self.picker = FilePicker(
            _("Drop a sync file here"), suffixes=(BUNDLE_ENDING, VOLUME_ENDING), several=False
        )
        self.picker.picked.connect(lambda paths: self.look_at(paths[0]))
        lines.addWidget(self.picker)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        lines.addWidget(self.trouble)
        self.outcome = Banner("", Tone.INFO)
        self.outcome.hide()
        lines.addWidget(self.outcome)
        self._card = column(gap=0)
        lines.addLayout(self._card)
        self.name = TextField(
            _("Your name"), hint=_("It stands on the stamp that is put beside the file.")
        )
        self.name.edited.connect(self._allow)
        self.name.submitted.connect(lambda: self.scan(stamps=True))
        lines.addWidget(self.name)
        lines.addStretch(1)
        self._add_foot()
        self._show_nothing()

    def look_at(self, path: Path) -> None:
        """Show what anybody may read of a file."""
        self._path = path
        self._let_stamp_unscanned(let=False)
        self.trouble.hide()
        self.outcome.hide()
        self._look()

    def scan(self, *, stamps: bool) -> None:
        """Run the virus scanner over the file; put a stamp beside it where that is wished."""
        path, seen, by, unscanned = self._path, self._seen, self.name.value(), self._unscanned
        if path is None or seen is None or (stamps and not by.strip()):
            return

        def work(_progress: Progress) -> Scan:
            found = scan(path)
            if stamps:
                require_scanned(found, unscanned=unscanned)
                self._stamp(path, seen, by, found)
            return found

        self.trouble.hide()
        self._set_busy(busy=True)
        self._jobs.run(
            work, done=self._scanned, failed=self._refused, owner=self, lane=Lane.EXCHANGE
        )

    def _stamp(self, path: Path, seen: Inspected, by: str, found: Scan) -> None:
        services = self._services()
        if services is None:
            put_stamp(path, seen.stamped, by, found, SystemClock().now())
        else:  # nobody is signed in who could have put it there
            services.sync.stamp(system_actor(), path, seen.stamped, by, found)

    def _add_foot(self) -> None:
        self.another = Button(_("Another file")).on_press(self._show_nothing)
        self.close_button = Button(_("Close")).on_press(self.accept)
        self.scan_button = Button(_("Scan for viruses"), icon="shield-check")
        self.scan_button.on_press(lambda: self.scan(stamps=False))
        self.stamp_button = Button(_("Scan and stamp"), Kind.PRIMARY, icon="stamp")
        self.stamp_button.on_press(lambda: self.scan(stamps=True))
        for button in (self.close_button, self.another, self.scan_button, self.stamp_button):
            self.foot.addWidget(button)

    def _look(self) -> None:
        path = self._path
        if path is not None:
            self._set_busy(busy=True)
            self._jobs.run(
                lambda _progress: inspect_outside(path),
                done=self._show,
                failed=self._refused,
                owner=self,
                lane=Lane.EXCHANGE,
            )

    def _show(self, seen: Inspected) -> None:
        self._set_busy(busy=False)
        self._seen = seen
        clear(self._card)
        self._card.addWidget(InspectedCard(seen))
        self.picker.hide()
        for part in (self.name, self.another, self.scan_button, self.stamp_button):
            part.show()
        self._allow()
        self.name.line.setFocus()

    def _scanned(self, found: Scan) -> None:
        self.outcome.set_tone(_TONES.get(found.result, Tone.WARNING))
        self.outcome.set_text("\n".join(filter(None, (found.words, found.said))))
        self.outcome.show()
        self._let_stamp_unscanned(let=False)
        self._look()

    def _refused(self, error: UserFacingError) -> None:
        self._set_busy(busy=False)
        is_unscanned = isinstance(error, NotScanned)
        self.trouble.set_text(_unscanned_words(error) if is_unscanned else error.sentence)
        self.trouble.show()
        self._let_stamp_unscanned(let=is_unscanned)
        self._allow()

    def _let_stamp_unscanned(self, *, let: bool) -> None:
        """Let the button stamp what nobody scanned, and say that it does."""
        self._unscanned = let
        self.stamp_button.set_words(_("Stamp unscanned") if let else _("Scan and stamp"))

    def _show_nothing(self) -> None:
        self._seen = self._path = None
        clear(self._card)
        for part in (self.name, self.another, self.scan_button, self.stamp_button):
            part.hide()
        self.trouble.hide()
        self.outcome.hide()
        self.picker.show()
        self.picker.file_button.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.busy.start()
        else:
            self.busy.stop()
        for button in (self.scan_button, self.stamp_button, self.another):
            button.setEnabled(not busy)

    def _allow(self) -> None:
        self.stamp_button.setEnabled(self._seen is not None and bool(self.name.value().strip()))


def _unscanned_words(error: UserFacingError) -> str:
    told = _("{happened} Press “Stamp unscanned” if the stamp is to say that nobody scanned it.")
    return told.format(happened=error.happened)
