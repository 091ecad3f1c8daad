"""On a person's screen: who probably is the same person, and who was merged into them."""

from functools import partial

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import PersonId
from app.core.people.merging import MergedPerson, Proposal
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import Tone
from app.ui.people.twice_screen import merged_words
from app.ui.people.words import likeness_words

_Found = tuple[PersonId, tuple[Proposal, ...], tuple[MergedPerson, ...]]


class SamePersonCard(Card):
    """Leads to where it is decided; there for whoever may decide, while there is something to."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(_("The same person?"))
        self._desk = desk
        self.open_button: Button | None = None
        self.banners: list[Banner] = []
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.hide()

    def look(self, host: Screen[Services], person_id: PersonId) -> None:
        """Look whether anybody seems to be, or was found to be, the same person."""
        if not self._desk.actor.may(Capability.MANAGE_SITE):
            return
        merging, actor = self._desk.services.people.merging, self._desk.actor

        def find(_progress: Progress) -> _Found:
            return (
                person_id,
                merging.proposals_for(actor, person_id),
                merging.merged_into(actor, person_id),
            )

        host.load(find, self._show, what="same person")

    def _show(self, found: _Found) -> None:
        person_id, proposals, merged = found
        clear(self._lines)
        self.banners = []
        self.setVisible(bool(proposals or merged))
        for proposal in proposals:
            self._lines.addWidget(self._proposal(person_id, proposal))
        for one in merged:
            words = _("Merged from {name} · {number}").format(name=one.name, number=one.number)
            self._lines.addWidget(FactRow(words, merged_words(one), icon="users"))
        if proposals or merged:
            text = _("Look at both") if proposals else _("Undo a merge")
            look = partial(self._desk.open, "same_person", person_id=person_id)
            self.open_button = plain(text, "users" if proposals else "undo-2").on_press(look)
            line = row()
            line.addWidget(self.open_button)
            line.addStretch(1)
            self._lines.addLayout(line)

    def _proposal(self, person_id: PersonId, proposal: Proposal) -> Banner:
        other = proposal.other if proposal.stays.id == person_id else proposal.stays
        alike = ", ".join(likeness_words(proposal.likenesses))
        form = (
            _("Probably the same person as {name} · {number} ({alike}).")
            if proposal.is_strong
            else _("Perhaps the same person as {name} · {number} ({alike}).")
        )
        words = form.format(name=other.name, number=other.number, alike=alike)
        banner = Banner(words, Tone.WARNING)
        self.banners.append(banner)
        return banner
