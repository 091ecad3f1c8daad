"""On the home of whoever supervises somebody: that their people ask for training."""

from collections.abc import Callable

from app.core.base.words import _, plural
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone


class RequestsCard(Card):
    """One line that leads to the requests; hidden where none waits."""

    def __init__(self, open_all: Callable[[], None]) -> None:
        super().__init__(_("Waits for your answer"), gap=2)
        self._open = open_all
        self._shown = 0
        self._lines = column(gap=2)
        self.body.addLayout(self._lines)
        self.hide()

    def show_waiting(self, count: int) -> None:
        """Say how many requests wait."""
        self.setVisible(bool(count))
        if count == self._shown:
            return
        self._shown = count
        clear(self._lines)
        if count:
            words = plural("{count} request for training", "{count} requests for training", count)
            row = RowButton(words, _("Approve it, or say why not."), icon="send", tone=Tone.WARNING)
            row.clicked.connect(lambda _on=False: self._open())
            self._lines.addWidget(row)
