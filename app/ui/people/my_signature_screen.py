"""One's own signature: the key, the statement, and the password that signs."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from typing_extensions import override

from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.egress import Document
from app.core.people import AccountId
from app.core.signatures import SignerLine, SigningNow, signature_paper
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.own_password_sheet import OwnPasswordSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.signing import Signer, StatementDialog
from app.ui.kit.theme import Tone
from app.ui.people.signer_words import check_in_words, key_in_words


class MySignatureScreen(Screen[Services]):
    """Everybody sees their own; nothing here is anybody else's to change."""

    topics = frozenset(
        {"signing_key", "signing_key_end", "signer_check", "accountability", "credential"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("My signature"),
            subtitle=_("Signed with your password, it binds you as one by hand does."),
        )
        self._lines = column(gap=16)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        if self.desk.actor.account_id is None:
            clear(self._lines)
            self._lines.addWidget(EmptyState(_("Only who signs in can sign."), icon="signature"))
            return
        self.load(self._look, self._show)

    def choose_password(self) -> None:
        """Choose a password of one's own: the first, or another."""
        self.load(
            lambda _progress: self.desk.services.signatures.now(self.desk.actor),
            lambda now: OwnPasswordSheet(
                self, self.desk.actor, is_first=not now.has_password
            ).open(),
            what="password",
        )

    def accept(self) -> None:
        """Read and sign the statement."""
        signer = Signer(self.desk.actor, self.desk.services.signatures, self.desk.jobs)
        StatementDialog(signer, lambda: self.desk.toast(_("Signed.")), self).open()

    def ask_where_statement(self) -> None:
        """Ask where the signed statement goes, and save it as a page."""
        name = _("Statement of {name}").format(name=self.desk.actor.name) + ".pdf"
        ask_where(self, _("Save as PDF"), name, self.save_statement)

    def save_statement(self, path: Path) -> None:
        """Save the signed statement as a page."""
        desk = self.desk

        def make(_progress: Progress) -> Document:
            detail = desk.services.signatures.own_statement(desk.actor)
            site = desk.services.open_site
            return signature_paper(detail, site.name, site.site.clock.now())

        save_document(self, path, make)

    def _look(self, _progress: Progress) -> tuple[SigningNow, SignerLine]:
        signatures, actor = self.desk.services.signatures, self.desk.actor
        own = AccountId(actor.account_id) if actor.account_id is not None else None
        assert own is not None  # noqa: S101  asked before
        return signatures.now(actor), signatures.signer(actor, own)

    def _show(self, seen: tuple[SigningNow, SignerLine]) -> None:
        now, line = seen
        clear(self._lines)
        ready = not now.trouble and not now.statement
        words = (
            _("You can sign.") if ready else now.trouble or _("One thing is left: the statement.")
        )
        self._lines.addWidget(Banner(words, Tone.SUCCESS if ready else Tone.WARNING))
        self._lines.addWidget(self._key_card(now, line))
        self._lines.addWidget(self._statement_card(now, line))

    def _key_card(self, now: SigningNow, line: SignerLine) -> Card:
        card = Card(_("Your key"))
        title, about = key_in_words(line)
        card.body.addWidget(FactRow(title, about, icon="key-round"))
        title, about = check_in_words(line)
        card.body.addWidget(FactRow(title, about, icon="id-card"))
        words = _("Change my password") if now.has_password else _("Choose a password")
        button = plain(words, "key-round").on_press(self.choose_password)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _statement_card(self, now: SigningNow, line: SignerLine) -> Card:
        card = Card(_("Statement"))
        if line.accepted_at is not None:
            words = _("signed {when}").format(when=moment(line.accepted_at))
            card.body.addWidget(
                FactRow(_("My signature binds me as one by hand"), words, icon="file-check")
            )
            save = plain(_("Save as PDF"), "save").on_press(self.ask_where_statement)
            card.body.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        card.body.addWidget(FactRow(_("Not signed yet"), _("It is signed once."), icon="file-text"))
        button = primary(_("Read and sign"), "signature").on_press(partial(self.accept))
        button.setEnabled(not now.trouble)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


SPEC = ScreenSpec(
    key="my_signature",
    title=mark("My signature"),
    icon="signature",
    factory=MySignatureScreen,
    in_navigation=False,
    stands_alone=True,
)
