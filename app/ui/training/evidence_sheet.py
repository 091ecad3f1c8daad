"""Evidence that waits for somebody to confirm it, one after the other."""

from collections.abc import Callable
from functools import partial

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training import Evidence
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import Line
from app.ui.kit.layouts import row
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen


class WaitingSheet(SideSheet):
    """Each with what stands on it, and two buttons."""

    def __init__(self, host: Screen[Services], waiting: tuple[Evidence, ...]) -> None:
        super().__init__(
            host,
            _("To confirm"),
            subtitle=_("Look at the paper itself. Who entered it does not confirm it."),
        )
        self._screen = host
        self.confirm_buttons = [self._add(one) for one in waiting]
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _add(self, one: Evidence) -> object:
        if self.body.count():
            self.body.addWidget(Line())
        until = _("For good") if one.valid_until is None else day(one.valid_until)
        told = (
            (f"{one.name} · {one.number}", f"{one.title} · {one.code}", "user"),
            (one.issuer, one.certificate or "–", "award"),
            (day(one.obtained_on), _("Obtained; valid until: {day}").format(day=until), "calendar"),
            (one.by_name, one.note or _("Entered it"), "pen-line"),
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

    def _confirm(self, one: Evidence) -> None:
        proving, actor = (
            self._screen.desk.services.training.assignments.evidence,
            self._screen.desk.actor,
        )
        self._do(lambda: proving.confirm(actor, one.id), _("It counts."))

    def _refuse(self, one: Evidence) -> None:
        proving, actor = (
            self._screen.desk.services.training.assignments.evidence,
            self._screen.desk.actor,
        )
        question = Question(
            title=_("Refuse this evidence?"),
            text=_("It stays on record, with your reason, and does not count."),
            yes=_("Refuse"),
            danger=True,
            ask_reason=True,
        )
        self._screen.desk.confirm(
            question,
            lambda reason: self._do(
                lambda: proving.refuse(actor, one.id, reason), _("It does not count.")
            ),
        )

    def _do(self, act: Callable[[], None], told: str) -> None:
        def done(_nothing: None) -> None:
            self._screen.desk.toast(told)
            self.dismiss()

        self._screen.act(lambda _progress: act(), done)
