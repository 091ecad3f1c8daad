"""First run, joining: this PC's words and request, then the answer, and a password of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.computer import this_pc
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.buttons import plain, primary
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.saving_files import ask_where
from app.ui.kit.theme import TextRole, Tone
from app.ui.shell.site_opener import SiteOpener

if TYPE_CHECKING:
    from app.core.keys import Introduction, Invitation  # they take the database's libraries along

ENDINGS = (".daksha-answer", ".daksha-site")
_Value = TypeVar("_Value")
_REQUEST_ENDING = ".daksha-request"


class JoinSteps(QWidget):
    """Asks for what joining takes. `busy` and `idle` bracket what is slow."""

    joined = Signal(object)
    """Carries the Services of the site that was joined."""
    left = Signal()
    busy = Signal()
    idle = Signal()

    def __init__(self, jobs: JobRunner, opener: SiteOpener) -> None:
        super().__init__()
        self._jobs = jobs
        self._opener = opener
        self._name = ""
        self._paper: Path | None = None
        self._invitation: Invitation | None = None
        lines = column(self, gap=14)
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        lines.addWidget(self.banner)
        self._asking, self._answering = self._make_asking(), self._make_answering()
        lines.addWidget(self._asking)
        lines.addWidget(self._answering)
        self._answering.hide()

    def begin(self) -> None:
        """Show this PC's words; its keys are made the first time."""
        self._show(self._asking)
        self._run(self._opener.request, self._show_request)

    def read(self, path: Path) -> None:
        """Look at an answer or a site file that was brought."""
        self._paper = path
        self._run(lambda: self._opener.read_invitation(path), self._show_invitation)

    def join(self) -> None:
        """Join with what was brought."""
        self.again.set_error("")
        paper, invitation = self._paper, self._invitation
        if paper is None or invitation is None or not self.form.is_valid():
            return
        if self.password.value() != self.again.value():
            self.again.set_error(_("The two passwords differ."))
            self.again.setFocus()
            return
        password, passphrase = self.password.value(), self.passphrase.value()
        words, name = invitation.words, self.pc_name.value()
        self._run(
            lambda: self._opener.join(paper, password, passphrase, words, name), self.joined.emit
        )

    def save_request(self, path: Path) -> None:
        """Write this PC's request to a file that is carried to the site's PC."""

        def saved(_none: object) -> None:
            self._say(
                _(
                    "{file} is written. Carry it to the PC where the site was set up, and choose "
                    "“Pair a PC or site” there, under “Peers and keys”."
                ).format(file=path.name),
                Tone.SUCCESS,
            )

        name = self.pc_name.value()
        self._run(lambda: self._opener.save_request(path, name), saved)

    def _make_asking(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=14)
        lines.addWidget(PlainLabel(_("Join a site that exists"), TextRole.H1, wrap=True))
        about = _(
            "1. Save the request of this PC and carry it to the PC where the site was set up. "
            "It asks for these eight words:"
        )
        lines.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._words = column(gap=0)
        lines.addLayout(self._words)
        self.save = plain(_("Save the request"), "save").on_press(self._ask_where)
        self.pc_name = TextField(_("Name of this PC, as people call it"))
        self.pc_name.set_value(this_pc())
        asking = row(gap=12)
        asking.addWidget(self.pc_name, 1)
        asking.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        lines.addLayout(asking)
        about = _("2. Bring its answer back, or take a site file that your administrator gave you.")
        lines.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self.picker = FilePicker(
            _("Drop the answer or the site file here"), suffixes=ENDINGS, several=False
        )
        self.picker.picked.connect(lambda paths: self.read(paths[0]))
        lines.addWidget(self.picker)
        back = plain(_("Back"), "arrow-left").on_press(self.left.emit)
        lines.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _make_answering(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=14)
        self.title = PlainLabel("", TextRole.H1, wrap=True)
        lines.addWidget(self.title)
        about = _(
            "The PC where the site was set up shows eight words too. Go on only if they are these:"
        )
        lines.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._site_words = column(gap=0)
        lines.addLayout(self._site_words)
        self.form = Form()
        self.passphrase = PasswordField(_("Passphrase of the site file"), required=True)
        self.form.add(self.passphrase)
        self.password = PasswordField(
            _("Password for this PC's records"),
            required=True,
            hint=_("It opens them should this PC be lost: write it down and lock it away."),
        )
        self.again = PasswordField(_("Password again"), required=True)
        self.form.add_beside(self.password, self.again)
        self.form.submitted.connect(self.join)
        lines.addWidget(self.form)
        foot = row(gap=12)
        foot.addWidget(plain(_("Back"), "arrow-left").on_press(self.begin))
        foot.addStretch(1)
        self.go = primary(_("The words are the same: join"), "check").on_press(self.join)
        foot.addWidget(self.go)
        lines.addLayout(foot)
        return box

    def _ask_where(self) -> None:
        called = self.pc_name.value() or self._name
        name = "".join(letter if letter.isalnum() else "-" for letter in called)
        ask_where(self, _("Save the request"), f"{name}{_REQUEST_ENDING}", self.save_request)

    def _show_request(self, made: "Introduction") -> None:
        self._name = made.label
        clear(self._words)
        self.fingerprint = Fingerprint(made.words, made.code)
        self._words.addWidget(self.fingerprint)
        self.save.setFocus()

    def _show_invitation(self, invitation: "Invitation") -> None:
        self._invitation = invitation
        self.title.setText(_("Join {site}").format(site=invitation.site))
        clear(self._site_words)
        self._site_words.addWidget(Fingerprint(invitation.words))
        self.passphrase.setVisible(invitation.asks_passphrase)
        self._show(self._answering)
        (self.passphrase if invitation.asks_passphrase else self.password).line.setFocus()

    def _show(self, shown: QWidget) -> None:
        self.banner.hide()
        for part in (self._asking, self._answering):
            part.setVisible(part is shown)

    def _run(self, work: Callable[[], _Value], done: Callable[[_Value], None]) -> None:
        self.banner.hide()
        self.busy.emit()
        job = self._jobs.run(lambda _progress: work(), done=done, failed=self._refused, owner=self)
        job.finished.connect(self.idle)

    def _refused(self, error: UserFacingError) -> None:
        self._say(error.sentence, Tone.DANGER)

    def _say(self, words: str, tone: Tone) -> None:
        self.banner.set_tone(tone)
        self.banner.set_text(words)
        self.banner.show()
