"""PIN slips of many people: asked for, made off the window's thread, and printed at once."""

from collections.abc import Callable, Sequence

from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.egress import Document, FileKind, Leaving
from app.core.people import PersonId, PinSlips
from app.services import Services
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone
from app.ui.people.paper_sheet import PaperSheet

MOST_SLIPS = 2000
"""At a time: each takes a slow hash."""


def make_slips(
    screen: Screen[Services], ids: Callable[[], Sequence[PersonId]], then: Callable[[], object]
) -> None:
    """Give people new PINs and open the sheet with their slips; `ids` is read off the window's thread."""
    services, actor = screen.desk.services, screen.desk.actor
    place = services.open_site.name

    def work(progress: Progress) -> PinSlips:
        return services.sign_in.pin_slips.renew(actor, ids(), place, progress)

    def show(slips: PinSlips) -> None:
        then()
        SlipsSheet(screen, slips).open()

    screen.act(work, show, title=_("Making PIN slips"), lane=Lane.WORK)


def offer_slips(screen: Screen[Services], numbers: Sequence[str]) -> None:
    """Ask whether people who have just come get their first PIN now."""
    people, actor = screen.desk.services.people, screen.desk.actor

    def ids() -> list[PersonId]:
        return [people.find(actor, one).id for one in numbers]

    question = Question(
        title=plural(
            "Print the PIN of {count} new person?",
            "Print the PINs of {count} new people?",
            len(numbers),
        ),
        text=_(
            "They have an account and no PIN yet, so nobody can sign in as one of them. "
            "Slips can also be made later: choose people in the list."
        ),
        yes=_("Make the slips"),
        no=_("Later"),
    )
    screen.desk.confirm(question, lambda _reason: make_slips(screen, ids, lambda: None))


class SlipsSheet(PaperSheet):
    """The slips, and who has none."""

    def __init__(self, screen: Screen[Services], slips: PinSlips) -> None:
        super().__init__(
            screen,
            plural("{count} PIN slip", "{count} PIN slips", slips.count),
            _("Print them now: the PINs are kept nowhere. Slips that are lost are made anew."),
            _document(slips) if slips.count else None,
            "pin-slips.pdf",
            _("Saved in {file}. Delete it once the slips are printed."),
        )
        if slips.skipped:
            card = Card(_("Without a slip"))
            for one in slips.skipped:
                about = f"{one.number} · {one.reason}"
                card.body.addWidget(
                    FactRow(one.name, about, icon="triangle-alert", tone=Tone.WARNING)
                )
            self.body.addWidget(card)


def _document(slips: PinSlips) -> Document:
    leaving = Leaving(
        kind=FileKind.PIN_SLIPS,
        title=_("PIN slips"),
        records=slips.count,
        is_guessable=True,
    )
    return Document(content=slips.document, leaving=leaving)
