"""Coming sessions, one of which those who missed this one go to."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from app.core.base.words import _, plural
from app.core.training.sessions import SessionDetail, SessionState, SessionSummary
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole
from app.ui.training.session_words import seats_in_words, when


class RebookSheet(SideSheet):
    """Each as one button."""

    def __init__(
        self,
        host: Screen[Services],
        found: SessionDetail,
        coming: Sequence[SessionSummary],
        move: Callable[[UUID], None],
    ) -> None:
        absent = found.absent
        told = plural("{count} missed it", "{count} missed it", len(absent))
        super().__init__(host, _("Move who missed it"), subtitle=told)
        self._move = move
        names = ", ".join(one.name for one in absent)
        self.body.addWidget(PlainLabel(names, TextRole.BODY2, wrap=True))
        others = [
            one
            for one in coming
            if one.id != found.summary.id and one.state in {SessionState.PLANNED, SessionState.OPEN}
        ]
        if not others:
            words = _("No other session is planned. Plan one, and come back here.")
            self.body.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))
            plan = plain(_("Plan a session"), "plus")
            self.body.addWidget(plan.on_press(partial(host.desk.open, "sessions")))
        self.rows = [self._add(one, host) for one in others]
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add(self, one: SessionSummary, host: Screen[Services]) -> RowButton:
        about = f"{when(one.starts_at, host.desk.clock)} · {seats_in_words(one)}"
        button = RowButton(one.title, about, icon="calendar-plus")
        button.clicked.connect(partial(self._chosen, one.id))
        self.body.addWidget(button)
        return button

    def _chosen(self, key: UUID, *_checked: bool) -> None:
        self.dismiss()
        self._move(key)
