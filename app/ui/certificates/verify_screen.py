"""Verifying a certificate: drop the file or paste the code; one clear answer, and why."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.figures import day, moment
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.certificates import Verification, VerificationStatus
from app.core.keys import TrustedSite
from app.core.storage.faults import told_plainly
from app.services import Services
from app.ui.certificates.words import ANSWERS
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import IconTile
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, SideBySide, clear, column, row
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, current_theme

_LARGEST = 20_000_001
"""One byte more than the core reads, so that it is the core that refuses."""
_LARGEST_TRUST = 100_000
_SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".txt")


class VerifyScreen(Screen[Services]):
    """For the gate and the auditor; nothing is written."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Verify a certificate"),
            subtitle=_("Proved by its signature, on this PC, without internet."),
        )
        self.trust: TrustedSite | None = None
        left = QWidget()
        lines = column(left, gap=16)
        lines.addWidget(self._make_question())
        lines.addStretch(1)
        self.answer = Card(margin=24)
        right = QWidget()
        lines = column(right, gap=16)
        lines.addWidget(self.answer)
        lines.addStretch(1)
        self.body.addWidget(SideBySide(left, right, side_width=360, fold_below=720))
        self.body.addStretch(1)
        self._show_nothing()

    def _make_question(self) -> Card:
        card = Card(_("What do you have?"), gap=16)
        self.picker = FilePicker(
            _("Drop the certificate here: the PDF, or a photo of its square code"),
            suffixes=_SUFFIXES,
            several=False,
        )
        self.picker.picked.connect(lambda paths: self.verify_file(paths[0]))
        card.body.addWidget(self.picker)
        self.code = TextAreaField(_("Or paste its code"), rows=3)
        self.code.edited.connect(self._allow)
        card.body.addWidget(self.code)
        self.verify_button = primary(_("Verify"), "shield-check").on_press(self.verify_code)
        line = row(gap=8)
        line.addWidget(self.verify_button)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(self._make_trust())
        self._allow()
        return card

    def _make_trust(self) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=4)
        self.trust_words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.trust_button = Button("", Kind.LINK, icon="key-round").on_press(self._trust_pressed)
        line = row(gap=0)
        line.addWidget(self.trust_button)
        line.addStretch(1)
        lines.addWidget(self.trust_words)
        lines.addLayout(line)
        self._show_trust(None)
        return holder

    def focus_first(self) -> None:
        """Put the focus where a scanner types."""
        self.code.setFocus()

    def verify_file(self, path: Path) -> None:
        """Verify what a file holds."""
        verify, trust = self.desk.services.certificates.verify, self.trust

        def work(_progress: Progress) -> Verification:
            with told_plainly(), path.open("rb") as file:
                untrusted = file.read(_LARGEST)
            return verify(untrusted, trust)

        self.load(work, partial(self.show_answer, path.name), lane=Lane.WORK)

    def verify_code(self) -> None:
        """Verify the code that was pasted."""
        verify, trust, untrusted = (
            self.desk.services.certificates.verify,
            self.trust,
            self.code.value(),
        )

        def work(_progress: Progress) -> Verification:
            return verify(untrusted, trust)

        self.load(work, partial(self.show_answer, _("the code")), lane=Lane.WORK)

    def take_trust(self, path: Path) -> None:
        """Read another site's trust file; its certificates can then be proved too."""

        def work(_progress: Progress) -> TrustedSite:
            with told_plainly(), path.open("rb") as file:
                return TrustedSite.from_json(file.read(_LARGEST_TRUST).decode("utf-8", "replace"))

        self.load(work, self._show_trust, what="trust", lane=Lane.WORK)

    def show_answer(self, what: str, found: Verification) -> None:
        """Say what came of it: big, in words, with an icon and a colour."""
        look = ANSWERS[found.status]
        clear(self.answer.body)
        headline = _(look.headline)
        line = row(gap=16)
        line.addWidget(IconTile(look.icon, look.tone, 72), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=6)
        words.addWidget(PlainLabel(headline, TextRole.DISPLAY, tone=look.tone, wrap=True))
        words.addWidget(PlainLabel(found.why, TextRole.BODY, wrap=True))
        line.addLayout(words, 1)
        self.answer.body.addLayout(line)
        self.answer.body.addSpacing(current_theme().px(8))
        for title, about, icon in _facts(found):
            self.answer.body.addWidget(FactRow(title, about, icon=icon))
        looked = _("Looked at: {what}").format(what=what)
        self.answer.body.addWidget(PlainLabel(looked, TextRole.MUTED, wrap=True))
        self.answer.setAccessibleName(f"{headline}. {found.why}")
        announce(self.answer, f"{headline}. {found.why}", urgent=True)
        for page in self.findChildren(ScrollPage):
            page.ensureWidgetVisible(self.answer)

    def _show_nothing(self) -> None:
        line = row(gap=16)
        line.addWidget(IconTile("scan-line", px=72), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=6)
        words.addWidget(PlainLabel(_("The answer comes here"), TextRole.H1, wrap=True))
        about = _("Valid, expired, revoked, changed, or from a site this PC does not know.")
        words.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        line.addLayout(words, 1)
        self.answer.body.addLayout(line)

    def _allow(self) -> None:
        self.verify_button.setEnabled(bool(self.code.value()))

    def _show_trust(self, trust: TrustedSite | None) -> None:
        self.trust = trust
        if trust is None:
            self.trust_words.setText(_("Certificates of this site can be proved."))
            self.trust_button.set_words(_("Add another site's trust file"))
        else:
            words = _("Certificates of this site and of {site} can be proved.")
            self.trust_words.setText(words.format(site=trust.name))
            self.trust_button.set_words(_("Take the trust file off"))

    def _trust_pressed(self) -> None:
        if self.trust is not None:
            self._show_trust(None)
            return
        dialog = QFileDialog(self, _("Choose a trust file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("JSON (*.json)")
        dialog.fileSelected.connect(lambda name: self.take_trust(Path(name)))
        dialog.open()


def _facts(found: Verification) -> list[tuple[str, str, str]]:
    """Return what the certificate says, and how far that is proved."""
    claims = found.claims
    if claims is None:
        return []
    until = day(claims.valid_until) if claims.valid_until else _("For good")
    facts = [
        (claims.person_name, claims.person_number, "user"),
        (claims.course_title, _("Completed {day}").format(day=day(claims.completed_on)), "library"),
        (until, _("Valid until"), "calendar-check"),
        (claims.number, _("Number"), "hash"),
    ]
    if found.issuer:
        facts.append((found.issuer, _("Issued by"), "stamp"))
    if found.signed_at is not None:
        facts.append((moment(found.signed_at), _("Document signed"), "signature"))
    if found.is_document:
        facts.append((_("The whole document is proved"), _("It is what was issued."), "file-check"))
    elif found.status is VerificationStatus.VALID:
        about = _("Compare name and course with what is printed.")
        facts.append((_("Only the code is proved"), about, "qr-code"))
    return [fact for fact in facts if fact[0]]
