"""Coming sessions, one of which some people go to: who missed another one, or who has it overdue."""

from collections.abc import Callable, Sequence
from functools import partial

from app.core.base.words import _
from app.core.training.sessions import SessionState, SessionSummary
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole
from app.ui.training.session_words import seats_in_words, when

_MAY_COME = frozenset({SessionState.PLANNED, SessionState.OPEN})


class ComingSheet(SideSheet):
    """Each as one button; `names` are those of whom it is about."""

    def __init__(
        self,
        host: Screen[Services],
        title: str,
        told: str,
        names: Sequence[str],
        coming: Sequence[SessionSummary],
        choose: Callable[[SessionSummary], None],
    ) -> None:
        super().__init__(host, title, subtitle=told)
        self._choose = choose
        self.body.addWidget(PlainLabel(", ".join(names), TextRole.BODY2, wrap=True))
        may_come = [one for one in coming if one.state in _MAY_COME]
        if not may_come:
            words = _("No coming session proves this. Plan one, and come back here.")
            self.body.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))
            plan = plain(_("Plan a session"), "plus")
            self.body.addWidget(plan.on_press(partial(host.desk.open, "sessions")))
        self.rows = [self._add(one, host) for one in may_come]
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add(self, one: SessionSummary, host: Screen[Services]) -> RowButton:
        about = f"{when(one.starts_at, host.desk.clock)} · {seats_in_words(one)}"
        button = RowButton(one.title, about, icon="calendar-plus")
        button.clicked.connect(partial(self._chosen, one))
        self.body.addWidget(button)
        return button

    def _chosen(self, one: SessionSummary, *_checked: bool) -> None:
        self.dismiss()
        self._choose(one)
