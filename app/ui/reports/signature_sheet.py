"""One signature in full: what was read and signed, whether it holds, and what proves it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.core.base.words import _
from app.core.reports import part_in_words, table_in_words
from app.core.signatures import SignatureDetail, signature_paper, state_in_words
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.signature_block import signature_block, tone_of
from app.ui.kit.theme import TextRole

_WIDTH = 600


class SignatureSheet(SideSheet):
    """Read only; the signed text can be selected, the proof copied or saved as a page."""

    def __init__(self, host: Screen[Services], detail: SignatureDetail) -> None:
        super().__init__(
            host,
            _("Signature"),
            subtitle=table_in_words(detail.line.record_kind),
            width=_WIDTH,
        )
        self._screen = host
        self._detail = detail
        words = state_in_words(detail.state)
        if detail.changed:
            changed = ", ".join(part_in_words(one) for one in detail.changed)
            words = _("{state}: {columns}").format(state=words, columns=changed)
        self.verdict = Banner(words, tone_of(detail.state))
        self.body.addWidget(self.verdict)
        self.body.addWidget(signature_block(detail.line))
        self.body.addWidget(self._read_card())
        self.body.addWidget(self._proof_card())
        self.foot.addWidget(plain(_("Copy the proof"), "copy").on_press(self._copy))
        self.foot.addWidget(plain(_("Save as PDF"), "save").on_press(self._ask_where))

    def _read_card(self) -> Card:
        card = Card(_("What was read and signed"), gap=8, margin=16)
        label = PlainLabel(self._detail.shown, TextRole.BODY, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(label)
        return card

    def _proof_card(self) -> Card:
        detail, card = self._detail, Card(_("What proves it"), gap=10, margin=16)
        station = detail.certified_by or _("nobody who is believed here")
        card.body.addWidget(FactRow(station, _("says whose key it is"), icon="shield-check"))
        proved = " + ".join(detail.components) or "–"
        card.body.addWidget(FactRow(proved, _("proved who signed"), icon="key-round"))
        if detail.clock == "confirmed":
            words = _("An administrator said that the clock, though behind, was right.")
            card.body.addWidget(FactRow(_("Clock confirmed"), words, icon="clock"))
        return card

    def _copy(self) -> None:
        detail = self._detail
        lines = [
            detail.payload,
            f"public key {detail.public_key.hex()}",
            f"signature {detail.signature.hex()}",
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._screen.desk.toast(_("Copied"))

    def _ask_where(self) -> None:
        host, detail = self._screen, self._detail

        def save(path: Path) -> None:
            save_document(
                host,
                path,
                lambda _progress: signature_paper(
                    detail, host.desk.place.name, host.desk.clock.now()
                ),
                lambda _document: host.desk.toast(_("Saved.")),
                told=False,
            )

        name = f"signature-{detail.line.at:%Y%m%d}-{str(detail.line.id)[-6:]}.pdf"
        ask_where(host, _("Save as PDF"), name, save)
