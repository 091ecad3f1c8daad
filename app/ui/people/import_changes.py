"""Whom an HR file changes, as cards, with the training that their new job roles ask for."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.base.figures import day, number
from app.core.base.words import _, plural
from app.core.people import leaving_in_words
from app.core.people.imports import ChangedPerson, PeoplePlan
from app.core.training.matrix import GapCount, gap_counts_together
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole
from app.ui.people.words import change_words

SHOWN = 30


class PlanChanges:
    """A card for each way in which people change, and a line over what their new job roles ask for."""

    def __init__(self, plan: PeoplePlan) -> None:
        """Take a plan. Gaps take longer to count, and are told when they are known."""
        self.gap_total: PlainLabel | None = None
        if plan.role_moves:
            self.gap_total = PlainLabel("", wrap=True)
            self.gap_total.hide()
        self._people: dict[UUID, FactRow] = {}
        self.cards = self._changed(plan)
        if plan.closing:
            self.cards.append(_closing(plan))

    def tell_gaps(self, counts: Mapping[UUID, GapCount]) -> None:
        """Say what the job roles that people come to have make new, keep and end."""
        for person_id, line in self._people.items():
            if person_id in counts:
                line.add_line(_("Training: {what}").format(what=counts[person_id].in_words))
        if counts and self.gap_total is not None:
            together = gap_counts_together(counts.values()).in_words
            words = plural(
                "{count} person with other job roles",
                "{count} people with other job roles, together",
                len(counts),
            )
            self.gap_total.setText(f"{words}: {together}")
            self.gap_total.show()

    def _changed(self, plan: PeoplePlan) -> list[Card]:
        apart = {one.id for one in (*plan.staying, *plan.going)}
        moved = [one for one in plan.moved if one.id not in apart]
        others = [one for one in plan.changed if not one.is_moved and one.id not in apart]
        return [
            self._card(title, people, icon)
            for title, people, icon in (
                (_("Who leaves, by the day in the file"), plan.going, "log-out"),
                (_("Who was to leave and stays after all"), plan.staying, "log-in"),
                (_("Who moves"), moved, "arrow-right"),
                (_("What would change"), others, "pencil"),
            )
            if people
        ]

    def _card(self, title: str, people: Sequence[ChangedPerson], icon: str) -> Card:
        card = Card(title)
        for one in people[:SHOWN]:
            about = "; ".join(change_words(change) for change in one.changes)
            if one.person.moved_on is not None and one.is_moved:
                about += " · " + _("from {day}").format(day=day(one.person.moved_on))
            name = f"{one.person.number} {one.person.name}".strip()
            line = self._people[one.id] = FactRow(name, about, icon=icon)
            card.body.addWidget(line)
        add_more(card, len(people))
        return card


def _closing(plan: PeoplePlan) -> Card:
    card = Card(
        _("Accounts that are disabled"), subtitle=_("Their owners leave; their records stay.")
    )
    for person in plan.closing[:SHOWN]:
        left = leaving_in_words(person.left_on) if person.left_on else ""
        card.body.addWidget(FactRow(f"{person.number} {person.name}".strip(), left, icon="user-x"))
    add_more(card, len(plan.closing))
    return card


def add_more(card: Card, count: int, shown: int = SHOWN) -> None:
    """Say in a card how many more there are than it shows."""
    if count > shown:
        words = _("and {count} more").format(count=number(count - shown))
        card.body.addWidget(PlainLabel(words, TextRole.MUTED))
