"""The peers, each in a row: how it stands, and a way to write a file for it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from app.core.base.words import _
from app.core.sync import PeerState
from app.ui.kit.buttons import Button, IconButton, Kind, link
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.sync.standing import peer_facts, peer_in_words


class PeersCard(Card):
    """Own PCs first, then other sites."""

    def __init__(
        self,
        write_for: Callable[[str], None],
        pair: Callable[[], None],
        change_way: Callable[[PeerState], None],
        send_again: Callable[[PeerState], object],
    ) -> None:
        super().__init__(
            _("PCs and sites"),
            subtitle=_("What each is known to have, by its own signed word."),
        )
        self._write_for = write_for
        self._pair = pair
        self._change_way = change_way
        self._send_again = send_again
        self.add_action(link(_("Peers and keys"), "key-round").on_press(pair))
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)

    def show_peers(self, peers: Sequence[PeerState], now: datetime) -> None:
        """Show how it stands."""
        clear(self._lines)
        for state in peers:
            self._lines.addWidget(self._row(state, now))
        if not peers:
            self._lines.addWidget(
                EmptyState(
                    _("No other PC or site is paired yet. Records can go nowhere before."),
                    icon="monitor",
                    action=_("Peers and keys"),
                    act=self._pair,
                )
            )

    def _row(self, state: PeerState, now: datetime) -> FactRow:
        words, tone = peer_in_words(state, now)
        icon = "monitor" if state.peer.is_own_site else "building-2"
        row = FactRow(state.peer.label, peer_facts(state, now), icon=icon)
        row.add_button(StatusChip(words, tone))
        if state.may_send:
            button = Button(_("Write"), Kind.GHOST, icon="usb", dense=True)
            named = _("Write a sync file for {name}").format(name=state.peer.label)
            button.setAccessibleName(named)
            row.add_button(button.on_press(partial(self._write_for, state.peer.key)))
            again = IconButton(
                "rotate-ccw", _("Send again to {name}").format(name=state.peer.label)
            )
            row.add_button(again.on_press(partial(self._send_again, state)))
            row.add_button(self._way_button(state))
        return row

    def _way_button(self, state: PeerState) -> IconButton:
        words = (
            _("Files come back from {name} again")
            if state.one_way is not None
            else _("Nothing comes back from {name} by file")
        )
        icon = "arrow-right" if state.one_way is not None else "repeat"
        button = IconButton(icon, words.format(name=state.peer.label))
        return button.on_press(partial(self._change_way, state))
