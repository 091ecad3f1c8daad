"""Every report, by the question it answers."""

from functools import partial

from app.core.base.words import _
from app.core.reports import ReportOffer
from app.services import Services
from app.ui.kit.cards import CardButton
from app.ui.kit.chips import IconTile
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone


class ReportsScreen(Screen[Services]):
    """A card for each report the actor may see."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Reports"),
            subtitle=_("Look, export or print: the same rows everywhere."),
        )
        self.grid = CardGrid(246)
        offers = desk.services.reports.offers(desk.actor)
        self.grid.set_cards([self._card(offer) for offer in offers])
        self.body.addWidget(self.grid)
        self.body.addStretch(1)

    def _card(self, offer: ReportOffer) -> CardButton:
        card = CardButton(f"{offer.title}. {offer.question}")
        card.add(IconTile(offer.icon, Tone.PRIMARY))
        card.add(PlainLabel(offer.title, TextRole.H2, wrap=True))
        card.add(PlainLabel(offer.question, TextRole.BODY2, wrap=True))
        card.body.addStretch(1)
        card.clicked.connect(partial(self._open, offer.key))
        return card

    def _open(self, report: str, _checked: bool = False) -> None:
        self.desk.open("report", report=report)
