"""The day passes of today: who visits, or comes from another site, and to whom; another print, or an end."""

from collections.abc import Callable
from functools import partial

from app.core.base.words import _
from app.core.training.permits import DayPass
from app.services import Services
from app.ui.kit.buttons import Button, plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole


class PassesSheet(SideSheet):
    """Each pass with two buttons; `give` begins a new one."""

    def __init__(
        self,
        host: Screen[Services],
        passes: tuple[DayPass, ...],
        *,
        give: Callable[[], None],
        welcome: Callable[[], None],
        save: Callable[[DayPass], None],
        take_back: Callable[[DayPass], None],
    ) -> None:
        super().__init__(host, _("Day passes of today"))
        self._save, self._take_back = save, take_back
        self.take_back_buttons: list[Button] = []
        if not passes:
            words = _("Nobody visits today. Give a pass when a visitor comes.")
            self.body.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        for one in passes:
            self._add(one)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self.give_button = plain(_("By number"), "hash").on_press(partial(self._begin, give))
        self.give_button.setAccessibleName(_("Give a day pass by number"))
        self.foot.addWidget(self.give_button)
        self.welcome_button = primary(_("Welcome a visitor"), "plus")
        self.foot.addWidget(self.welcome_button.on_press(partial(self._begin, welcome)))

    def _add(self, one: DayPass) -> None:
        if self.take_back_buttons:
            self.body.addWidget(Line())
        who = " · ".join(filter(None, (one.name, one.company, one.number)))
        about = " · ".join(filter(None, (one.from_site, one.purpose))) or _("Visitor")
        self.body.addWidget(FactRow(who, about, icon="user"))
        goes = _("Comes to") if one.from_site else _("Escort")
        self.body.addWidget(FactRow(one.escort, goes, icon="user-check"))
        if one.contact:
            self.body.addWidget(FactRow(one.contact, _("Phone or ID"), icon="phone"))
        if one.induction:
            self.body.addWidget(FactRow(one.induction, _("Read and acknowledged"), icon="check"))
        self.body.addWidget(FactRow(one.by_name, _("Allowed it for today"), icon="badge-check"))
        line = row(gap=8)
        line.addStretch(1)
        line.addWidget(plain(_("Save PDF"), "download").on_press(lambda: self._save(one)))
        end = plain(_("Take back"), "ban").on_press(lambda: self._end(one))
        line.addWidget(end)
        self.take_back_buttons.append(end)
        self.body.addLayout(line)

    def _begin(self, begin: Callable[[], None]) -> None:
        self.dismiss()
        begin()

    def _end(self, one: DayPass) -> None:
        self.dismiss()
        self._take_back(one)
