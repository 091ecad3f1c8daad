"""Headquarters as a last way to the records: given here, or, at headquarters, a plant's request answered."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import key_paper
from app.core.keys import ESCROW_ANSWER_ENDING, ESCROW_REQUEST_ENDING, read_file
from app.core.operations import Escrow, HeldByHq, RequestSeen
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


class HqCard(Card):
    """Shown where headquarters are known."""

    def __init__(self, screen: Screen[Services], escrow: Escrow) -> None:
        super().__init__(_("Headquarters"))
        self._screen = screen
        self._escrow = escrow
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.hide()

    def show_standing(self, standing: HeldByHq) -> None:
        """Say how it stands, and offer what can be done."""
        clear(self._lines)
        self.setVisible(bool(standing.name))
        if standing.is_this_site:
            about = _("A plant that lost every password asks here for the key of its records.")
            words, icon, act = _("Answer a plant's request"), "key-round", self.answer
        else:
            about = _given_in_words(standing)
            words = _("Renew it") if standing.is_given else _("Let headquarters help")
            icon, act = "building-2", self.ask_to_give
        row = FactRow(standing.name, about, icon="building-2")
        if not standing.is_this_site:
            row.add_button(_chip(standing))
        self._lines.addWidget(row)
        self.button = plain(words, icon).on_press(act)
        if standing.is_this_site or not (standing.is_given and standing.is_current):
            self._lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def ask_to_give(self) -> None:
        """Seal the key to headquarters, once somebody said yes."""
        question = Question(
            title=_("Let headquarters help?"),
            text=_(
                "The key of these records is sealed to headquarters and stays on this PC. Who brings "
                "the sealed key there, and is believed, gets it back; each time is on record. It can "
                "be taken away again."
            ),
            yes=_("Let headquarters help"),
            careful=True,
        )
        desk = self._screen.desk

        def give(_reason: str) -> None:
            self._screen.act(
                lambda _progress: self._escrow.give(desk.actor),
                lambda _none: self._screen.refresh(),
            )

        desk.confirm(question, give)

    def answer(self) -> None:
        """Take a plant's request."""
        AnswerSheet(self._screen, self._escrow).open()


class AnswerSheet(SideSheet):
    """Shows who asks and why, and goes on when somebody has compared the words."""

    def __init__(self, host: Screen[Services], escrow: Escrow) -> None:
        super().__init__(
            host,
            _("A plant asks for its key"),
            subtitle=_("Bring the file that it wrote. Speak with somebody there whom you know."),
            width=540,
        )
        self._screen = host
        self._escrow = escrow
        self._paper = b""
        self.seen: RequestSeen | None = None
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.picker = FilePicker(
            _("Drop the file here"), suffixes=(ESCROW_REQUEST_ENDING,), several=False
        )
        self.picker.picked.connect(lambda paths: self.read(paths[0]))
        self.body.addWidget(self.picker)
        self._content = column(gap=14)
        self.body.addLayout(self._content)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self.same = Button(_("The words are the same"), Kind.PRIMARY, icon="check")
        self.foot.addWidget(self.same.on_press(self._ask_where))
        self.same.hide()

    def read(self, path: Path) -> None:
        """Look at a request."""
        escrow, actor = self._escrow, self._screen.desk.actor

        def work(_progress: Progress) -> tuple[bytes, RequestSeen]:
            paper = read_file(path)
            return paper, escrow.look_at(actor, paper)

        self.banner.hide()
        self._screen.desk.jobs.run(work, done=self._show, failed=self._refused, owner=self)

    def save(self, path: Path) -> None:
        """Answer, and write the answer to a file."""
        escrow, actor, paper, seen = self._escrow, self._screen.desk.actor, self._paper, self.seen
        if seen is None:
            return
        title = _("Key of the records of {site}").format(site=_site(seen))
        words = _("Saved. Carry {file} to the PC that asked; it opens nothing anywhere else.")

        def told(_document: object) -> None:
            self._screen.desk.toast(words.format(file=path.name))
            self.dismiss()

        save_document(
            self._screen,
            path,
            lambda _progress: key_paper(escrow.answer(actor, paper, seen.asked.words), title),
            told,
            told=False,
        )

    def _ask_where(self) -> None:
        if self.seen is not None:
            name = "".join(one if one.isalnum() else "-" for one in _site(self.seen))
            ask_where(self, _("Save the answer"), f"{name}{ESCROW_ANSWER_ENDING}", self.save)

    def _show(self, read: tuple[bytes, RequestSeen]) -> None:
        self._paper, self.seen = read
        seen, asked = self.seen, self.seen.asked
        self.picker.hide()
        clear(self._content)
        if not (seen.site and seen.is_known_pc):
            words = _(
                "No PC that is known here signed it: it may be a new PC with a copied data folder, or "
                "somebody with a stolen one."
            )
            self._content.addWidget(Banner(words, Tone.WARNING))
        for value, about, icon in (
            (_site(seen), _("Whose records"), "building-2"),
            (asked.pc, _("The PC that asks"), "monitor"),
            (asked.people, _("Who is there"), "users"),
            (asked.reason, _("Why"), "message-square"),
            (moment(asked.made_at), _("When"), "clock"),
        ):
            self._content.addWidget(FactRow(value, about, icon=icon))
        about = _(
            "Have them read the words on their screen out to you. Go on only if these are the same, in "
            "the same order."
        )
        self._content.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._content.addWidget(Fingerprint(asked.words))
        self.same.show()
        self.same.setFocus()

    def _refused(self, error: UserFacingError) -> None:
        self.banner.set_text(error.sentence)
        self.banner.show()


def _site(seen: RequestSeen) -> str:
    return seen.site or _("a site that is not known here")


def _given_in_words(standing: HeldByHq) -> str:
    if not standing.is_given:
        return _("Could open these records after a request, if they were given the key, sealed.")
    if standing.is_current:
        return _("Hold the key, sealed. They send it back after a request of two people.")
    return _("Have another key of their own since: renew it, for the old one is kept for a year.")


def _chip(standing: HeldByHq) -> QWidget:
    if not standing.is_given:
        return StatusChip(_("Off"), Tone.NEUTRAL)
    if standing.is_current:
        return StatusChip(_("On"), Tone.SUCCESS)
    return StatusChip(_("Renew"), Tone.WARNING)
