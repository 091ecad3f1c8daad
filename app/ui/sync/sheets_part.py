"""Sheets of codes that come in: what waits for more of them, and what a reader types."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.figures import ago
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.sync import (
    SheetKind,
    SheetsTaken,
    WaitingSheets,
    missing_in_words,
    waiting_in_words,
)
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


class WaitingSheetsCard(Card):
    """Files on paper that are not whole yet: which sheets are missing."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(
            _("On paper, not whole yet"),
            subtitle=_("What was read is kept, on this PC, until the rest comes."),
        )
        self._host = host
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.hide()

    def refresh(self) -> None:
        """Show what waits."""
        sheets, actor = self._host.desk.services.sync.sheets, self._host.desk.actor
        self._host.load(lambda _progress: sheets.waiting(actor), self.show_waiting, what="sheets")

    def show_waiting(self, waiting: Sequence[WaitingSheets]) -> None:
        """Show what waits, or hide where nothing does."""
        clear(self._lines)
        now = self._host.desk.clock.now()
        for one in waiting:
            icon = "stamp" if one.of.kind is SheetKind.RECEIPT else "file"
            about = f"{missing_in_words(one)} · {ago(one.began_at, now)}"
            line = FactRow(waiting_in_words(one), about, icon=icon, tone=Tone.WARNING)
            button = Button(_("Put away"), Kind.GHOST, icon="trash-2", dense=True)
            line.add_button(button.on_press(partial(self._ask, one)))
            self._lines.addWidget(line)
        self.setVisible(bool(waiting))

    def _ask(self, waiting: WaitingSheets) -> None:
        question = Question(
            title=_("Put away what was read?"),
            text=_("The paper is not touched: all its sheets can be read again."),
            yes=_("Put away"),
            careful=True,
        )
        self._host.desk.confirm(question, lambda _reason: self._put_away(waiting))

    def _put_away(self, waiting: WaitingSheets) -> None:
        sheets, actor = self._host.desk.services.sync.sheets, self._host.desk.actor
        self._host.act(
            lambda _progress: sheets.put_away(actor, waiting), lambda _none: self.refresh()
        )


class TypedSheet(SideSheet):
    """Takes codes from a reader that types them; each is kept as it comes, until all are here."""

    def __init__(self, host: Screen[Services], done: Callable[[SheetsTaken], None]) -> None:
        super().__init__(
            host,
            _("Sheets by a reader"),
            subtitle=_("Scan one code after the other, in any order."),
            width=520,
        )
        self._screen, self._done = host, done
        self._is_busy = False
        self.codes = TextAreaField(
            _("What the codes say"),
            rows=5,
            hint=_("Put the cursor here and scan with the reader, or paste."),
        )
        self.codes.edited.connect(self._edited)
        self.body.addWidget(self.codes)
        place = QWidget()
        self._after = column(place, gap=8)
        self.body.addWidget(place)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self.read_button = primary(_("Read"), "scan-line").on_press(self.read)
        self.foot.addWidget(self.read_button)
        self.read_button.setEnabled(False)

    def read(self) -> None:
        """Take what stands in the field."""
        untrusted = self.codes.value()
        if self._is_busy or not untrusted:
            return
        sheets, actor = self._screen.desk.services.sync.sheets, self._screen.desk.actor

        def work(progress: Progress) -> SheetsTaken:
            return sheets.take_typed(actor, untrusted, progress)

        self._is_busy = True
        self.codes.set_value("")
        self._screen.desk.jobs.run(
            work, done=self._read, failed=self._refused, owner=self, lane=Lane.EXCHANGE
        )

    def _edited(self) -> None:
        text = self.codes.area.toPlainText()
        self.read_button.setEnabled(bool(text.strip()))
        if text.endswith("\n"):  # as a reader ends each code
            self.read()

    def _read(self, taken: SheetsTaken) -> None:
        self._is_busy = False
        if taken.whole:
            self.dismiss()
            self._done(taken)
            return
        clear(self._after)
        words = plural("{count} code was read.", "{count} codes were read.", taken.codes)
        self._after.addWidget(Banner(words, Tone.SUCCESS))
        for one in taken.waiting:
            row = FactRow(waiting_in_words(one), missing_in_words(one), icon="qr-code")
            self._after.addWidget(row)
        announce(self, words)
        self._go_on()

    def _refused(self, error: UserFacingError) -> None:
        self._is_busy = False
        clear(self._after)
        self._after.addWidget(Banner(error.sentence, Tone.DANGER))
        announce(self, error.sentence)
        self._go_on()

    def _go_on(self) -> None:
        self.codes.area.setFocus()
        if self.codes.area.toPlainText().endswith("\n"):
            self.read()  # another code came meanwhile
