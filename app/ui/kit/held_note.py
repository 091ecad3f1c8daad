"""The line above a record that cannot be changed here, because a newer program wrote in it."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.journal import Journal, held_in_words
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk
from app.ui.kit.theme import Tone


class Services(Protocol):
    """What it asks."""

    @property
    def journal(self) -> Journal:
        """Return who knows what may be changed."""
        ...


def held_banner() -> Banner:
    """Return the line."""
    return Banner(held_in_words(), Tone.WARNING, icon="lock")


class HeldNote(QWidget):
    """Takes no room but above such a record; what is looked at, it is told with the place."""

    def __init__(self, desk: Desk[Services], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: tuple[UUID, ...] = ()
        self.banner = held_banner()
        lines, edge = column(self), desk.theme.px(24)
        lines.setContentsMargins(edge, edge // 2, edge, 0)
        lines.addWidget(self.banner)
        self.hide()
        desk.changes.changed.connect(self._look)

    def look_at(self, told: Iterable[object]) -> None:
        """Look whether one of the records that a place was opened with is such a one."""
        self._ids = tuple(one for one in told if isinstance(one, UUID))
        self.hide()
        self._look()

    def _look(self, _topics: object = None) -> None:
        ids = self._ids
        if not ids:
            return
        self._desk.jobs.run(
            lambda _progress: self._desk.services.journal.held_rows(ids),
            done=lambda held: self.setVisible(bool(held) and ids == self._ids),
            failed=self._desk.tell_error,
            owner=self,
        )
