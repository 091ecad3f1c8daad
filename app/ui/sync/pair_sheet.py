"""Pairing in a sheet: the file that was brought, its words, and the answer to carry back."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import key_paper
from app.core.keys import (
    ANSWER,
    ANSWER_ENDING,
    REQUEST_ENDING,
    Paired,
    fingerprint_code,
    label_of,
    read_answer,
    read_file,
    read_request,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it is shown before anybody goes on."""

    paper: bytes
    name: str
    words: str
    is_answer: bool = False
    key_is_lost: bool = False


class PairSheet(SideSheet):
    """Takes a request or an answer, shows its words, and goes on when somebody has compared them."""

    paired_with = Signal(object)
    """Carries a keys.Paired."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(
            host,
            _("Pair a PC or site"),
            subtitle=_("Bring the file that the other one wrote: its request, or its answer."),
            width=520,
        )
        self._screen = host
        self._seen: _Seen | None = None
        self.reason: TextField | None = None
        """Asked for where a site's key is lost."""
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.picker = FilePicker(
            _("Drop the file here"), suffixes=(REQUEST_ENDING, ANSWER_ENDING), several=False
        )
        self.picker.picked.connect(lambda paths: self.read(paths[0]))
        self.body.addWidget(self.picker)
        self._content = column(gap=14)
        self.body.addLayout(self._content)
        self.cancel_button = Button(_("Cancel")).on_press(self.dismiss)
        self.foot.addWidget(self.cancel_button)
        self.same = Button(_("The words are the same"), Kind.PRIMARY, icon="check")
        self.foot.addWidget(self.same.on_press(self.pair))
        self.same.hide()

    def read(self, path: Path) -> None:
        """Look at a file."""

        def work(_progress: Progress) -> _Seen:
            paper = read_file(path)
            if label_of(paper) == ANSWER:
                _answer, told = read_answer(paper)
                return _Seen(paper, told.name, told.words, is_answer=True)
            asked = read_request(paper)
            return _Seen(paper, asked.label, asked.words, key_is_lost=asked.replaces_lost_key)

        self.banner.hide()
        self._screen.desk.jobs.run(work, done=self._show, failed=self._refused, owner=self)

    def pair(self) -> None:
        """Go on: the words were compared."""
        pairing = self._screen.desk.services.open_site.keys.pairing
        actor, seen = self._screen.desk.actor, self._seen
        if seen is None or (self.reason is not None and not self.reason.validate()):
            return
        reason = self.reason.value() if self.reason is not None else ""

        def work(_progress: Progress) -> Paired:
            if seen.is_answer:
                return pairing.take(actor, seen.paper, seen.words)
            return pairing.pair(actor, seen.paper, seen.words, reason)

        self.same.setEnabled(False)
        self._screen.desk.jobs.run(
            work,
            done=self._paired,
            failed=self._refused,
            owner=self,
        )

    def _show(self, seen: "_Seen") -> None:
        self._seen = seen
        self.picker.hide()
        self.reason = None
        clear(self._content)
        title = _("The answer of {name}") if seen.is_answer else _("{name} asks to be known")
        if seen.key_is_lost:
            title = _("{name} asks for a new key: its own is lost")
        self._content.addWidget(PlainLabel(title.format(name=seen.name), TextRole.H2, wrap=True))
        about = _(
            "Read these words to whoever stands before the other screen. Go on only if it shows the "
            "same, in the same order."
        )
        self._content.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._content.addWidget(Fingerprint(seen.words))
        if seen.key_is_lost:
            words = _(
                "The lost key is revoked: what it certified so far stays, nothing more is taken from "
                "it. Ask who lost it, and where, before you go on."
            )
            self._content.addWidget(Banner(words, Tone.WARNING))
            self.reason = TextField(_("Why its key is lost"), required=True)
            self._content.addWidget(self.reason)
        self.same.show()
        (self.reason or self.same).setFocus()

    def _paired(self, paired: Paired) -> None:
        answer = paired.answer
        self.same.hide()
        self.paired_with.emit(paired)
        if answer is None:
            self._screen.desk.toast(_("{name} is known here.").format(name=paired.label))
            self.dismiss()
            return
        clear(self._content)
        title = _("{name} is known here").format(name=paired.label)
        self._content.addWidget(PlainLabel(title, TextRole.H2, wrap=True))
        about = _(
            "Save the answer and carry it back. The other screen will show the words of this site:"
        )
        self._content.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._content.addWidget(Fingerprint(paired.words, self._own_code()))
        self.save = plain(_("Save the answer"), "save")
        self.save.on_press(lambda: self._ask_where(answer, paired.label))
        self._content.addWidget(self.save)
        self.cancel_button.set_words(_("Close"))
        self.save.setFocus()

    def _own_code(self) -> str:
        return fingerprint_code(self._screen.desk.services.open_site.authority.public_key)

    def _ask_where(self, answer: bytes, name: str) -> None:
        plain_name = "".join(letter if letter.isalnum() else "-" for letter in name)
        file = f"{plain_name}{ANSWER_ENDING}"
        ask_where(self, _("Save the answer"), file, lambda path: self.save_answer(answer, path))

    def save_answer(self, answer: bytes, path: Path) -> None:
        """Write the answer to a file."""
        words = _("Saved. Carry {file} back.").format(file=path.name)
        save_document(
            self._screen,
            path,
            lambda _progress: key_paper(answer, path.stem),
            lambda _document: self._screen.desk.toast(words),
            told=False,
        )

    def _refused(self, error: UserFacingError) -> None:
        self.same.setEnabled(True)
        self.banner.set_text(error.sentence)
        self.banner.show()
