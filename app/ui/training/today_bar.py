"""Today's sessions that have not begun, each with one press to its roll."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training.sessions import SessionState, SessionSummary
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.layouts import FlowLayout, clear
from app.ui.kit.screen import Screen

_MOST = 3


class TodayBar(QWidget):
    """Buttons over the list; hidden on a day without any."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__()
        self._host = host
        self._line = FlowLayout(self, gap=8)
        self.hide()

    def follow(self) -> None:
        """Look what is on today."""
        desk = self._host.desk
        today = local_day(desk.clock)
        self._host.load(
            lambda _progress: desk.services.sessions.between(desk.actor, today, today),
            self._show,
            what="today",
        )

    def _show(self, found: tuple[SessionSummary, ...]) -> None:
        clear(self._line)
        waiting = [one for one in found if one.state is SessionState.PLANNED][:_MOST]
        for one in waiting:
            words = _("Open the roll: {title}, {time}").format(
                title=one.title, time=f"{one.starts_at.astimezone():%H:%M}"
            )
            button = plain(words, "clipboard-list").on_press(partial(self._open, one))
            self._line.addWidget(button)
        self.setVisible(bool(waiting))

    def _open(self, one: SessionSummary) -> None:
        desk = self._host.desk

        def work(_progress: Progress) -> None:
            desk.services.sessions.rolling.open(desk.actor, one.id)

        self._host.act(work, lambda _none: desk.open("session", session_id=one.id))
