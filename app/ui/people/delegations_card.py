"""Whom somebody gives training for, on their page; and the way to let them do so."""

from PySide6.QtCore import Qt

from app.core.base.actor import Actor, Capability
from app.core.base.figures import day
from app.core.base.words import _
from app.core.people import PersonDetail
from app.core.people.delegating import DELEGATION_STATES, Delegation, DelegationState
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen


class DelegationsCard(Card):
    """Lies on a person's screen; hidden where there is nothing to tell or to do."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(_("Assigns for others"))
        self._host = host
        self._person: PersonDetail | None = None
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.give_button = plain(_("Let them assign for me"), "handshake").on_press(self._give)
        self.body.addWidget(self.give_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_delegations(self, person: PersonDetail, found: tuple[Delegation, ...]) -> None:
        """Show for whom somebody gives training, as far as it is told here."""
        self._person = person
        clear(self._lines)
        for one in found:
            state = one.state
            told = "" if state is DelegationState.IN_FORCE else f" · {_(DELEGATION_STATES[state])}"
            days = _("{begin} to {end}").format(begin=day(one.from_on), end=day(one.until_on))
            about = f"{one.org_unit or _('wherever they assign')} · {days}{told}"
            words = _("For {name}").format(name=one.giver)
            self._lines.addWidget(FactRow(words, about, icon="handshake"))
        may_let = _may_let(self._host.desk.actor, person)
        self.give_button.setVisible(may_let)
        self.setVisible(bool(found) or may_let)

    def _give(self) -> None:
        if self._person is not None:
            self._host.desk.open("delegations", number=self._person.number)


def _may_let(actor: Actor, person: PersonDetail) -> bool:
    """Tell whether the actor may let somebody give training for them, as far as is known of them here."""
    others = person.account_id is not None and person.account_id != actor.account_id
    return others and person.active and actor.may(Capability.ASSIGN)
