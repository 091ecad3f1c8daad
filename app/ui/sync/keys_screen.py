"""Peers and keys: this site's words, whose keys are known here, pairing, revoking, rotating."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import ago
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.egress import key_paper
from app.core.keys import (
    REQUEST_ENDING,
    Introduction,
    KeyKind,
    KeyLine,
    KeyState,
    LostKey,
    short_words,
)
from app.core.signatures import KeysInUse
from app.core.sync import Aside
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.focus import lead_through_parts
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole
from app.ui.sync.aside_card import AsideCard
from app.ui.sync.lost_key_card import LostKeyCard
from app.ui.sync.pair_sheet import PairSheet
from app.ui.sync.pc_name_sheet import PcNameSheet
from app.ui.sync.site_file_sheet import SiteFileSheet
from app.ui.sync.words import KINDS, kind_in_words, state_in_words

_OVER = {KeyState.REVOKED, KeyState.REPLACED, KeyState.TOO_MANY}
_SHOWN_OF_A_KEY = 16


_Seen = tuple[Introduction, tuple[KeyLine, ...], KeysInUse, LostKey, tuple[Aside, ...]]


class KeysScreen(Screen[Services]):
    """What an administrator does so that PCs and sites believe each other."""

    topics = frozenset(
        {
            "aside_decision",
            "entry_aside",
            "key_certificate",
            "key_revocation",
            "signing_key",
            "signing_key_end",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Peers and keys"),
            subtitle=_("Which PCs and sites are believed here, and by which keys."),
        )
        self.header.add_action(plain(_("Make a site file"), "file").on_press(self.make_site_file))
        self.pair_button = primary(_("Pair a PC or site"), "plus").on_press(self.pair)
        self.header.add_action(self.pair_button)
        left, right = QWidget(), QWidget()
        self._cards = column(left, gap=16)
        self._own = column(right, gap=16)
        self._sides = (left, right)
        self.body.addWidget(SideBySide(left, right, side_width=420, fold_below=980))
        self.body.addStretch(1)

    @override
    def focus_first(self) -> None:
        """Put the focus on pairing: what stands first below the header makes new keys."""
        self.pair_button.setFocus()

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def pair(self) -> None:
        """Take the file of another PC or site."""
        PairSheet(self).open()

    def make_site_file(self) -> None:
        """Make a file with which many PCs may join."""
        SiteFileSheet(self).open()

    def save_introduction(self, made: Introduction, path: Path) -> None:
        """Write what makes this site known elsewhere to a file."""
        words = _("Saved. Carry {file} to the other PC, and read it the words.")
        save_document(
            self,
            path,
            lambda _progress: key_paper(made.document, made.label),
            lambda _document: self.desk.toast(words.format(file=path.name)),
            told=False,
        )

    def _look(self, _progress: Progress) -> _Seen:
        services, actor = self.desk.services, self.desk.actor
        keys = services.open_site.keys
        signing = services.signatures.keys_in_use(actor)
        lost = keys.succession.standing()
        lying = services.sync.aside.all(actor)
        return keys.pairing.introduce(), keys.care.inventory(actor), signing, lost, lying

    def _show(self, seen: _Seen) -> None:
        made, lines, signing, standing, lying = seen
        clear(self._own)
        self._own.addWidget(self._own_card(made))
        if not standing.is_here:
            self._own.addWidget(LostKeyCard(self, standing))
        self._own.addWidget(self._signing_card(signing))
        self._own.addStretch(1)
        clear(self._cards)
        if lying:
            self._cards.addWidget(AsideCard(self, lying))
        for title, chosen in _grouped(lines):
            if chosen:
                self._cards.addWidget(self._card(title, chosen))
        self._cards.addStretch(1)
        lead_through_parts(self._sides)

    def _own_card(self, made: Introduction) -> Card:
        is_site = made.kind is KeyKind.SITE
        card = Card(_("The words of this site") if is_site else _("The words of this PC"))
        card.body.addWidget(Fingerprint(made.words, made.code))
        about = (
            _(
                "A PC that joins, or another site, shows these words when it takes the answer of this one."
            )
            if is_site
            else _(
                "This PC does not hold the site's key. Its request asks the PC that does for a new "
                "key certificate."
            )
        )
        card.body.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        words = _("Save the file for another site") if is_site else _("Save the request")
        save = plain(words, "save").on_press(partial(self._ask_where, made, words))
        card.body.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _signing_card(self, signing: KeysInUse) -> Card:
        card = Card(_("People's signing keys"))
        count = plural("{count} key in use", "{count} keys in use", signing.count)
        about = [
            _("the oldest made {when}").format(when=ago(signing.oldest, self.desk.clock.now()))
            if signing.oldest
            else "",
            plural("{count} ended", "{count} ended", signing.ended) if signing.ended else "",
            plural(
                "{count} waits for a check of its owner",
                "{count} wait for a check of their owners",
                signing.unchecked,
            )
            if signing.unchecked
            else "",
        ]
        words = " · ".join(part for part in about if part)
        card.body.addWidget(FactRow(count, words, icon="signature"))
        go = plain(_("Who may sign"), "users")
        go.on_press(partial(self.desk.open, "report", report="signers"))
        card.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _ask_where(self, made: Introduction, title: str) -> None:
        name = f"{self.desk.services.open_site.code}{REQUEST_ENDING}"
        ask_where(self, title, name, partial(self.save_introduction, made))

    def _card(self, title: str, lines: list[KeyLine]) -> Card:
        card = Card(title)
        for line in lines:
            card.body.addWidget(self._row(line))
        return card

    def _row(self, line: KeyLine) -> FactRow:
        word, tone = state_in_words(line.state)
        row = FactRow(_title(line), self._about(line), icon=KINDS[line.kind][1])
        row.add_button(StatusChip(word, tone))
        for button in self._buttons(line):
            row.add_button(button)
        return row

    def _about(self, line: KeyLine) -> str:
        parts = [
            kind_in_words(line.kind),
            _("certified {when}").format(when=ago(line.issued_at, self.desk.clock.now())),
            "" if line.label != line.name else short_words(line.words),
            line.key.hex()[:_SHOWN_OF_A_KEY],
            line.reason,
        ]
        return " · ".join(part for part in parts if part)

    def _buttons(self, line: KeyLine) -> list[Button]:
        holds_site = self.desk.services.open_site.authority.can_sign
        if line.state in _OVER:
            return []
        is_pc = line.is_own_site and line.kind is KeyKind.STATION
        naming = [self._naming_button(line)] if is_pc and holds_site else []
        return [*naming, *self._key_buttons(line, holds_site=holds_site)]

    def _naming_button(self, line: KeyLine) -> Button:
        button = Button(_("Name"), Kind.GHOST, icon="pencil", dense=True)
        button.setAccessibleName(_("Give {name} another name").format(name=_title(line)))
        return button.on_press(lambda: PcNameSheet(self, line).open())

    def _key_buttons(self, line: KeyLine, *, holds_site: bool) -> list[Button]:
        if line.is_this_pc or (line.is_own_site and line.kind is KeyKind.SITE and holds_site):
            words = _("New keys for {name}").format(name=_title(line))
            button = Button(_("New keys"), Kind.GHOST, icon="refresh-cw", dense=True)
            button.setAccessibleName(words)
            return [button.on_press(partial(self._ask_rotating, line))]
        stands_on = line.kind is KeyKind.ORGANISATION or (
            line.is_own_site and line.kind is KeyKind.SITE
        )
        if stands_on or not holds_site:
            return []
        button = Button(_("Revoke"), Kind.GHOST, icon="ban", dense=True)
        button.setAccessibleName(_("Revoke {name}").format(name=_title(line)))
        return [button.on_press(partial(self._ask_revoking, line))]

    def _ask_revoking(self, line: KeyLine) -> None:
        care, actor = self.desk.services.open_site.keys.care, self.desk.actor
        question = Question(
            title=_("Revoke {name}?").format(name=_title(line)),
            text=_(
                "What it wrote up to now, as far as it is known here, stays. Nothing that it writes "
                "from now on is taken, here or anywhere, and that cannot be undone."
            ),
            yes=_("Revoke"),
            danger=True,
            ask_reason=True,
        )

        def revoke(reason: str) -> None:
            self.act(
                lambda _progress: care.revoke(actor, line.key, reason),
                lambda _none: self.desk.toast(_("Revoked.")),
            )

        self.desk.confirm(question, revoke)

    def _ask_rotating(self, line: KeyLine) -> None:
        care, actor = self.desk.services.open_site.keys.care, self.desk.actor
        question = Question(
            title=_("Make new keys for {name}?").format(name=_title(line)),
            text=_(
                "The old key signs for the new one, so nobody has to pair again; then the old one is "
                "destroyed."
            ),
            yes=_("Make new keys"),
            careful=True,
        )

        def rotate(_reason: str) -> None:
            words = (
                _("New keys are made. Start Daksha again to use them.")
                if line.is_this_pc
                else _("New keys are made, and in use.")
            )
            self.act(
                lambda _progress: care.rotate(actor, line.kind),
                lambda _none: self.desk.toast(words),
            )

        self.desk.confirm(question, rotate)


def _grouped(lines: tuple[KeyLine, ...]) -> tuple[tuple[str, list[KeyLine]], ...]:
    """Return the keys by where they belong, each group with its title."""
    used = [one for one in lines if _is_on(one)]
    return (
        (_("This site"), [one for one in used if one.is_own_site]),
        (_("Other sites"), [one for one in used if not one.is_own_site]),
        (_("No longer in use"), [one for one in lines if not _is_on(one)]),
    )


def _is_on(line: KeyLine) -> bool:
    return line.state not in _OVER


def _title(line: KeyLine) -> str:
    return _("{name} (this PC)").format(name=line.label) if line.is_this_pc else line.label


SPEC = ScreenSpec(
    key="keys",
    title=mark("Peers and keys"),
    icon="key-round",
    needs=Capability.MANAGE_SITE,
    factory=KeysScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="sync",
)
