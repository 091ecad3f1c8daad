"""Sync: how it stands with every PC and site, what left, what came, and what wants a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.approvals import Subject
from app.core.base.actor import Actor, Capability
from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.reports import FILES_THAT_LEFT
from app.core.sync import (
    Board,
    ExportTerms,
    FileState,
    PeerState,
    SentFile,
    claims_in_words,
    twins_in_words,
)
from app.services import Services
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.focus import lead_through_parts
from app.ui.kit.forms.choices import SegmentedTabs
from app.ui.kit.layouts import SideBySide, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.tables.list_tools import ListTools
from app.ui.kit.theme import Tone
from app.ui.sync.again_sheet import ask_again
from app.ui.sync.file_lists import Files, came_table, sent_table
from app.ui.sync.file_sheets import CameSheet, SentSheet
from app.ui.sync.peers_part import PeersCard
from app.ui.sync.rule_card import RuleCard
from app.ui.sync.shared_folder_card import SharedFolderCard
from app.ui.sync.standing import conflicts_in_words
from app.ui.sync.topics import SYNC_TOPIC
from app.ui.sync.versions_part import VersionsCard

_PEERS, _VERSIONS, _SENT, _CAME = "peers", "versions", "sent", "came"
_LEAST_HEIGHT = 380
"""Of a list: where the window is lower, the page scrolls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    board: Board
    conflicts: int
    rule: tuple[ExportTerms, ...]
    proposed: Subject | None
    authors: dict[UUID, str]


class SyncScreen(Screen[Services]):
    """What an administrator looks at to see whether records get where they should."""

    topics = frozenset(
        {
            SYNC_TOPIC,
            "sent_file",
            "peer_way",
            *("export_terms", "approval_easing", "approval_step"),
            "key_certificate",
            "key_revocation",
            "course_version",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Sync"),
            subtitle=_("Which records the other PCs and sites have, and which are on their way."),
        )
        self.header.add_action(plain(_("Take in"), "file-down").on_press(self._take))
        self.header.add_action(primary(_("Write a sync file"), "usb").on_press(self._write))
        banners = QWidget()
        self._banners = column(banners, gap=8)
        self.body.addWidget(banners)
        self._files = Files(desk.clock.now())
        self.peers = PeersCard(
            lambda key: desk.open("sync_write", peer=key),
            self._pair,
            self._ask_way,
            lambda state: ask_again(
                self, state.peer, lambda: desk.open("sync_write", peer=state.peer.key)
            ),
        )
        self.shared = SharedFolderCard(self)
        self.rule = RuleCard(self)
        self.sent = sent_table(lambda: self._files, desk.jobs)
        self.sent.opened.connect(self._open_sent)
        self.came = came_table(lambda: self._files, desk.jobs)
        self.came.opened.connect(lambda file: CameSheet(self, file).open())
        every = Button(_("Reports and papers too"), icon="table", dense=True)
        self.sent.add_to_bar(every.on_press(partial(desk.open, "report", report=FILES_THAT_LEFT)))
        ListTools(self, self.sent, key="sent_files")
        self.tabs = SegmentedTabs(_("What is shown"), self._tabs(0, 0))
        self.tabs.chosen.connect(self._choose)
        self.body.addWidget(self.tabs)
        self.versions = VersionsCard(self, desk.jobs, self._send)
        self.versions.setMinimumHeight(desk.theme.px(_LEAST_HEIGHT))
        self._parts: dict[str, QWidget] = {
            _PEERS: self._peers_part(),
            _VERSIONS: self.versions,
        }
        for key, table in ((_SENT, self.sent), (_CAME, self.came)):
            card = Card(margin=16)
            card.setMinimumHeight(desk.theme.px(_LEAST_HEIGHT))
            card.body.addWidget(table, 1)
            self._parts[key] = card
        for part in self._parts.values():
            self.body.addWidget(part, 1)
        self._choose(_PEERS)

    @override
    def enter(self, **args: object) -> None:
        shown = args.get("shown")
        if shown in self._parts:
            self._choose(str(shown))

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)
        if self.tabs.key() == _VERSIONS:
            self._look_at_versions()

    def _look_at_versions(self) -> None:
        sync, actor = self.desk.services.sync, self.desk.actor
        self.load(
            lambda _progress: sync.versions(actor), self.versions.show_versions, what="versions"
        )

    def _send(self, keys: Sequence[str], course_id: UUID) -> None:
        self.desk.open("sync_write", peers=tuple(keys), course=course_id)

    def _peers_part(self) -> QWidget:
        left, right = QWidget(), QWidget()
        for part, cards in ((left, [self.peers]), (right, [self.shared, self.rule])):
            inner = column(part, gap=16)
            for card in cards:
                inner.addWidget(card)
            inner.addStretch(1)
        return SideBySide(left, right, side_width=340, fold_below=900)

    def _look(self, _progress: Progress) -> _Seen:
        services, actor = self.desk.services, self.desk.actor
        board = services.sync.board(actor)
        wrote = {file.account_id for file in board.sent if file.account_id is not None}
        return _Seen(
            board=board,
            conflicts=services.sync.conflicts_open(actor),
            rule=services.sync.rule.all(actor),
            proposed=services.sync.rule.proposed(actor),
            authors=services.reports.travel.authors(actor, wrote),
        )

    def _show(self, seen: _Seen) -> None:
        board, now = seen.board, self.desk.clock.now()
        self._files = Files(now, board.sent, board.incoming, seen.authors)
        self._show_banners(seen)
        self.peers.show_peers(board.peers, now)
        self.shared.refresh()
        self.rule.show_terms(seen.rule, seen.proposed)
        lead_through_parts([self.peers, self.shared, self.rule])
        self.tabs.set_tabs(self._tabs(len(board.sent), len(board.incoming)))
        self.sent.refresh()
        self.came.refresh()

    def _show_banners(self, seen: _Seen) -> None:
        clear(self._banners)
        twins = twins_in_words(seen.board.twins)
        if twins:
            alarm = Banner(twins, Tone.DANGER)
            alarm.add_action(_("I have seen to it"), self._ask_twins_seen)
            self._banners.addWidget(alarm)
        for told in claims_in_words(seen.board.claims):
            alarm = Banner(told, Tone.DANGER, icon="shield-alert")
            alarm.add_action(_("I have seen to it"), self._ask_claims_seen)
            self._banners.addWidget(alarm)
        for loss in seen.board.losses:
            words = _(
                "The badge of {name}, taken away on {day}, may still open something at: {pcs}"
            )
            told = words.format(name=loss.name, day=moment(loss.at), pcs=", ".join(loss.unknown_at))
            pending = Banner(told, Tone.WARNING, icon="id-card")
            pending.add_action(_("Write a sync file"), self._write)
            self._banners.addWidget(pending)
        waits = sum(file.state is FileState.WAITING for file in seen.board.incoming)
        if waits:
            words = plural(
                "{count} file waits for one that was written before it and has not come.",
                "{count} files wait for one that was written before them and has not come.",
                waits,
            )
            banner = Banner(words, Tone.WARNING, icon="hourglass")
            banner.add_action(_("Show"), partial(self._choose, _CAME))
            self._banners.addWidget(banner)
        if seen.conflicts:
            words = conflicts_in_words(seen.conflicts)
            banner = Banner(words, Tone.WARNING, icon="git-compare")
            banner.add_action(_("Decide"), partial(self.desk.open, "conflicts"))
            self._banners.addWidget(banner)

    def _ask_twins_seen(self) -> None:
        self._ask_seen(
            _(
                "Do so once only one of the two PCs is used. It does not come again for what was "
                "found up to now."
            ),
            self.desk.services.sync.note_twins_seen,
        )

    def _ask_claims_seen(self) -> None:
        self._ask_seen(
            _(
                "Do so once you know what that PC runs and who wrote with it. What it wrote stays in the "
                "journal and counts no more than before."
            ),
            self.desk.services.sync.note_claims_seen,
        )

    def _ask_seen(self, text: str, note_seen: Callable[[Actor], None]) -> None:
        """Ask whether an alarm may go: `text` says when it may."""
        question = Question(
            title=_("Put the alarm away?"), text=text, yes=_("I have seen to it"), careful=True
        )
        actor = self.desk.actor

        def put_away(_reason: str) -> None:
            self.act(lambda _progress: note_seen(actor), lambda _none: self.refresh())

        self.desk.confirm(question, put_away)

    def _ask_way(self, state: PeerState) -> None:
        is_one_way, name = state.one_way is None, state.peer.label
        question = Question(
            title=(
                _("Nothing comes back from {name} by file?")
                if is_one_way
                else _("Do files come back from {name} again?")
            ).format(name=name),
            text=(
                _("Files written for it then wait for a receipt on paper, which it prints, instead of "
                  "raising an alarm. It goes on getting everything.")
                if is_one_way
                else _("Files written for it then wait for a receipt on a stick, and raise an alarm where "
                       "none comes.")
            ),
            yes=_("Put on record"),
            ask_reason=True,
        )  # fmt: skip
        one_way, actor = self.desk.services.sync.one_way, self.desk.actor

        def say(reason: str) -> None:
            self.act(
                lambda _progress: one_way.say(actor, state.peer, reason, is_one_way=is_one_way),
                lambda _none: self.desk.toast(_("It is on record.")),
            )

        self.desk.confirm(question, say)

    def _tabs(self, sent: int, came: int) -> list[tuple[str, str]]:
        return [
            (_PEERS, _("PCs and sites")),
            (_VERSIONS, _("Versions of courses")),
            (_SENT, _("Files that left ({count})").format(count=sent)),
            (_CAME, _("Files that came ({count})").format(count=came)),
        ]

    def _choose(self, key: str) -> None:
        self.tabs.choose(key)
        for name, part in self._parts.items():
            part.setVisible(name == key)
        if key == _VERSIONS:
            self._look_at_versions()

    def _open_sent(self, file: SentFile) -> None:
        SentSheet(self, file, self._files.author(file), self._files.now).open()

    def _take(self) -> None:
        self.desk.open("sync_take")

    def _write(self) -> None:
        self.desk.open("sync_write")

    def _pair(self) -> None:
        self.desk.open("keys")


SPEC = ScreenSpec(
    key="sync",
    title=mark("Sync"),
    icon="repeat",
    section=mark("Control"),
    needs=Capability.MANAGE_SITE,
    factory=SyncScreen,
)
