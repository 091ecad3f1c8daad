"""Attendance that was entered by hand and waits for a second person, one after the other."""

from collections.abc import Callable
from functools import partial

from app.core.base.figures import moment
from app.core.base.words import _
from app.core.training.sessions import WaitingAttendance
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import Line
from app.ui.kit.layouts import row
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen


class ConfirmAttendance(SideSheet):
    """Each with what it is about, and two buttons."""

    def __init__(self, host: Screen[Services], waiting: tuple[WaitingAttendance, ...]) -> None:
        super().__init__(
            host,
            _("Attendance to confirm"),
            subtitle=_("It was entered by hand. Who entered or signed it does not confirm it."),
        )
        self._screen = host
        self._confirming = host.desk.services.sessions.confirming
        self.confirm_buttons = [self._add(one) for one in waiting]
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add(self, one: WaitingAttendance) -> object:
        if self.body.count():
            self.body.addWidget(Line())
        told = (
            (f"{one.name} · {one.number}", one.requirement, "user"),
            (one.title, moment(one.held_at), "presentation"),
            (one.by_name, _("Signed it"), "signature"),
        )
        for title, about, icon in told:
            self.body.addWidget(FactRow(title, about, icon=icon))
        line = row(gap=8)
        confirm = primary(_("Confirm"), "check").on_press(partial(self._confirm, one))
        line.addWidget(plain(_("Refuse"), "x").on_press(partial(self._refuse, one)))
        line.addWidget(confirm)
        line.addStretch(1)
        self.body.addLayout(line)
        return confirm

    def _confirm(self, one: WaitingAttendance) -> None:
        actor = self._screen.desk.actor
        self._do(lambda: self._confirming.confirm(actor, one), _("It counts."))

    def _refuse(self, one: WaitingAttendance) -> None:
        actor = self._screen.desk.actor
        question = Question(
            title=_("Refuse this attendance?"),
            text=_("It stays on record, with your reason, and does not count."),
            yes=_("Refuse"),
            danger=True,
            ask_reason=True,
        )
        self._screen.desk.confirm(
            question,
            lambda reason: self._do(
                lambda: self._confirming.refuse(actor, one, reason), _("It does not count.")
            ),
        )

    def _do(self, act: Callable[[], None], told: str) -> None:
        def done(_nothing: None) -> None:
            self._screen.desk.toast(told)
            self.dismiss()

        self._screen.act(lambda _progress: act(), done)
