"""The gate: "May I?" where nobody is signed in, on a PC that stands beside a door or a machine."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import plain
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole
from app.ui.training import Asking, MayBoard

if TYPE_CHECKING:
    from app.core.base.progress import Progress
    from app.core.training.permits import Permit
    from app.services import Services


class GatePage(QWidget):
    """The board alone: name and verdict, no reasons, and the way back to sign-in."""

    left = Signal()

    def __init__(self, jobs: JobRunner, services: Callable[[], "Services"]) -> None:
        super().__init__()
        self._jobs = jobs
        self._services = services
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("May I?"))
        body = column(self, gap=16, margin=24)
        top = row(gap=12)
        top.addWidget(PlainLabel(_("May I?"), TextRole.DISPLAY), 1)
        self.leave_button = plain(_("Sign in"), "log-in").on_press(self.left.emit)
        top.addWidget(self.leave_button)
        body.addLayout(top)
        self.board = MayBoard()
        self.board.asked.connect(self._look_up)
        body.addWidget(self.board, 1)

    def arrive(self) -> None:
        """Wait for the first badge."""
        self.board.begin()
        self.board.focus_first()

    def set_seconds(self, seconds: int) -> None:
        """Let answers stay so long."""
        self.board.set_seconds(seconds)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.board.begin()

    def _look_up(self, asking: Asking) -> None:
        services = self._services()
        permits, sign_in = services.training.permits, services.sign_in

        def work(_progress: "Progress") -> "Permit":
            return permits.at_gate(asking.badge, asking.machine, supervisor=asking.by(sign_in))

        self._jobs.run(
            work,
            done=partial(self.board.show_permit, asking),
            failed=partial(self.board.show_error, asking),
            owner=self,
        )
