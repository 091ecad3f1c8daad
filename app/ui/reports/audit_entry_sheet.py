"""One journal entry: who, when, why, and every column before and after."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.base.figures import moment, number
from app.core.base.words import _
from app.core.reports import AuditEntry, WordedChange
from app.core.signatures import SignatureLine
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.signature_block import signature_block
from app.ui.kit.theme import TextRole, Tone, current_theme

MOST_CHANGES = 12
_WIDTH = 620
_GROUP = 8


class AuditEntrySheet(SideSheet):
    """Read only; the hash can be selected and copied."""

    signature_asked = Signal(UUID)
    """Carries the record whose signatures are to be looked at."""

    def __init__(
        self, host: QWidget, entry: AuditEntry, signatures: tuple[SignatureLine, ...] = ()
    ) -> None:
        super().__init__(
            host,
            entry.action_title,
            subtitle=_("Entry {position}").format(position=entry.position),
            width=_WIDTH,
        )
        self._hash = entry.hash
        who = f"{entry.actor} ({entry.login})" if entry.login else entry.actor
        self.body.addWidget(FactRow(who, _("Who"), icon="user"))
        if entry.acts_for:
            self.body.addWidget(FactRow(entry.acts_for, _("For whom"), icon="users"))
        self.body.addWidget(FactRow(_at(entry), _("When"), icon="clock"))
        if entry.reason:
            self.body.addWidget(FactRow(entry.reason, _("Reason"), icon="message-square"))
        for change in entry.changes[:MOST_CHANGES]:
            self.body.addWidget(_change_card(change))
        more = entry.changes_total - min(len(entry.changes), MOST_CHANGES)
        if more > 0:
            words = _("and {count} more rows").format(count=number(more))
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))
        if signatures:
            self.body.addWidget(self._signatures_card(signatures))
        self.body.addWidget(self._hash_card())
        self.foot.addWidget(plain(_("Copy the hash"), "copy").on_press(self._copy))

    def _signatures_card(self, signatures: tuple[SignatureLine, ...]) -> Card:
        card = Card(_("Signatures under what was changed"), gap=10, margin=16)
        for line in signatures:
            look = partial(self._ask_signature, line)
            card.body.addWidget(signature_block(line, look=look))
        return card

    def _ask_signature(self, line: SignatureLine) -> None:
        self.dismiss()
        self.signature_asked.emit(line.record_id)

    def _hash_card(self) -> Card:
        card = Card(_("Hash of the entry"), gap=8, margin=16)
        groups = [self._hash[at : at + _GROUP] for at in range(0, len(self._hash), _GROUP)]
        label = PlainLabel(" ".join(groups), TextRole.BODY2, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(label)
        about = _("It covers this entry and the hash of the one before.")
        card.body.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))
        return card

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._hash)


def _at(entry: AuditEntry) -> str:
    hours, minutes = divmod(abs(entry.offset_minutes), 60)
    sign = "+" if entry.offset_minutes >= 0 else "−"
    return f"{moment(entry.wall)} (UTC{sign}{hours:02}:{minutes:02})"


def _change_card(change: WordedChange) -> Card:
    card = Card(change.title, gap=10, margin=16)
    new = change.is_new
    card.add_action(
        StatusChip(
            _("New") if new else _("Changed"),
            Tone.SUCCESS if new else Tone.INFO,
            icon="plus" if new else "pencil",
        )
    )
    card.body.addLayout(_columns_of(change))
    return card


def _columns_of(change: WordedChange) -> QGridLayout:
    """Return what a change has put into each column, beside what stood there before."""
    new, grid = change.is_new, QGridLayout()
    grid.setHorizontalSpacing(current_theme().px(16))
    grid.setVerticalSpacing(current_theme().px(8))
    titles = (_("Column"), _("Value")) if new else (_("Column"), _("Before"), _("After"))
    for place, title in enumerate(titles):
        grid.addWidget(PlainLabel(title, TextRole.LABEL), 0, place)
        grid.setColumnStretch(place, 2 if place else 1)
    for line, one in enumerate(change.columns, start=1):
        words = (one.title, one.new) if new else (one.title, one.old, one.new)
        for place, text in enumerate(words):
            role = TextRole.BODY if place == len(words) - 1 else TextRole.BODY2
            grid.addWidget(_breakable(text or "–", role), line, place)
    return grid


def _breakable(text: str, role: TextRole) -> PlainLabel:
    """Return a wrapped label in which ids and hashes may break too."""
    if any(len(word) > 4 * _GROUP for word in text.split()):
        text = "\u200b".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
    return PlainLabel(text, role, wrap=True)
