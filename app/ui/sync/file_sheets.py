"""A file that left or came, in full."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.core.base.figures import moment, size
from app.core.base.words import _
from app.core.sync import RECORDS, FileState, IncomingFile, SentFile, second_in_words
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.sync.inspected_card import statement_in_words
from app.ui.sync.receipt_paper import ReceiptPaper
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.standing import brought, came_in_words, entries, sent_in_words

_GROUP = 8


class SentSheet(SideSheet):
    """Read only; the hash can be copied, to compare it with that of a file found somewhere."""

    def __init__(self, host: Screen[Services], file: SentFile, author: str, now: datetime) -> None:
        super().__init__(host, _("File that left"), subtitle=file.file_name, width=560)
        self._sha256 = file.sha256
        chip = StatusChip(*sent_in_words(file, now))
        self.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        groups = [file.sha256[at : at + _GROUP] for at in range(0, len(file.sha256), _GROUP)]
        for value, title, icon in (
            (moment(file.made_at), _("When"), "clock"),
            (f"{author} · {file.station}", _("Written by"), "user"),
            *_second(file),
            (", ".join(file.recipients), _("For: nobody else can read it"), "lock"),
            (f"{entries(file.entries)} · {size(file.size)}", _("What it holds"), "file"),
            (file.written_to, _("Where to"), "usb"),
            (" ".join(groups), _("SHA-256"), "hash"),
        ):
            self.body.addWidget(FactRow(value, title, icon=icon))
        self.foot.addWidget(plain(_("Copy the hash"), "copy").on_press(self._copy))
        if file.kind == RECORDS:
            for button in SlipPaper(host).buttons(file.id, file.number):
                self.foot.addWidget(button)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._sha256)


def _second(file: SentFile) -> Iterator[tuple[str, str, str]]:
    if file.confirmed is not None:
        yield second_in_words(file.confirmed), _("Signed before it was written"), "signature"


class CameSheet(SideSheet):
    """What became of a file, with the whole sentence that says why."""

    def __init__(self, host: Screen[Services], file: IncomingFile) -> None:
        super().__init__(host, _("File that came"), subtitle=file.name, width=520)
        chip = StatusChip(*came_in_words(file))
        self.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        sender = file.sender or _("unknown")
        for value, title, icon in (
            (brought(file), _("What it brought"), "file"),
            (sender, _("From whom"), "send"),
            (moment(file.came_at), _("When"), "clock"),
            (entries(file.repeated), _("Were here before"), "history"),
            *((one.words, statement_in_words(one), "stamp") for one in file.inspections),
        ):
            self.body.addWidget(FactRow(value, title, icon=icon))
        if file.state is FileState.TAKEN and file.bundle_id is not None and file.sender:
            self.body.addWidget(
                FactRow(
                    _("Its receipt"),
                    _("On paper or from the screen, where no stick goes back."),
                    icon="stamp",
                )
            )
            buttons = QWidget()
            flow = FlowLayout(buttons, gap=8)
            for button in ReceiptPaper(host).buttons(file.bundle_id):
                flow.addWidget(button)
            self.body.addWidget(buttons)
