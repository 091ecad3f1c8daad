"""A review that was signed: what was looked at, what was found, and the signature under it."""

from app.core.assurance import Review
from app.core.base.figures import day, number
from app.core.base.words import _
from app.core.signatures import SignatureLine
from app.services import Services
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import add_signatures
from app.ui.kit.theme import TextRole


class ReviewSheet(SideSheet):
    """Read only."""

    def __init__(self, host: Screen[Services], review: Review) -> None:
        super().__init__(
            host,
            _("Review"),
            subtitle=_("{first} to {last}, {entries} entries").format(
                first=day(review.first_on),
                last=day(review.last_on),
                entries=number(review.entries),
            ),
            width=520,
        )
        self._screen = host
        self.body.addWidget(PlainLabel(_("What was found"), TextRole.H2))
        self.body.addWidget(PlainLabel(review.findings, wrap=True))
        self.body.addWidget(PlainLabel(_("Looked at"), TextRole.H2))
        for one in review.looked_at:
            self.body.addWidget(FactRow(one.title, number(one.entries), icon="eye"))
        self.signatures = column(gap=12)
        self.body.addLayout(self.signatures)
        signatures = host.desk.services.signatures
        host.load(
            lambda _progress: signatures.under(review.id), self._show, what="review signatures"
        )

    def _show(self, lines: tuple[SignatureLine, ...]) -> None:
        add_signatures(self._screen, self.signatures, lines)
